// S3's decision about one request: identity policies and bucket policy; and the block on SSE-C writes, which comes
// before any look at the key. Condition keys show what the request's headers say, not what will happen. (facts §5.3, §7)
import { looked } from '../crypto/works';
import type { IamDirectory } from '../iam/directory';
import { evaluate } from '../iam/evaluate';
import { bucketArn, objectArn, PRINCIPAL } from '../names';
import { Refusal } from '../refusal';
import type { Desk, Headers } from '../types';
import type { Bucket } from './buckets';
import { asksForCustomerKey, C_ALGORITHM, KMS_KEY_ID, SSE } from './headers';

export interface S3Call {
  readonly action: string;
  readonly bucketName: string;
  readonly key: string;
  readonly headers: Headers;
}

export async function authorise(
  desk: Desk,
  iam: IamDirectory,
  call: S3Call,
  bucket: Bucket | undefined,
): Promise<void> {
  const { action, bucketName, key, headers } = call;
  const principal = headers[PRINCIPAL] ?? 'anonymous';
  const resource = key ? objectArn(bucketName, key) : bucketArn(bucketName);
  const context: Record<string, string> = { 'aws:securetransport': 'true' };
  for (const name of [SSE, KMS_KEY_ID, C_ALGORITHM]) {
    const value = headers[name];
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  const decision = evaluate(
    { principal, action, resource, context },
    {
      identity: iam.policiesOf(principal),
      resource: bucket?.policy,
      resourceName: 'bucket policy',
    },
    's3',
  );
  const denied = `User: ${principal} is not authorized to perform: ${action} on resource: "${resource}"`;
  const blocked =
    action === 's3:PutObject' && asksForCustomerKey(headers) && bucket?.encryption.blocksSseC;
  const refusal = !decision.allowed
    ? new Refusal(403, 'AccessDenied', `${denied} ${decision.reason}`)
    : blocked
      ? new Refusal(
          403,
          'AccessDenied',
          `${denied} because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`,
        )
      : undefined;
  const facts = blocked
    ? { ...decision.facts, decision: 'Deny', blockedEncryptionTypes: 'SSE-C' }
    : decision.facts;
  await desk.does('authorises', 'request', looked('IAM policy evaluation', facts, refusal));
}
