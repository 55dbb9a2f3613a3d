// Key policies: one a key, always called `default`. (facts §2.1)

import { notFound } from './keys';
import type { KmsContext, KmsHandler } from './kms';
import { customerKey, namedKey } from './named-keys';
import { page } from './pages';
import { optionalText, text } from './parameters';
import { parsePolicy, refuseLockout } from './policy-document';

const NAME = 'default';
const PAGE = { usual: 100, max: 1000 };

function refuseOtherName({ call }: KmsContext): void {
  const name = optionalText(call, 'PolicyName') ?? NAME;
  if (name !== NAME) throw notFound('No such policy exists');
}

export const policyOperations: Readonly<Record<string, KmsHandler>> = {
  async GetKeyPolicy(context) {
    const key = await namedKey(context);
    refuseOtherName(context);
    return { Policy: key.policyText, PolicyName: NAME };
  },

  async PutKeyPolicy(context) {
    const key = await customerKey(context);
    refuseOtherName(context);
    const policyText = text(context.call, 'Policy');
    const policy = parsePolicy(policyText);
    refuseLockout(context.call, policy, key.arn);
    key.policy = policy;
    key.policyText = policyText;
    return undefined;
  },

  async ListKeyPolicies(context) {
    await namedKey(context);
    return page(context.call, 'PolicyNames', [NAME], (name) => name, PAGE);
  },
};
