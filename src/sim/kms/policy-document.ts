// A key policy, at PutKeyPolicy and CreateKey. One that would lock its own author out is refused as AWS refuses it,
// unless told otherwise.
import { type Malformed, readPolicy } from '../iam/document';
import { evaluate } from '../iam/evaluate';
import { accountOf } from '../iam/match';
import type { PolicyDocument, Statement } from '../iam/policy';
import { Refusal } from '../refusal';
import type { KmsCall } from './authorise';
import { flag } from './parameters';

/** KMS Developer Guide, "Quotas": key policy document size. */
const MAX_POLICY_BYTES = 32 * 1024;

const TEXTS: Readonly<Record<string, string>> = {
  document: 'The policy document is not valid JSON.',
  version: 'The policy must contain a valid version string',
  statement: 'A statement is not an object.',
  action: 'Policy contains a statement with one or more invalid actions.',
  Principal: 'Policy contains a statement with one or more invalid principals.',
};

const refused = (message: string): Refusal =>
  new Refusal(400, 'MalformedPolicyDocumentException', message);

const malformed: Malformed = (fault, what) =>
  refused(
    fault === 'unsupported'
      ? `The ${what} is not supported.`
      : (TEXTS[fault] ?? `A statement has no valid ${fault}.`),
  );

export function parsePolicy(json: string): PolicyDocument {
  if (json.length > MAX_POLICY_BYTES) {
    throw new Refusal(400, 'LimitExceededException', 'The key policy document is too large.');
  }
  return readPolicy(json, malformed);
}

/** Source: KMS API, PutKeyPolicy, BypassPolicyLockoutSafetyCheck. The text is AWS's. */
export function refuseLockout(call: KmsCall, policy: PolicyDocument, resource: string): void {
  if (flag(call, 'BypassPolicyLockoutSafetyCheck')) return;
  const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
  const { principal, context } = call;
  const { allowed } = evaluate(
    {
      principal,
      action: 'kms:PutKeyPolicy',
      resource,
      resourceAccount: accountOf(resource),
      context,
    },
    {
      // Only the key policy is looked at: that it leaves the decision to the account is enough.
      identity: [{ Version: '2012-10-17', Statement: [everything] }],
      resource: policy,
      resourceName: 'key policy',
    },
    'kms',
  );
  if (allowed) return;
  throw refused('The new key policy will not allow you to update the key policy in the future.');
}
