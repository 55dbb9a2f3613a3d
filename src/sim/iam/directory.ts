// The account's principals and their identity policies.
import type { PolicyDocument } from './policy';

export class IamDirectory {
  readonly #policies = new Map<string, PolicyDocument>();

  put(principal: string, policy: PolicyDocument): void {
    this.#policies.set(principal, policy);
  }

  policiesOf(principal: string): readonly PolicyDocument[] {
    const policy = this.#policies.get(principal);
    return policy ? [policy] : [];
  }
}
