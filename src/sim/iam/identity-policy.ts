// An identity policy, at PutUserPolicy. It hangs on somebody, and so names nobody.
import { Refusal } from '../refusal';
import { type Malformed, readPolicy } from './document';
import type { PolicyDocument } from './policy';

/** IAM User Guide, "IAM and AWS STS quotas": all inline policies of a user together. */
const MAX_POLICY_CHARACTERS = 2048;

/** IAM's own texts as far as they are known (modelled). */
const TEXTS: Readonly<Record<string, string>> = {
  document: 'Syntax errors in policy.',
  version: 'The policy must contain a valid version string',
  statement: 'Syntax errors in policy.',
  action: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  Principal: 'Policy document should not specify a principal.',
};

const refused = (message: string): Refusal => new Refusal(400, 'MalformedPolicyDocument', message);

const malformed: Malformed = (fault, what) =>
  refused(
    fault === 'unsupported'
      ? `The ${what} is not supported.`
      : (TEXTS[fault] ?? `Policy statement must contain a valid ${fault}.`),
  );

export function readIdentityPolicy(json: string): PolicyDocument {
  if (json.replace(/\s/g, '').length > MAX_POLICY_CHARACTERS)
    throw new Refusal(
      409,
      'LimitExceeded',
      `Maximum policy size of ${MAX_POLICY_CHARACTERS} bytes exceeded for user.`,
    );
  return readPolicy(json, malformed, 'identity');
}
