// A bucket policy, at PutBucketPolicy. It may speak of its own bucket only.
import { type Malformed, readPolicy } from '../iam/document';
import { list, type PolicyDocument } from '../iam/policy';
import { bucketArn } from '../names';
import { Refusal } from '../refusal';

/** S3 User Guide, "Bucket policies": size. */
const MAX_POLICY_BYTES = 20 * 1024;

/** S3's own texts, but for what it takes and this simulation does not (modelled). */
const TEXTS: Readonly<Record<string, string>> = {
  document: "Policies must be valid JSON and the first byte must be '{'",
  version: 'The policy must contain a valid version string',
  statement: 'Policies must contain at least one statement',
  action: 'Policy has invalid action',
  Principal: 'Invalid principal in policy',
  Condition: 'Policy has an invalid condition',
};

const refused = (message: string): Refusal => new Refusal(400, 'MalformedPolicy', message);

const malformed: Malformed = (fault, what) =>
  refused(
    fault === 'unsupported'
      ? `The ${what} is not supported.`
      : (TEXTS[fault] ?? `Missing required field ${fault}`),
  );

export function readBucketPolicy(json: string, bucket: string): PolicyDocument {
  if (json.length > MAX_POLICY_BYTES) {
    throw new Refusal(
      400,
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed object size.',
    );
  }
  const policy = readPolicy(json, malformed);
  const named = policy.Statement.flatMap((s) => list(s.Resource ?? s.NotResource ?? []));
  const own = bucketArn(bucket);
  if (!named.every((arn) => arn === own || arn.startsWith(`${own}/`) || mayMean(arn, own)))
    throw refused('Policy has invalid resource');
  return policy;
}

/** A pattern that is open before the bucket's name ends. */
const mayMean = (pattern: string, own: string): boolean => {
  const open = pattern.search(/[*?]/);
  return open >= 0 && own.startsWith(pattern.slice(0, open));
};
