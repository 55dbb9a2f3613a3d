// The world's principals: their identity policies and, where signatures are checked, their access keys.
import type { AccessKey } from './access-keys';
import type { PolicyDocument } from './policy';

export class IamDirectory {
  readonly #policies = new Map<string, PolicyDocument>();
  readonly #accessKeys = new Map<string, AccessKey>();

  put(principal: string, policy: PolicyDocument): void {
    this.#policies.set(principal, policy);
  }

  policiesOf(principal: string): readonly PolicyDocument[] {
    const policy = this.#policies.get(principal);
    return policy ? [policy] : [];
  }

  issue(accessKey: AccessKey): AccessKey {
    this.#accessKeys.set(accessKey.accessKeyId, accessKey);
    return accessKey;
  }

  accessKey(accessKeyId: string): AccessKey | undefined {
    return this.#accessKeys.get(accessKeyId);
  }
}
