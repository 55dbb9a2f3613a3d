// S3's decision about one request: identity policies and bucket policy; and the block on SSE-C writes, which comes
// before any look at the key. Condition keys show what the request's headers say, not what will happen. (facts §5.3, §7)
import { globalContext, LookedAt } from '../iam/context';
import type { IamDirectory } from '../iam/directory';
import { evaluate } from '../iam/evaluate';
import type { RequestContext } from '../iam/policy';
import { decided } from '../iam/record';
import { ACCOUNT_ID, ANONYMOUS, bucketArn, objectArn, PRINCIPAL } from '../names';
import { Refusal } from '../refusal';
import type { Desk, Headers } from '../types';
import type { Query } from './address';
import type { Bucket } from './buckets';
import { asksForCustomerKey, C_ALGORITHM, KMS_KEY_ID, SSE } from './headers';

export interface S3Call {
  readonly action: string;
  readonly bucketName: string;
  readonly key: string;
  readonly headers: Headers;
  readonly query: Query;
}

/** Headers and query parameters that S3 shows to conditions, each as `s3:` and its name. */
const HEADERS = [
  SSE,
  KMS_KEY_ID,
  C_ALGORITHM,
  'x-amz-content-sha256',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'if-match',
  'if-none-match',
];
const PARAMETERS = ['prefix', 'delimiter', 'max-keys'];

/**
 * How an upload in parts was asked to be encrypted. Its later requests cannot say so again, and policies that demand it
 * let them pass (modelled); but an SSE-C key comes with each. (API reference of CompleteMultipartUpload)
 */
function askedAtFirst({ query, key }: S3Call, bucket: Bucket | undefined): Headers | undefined {
  const upload = query.has('uploads') ? undefined : bucket?.uploads.find(query.get('uploadId'));
  return upload?.key === key ? upload.asked : undefined;
}

/** Source: Service Authorization Reference, "Condition keys for Amazon S3"; S3 API, "Signature Version 4 specific policy keys". */
function contextOf(
  desk: Desk,
  principal: string,
  call: S3Call,
  bucket: Bucket | undefined,
): RequestContext {
  const { headers, query } = call;
  const context: Record<string, string | readonly string[]> = {
    ...globalContext(desk, headers, principal, ACCOUNT_ID),
    's3:resourceaccount': ACCOUNT_ID,
  };
  const asked = askedAtFirst(call, bucket);
  for (const name of HEADERS) {
    const value = headers[name] ?? asked?.[name];
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  for (const name of PARAMETERS) {
    const value = query.get(name);
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  const version = query.get('versionId');
  if (version !== undefined) context['s3:versionid'] = version;
  const presigned = query.has('X-Amz-Signature');
  if (presigned || headers.authorization !== undefined) {
    context['s3:authtype'] = presigned ? 'REST-QUERY-STRING' : 'REST-HEADER';
    context['s3:signatureversion'] = 'AWS4-HMAC-SHA256';
  }
  return context;
}

export async function authorise(
  desk: Desk,
  iam: IamDirectory,
  call: S3Call,
  bucket: Bucket | undefined,
): Promise<void> {
  const { action, bucketName, key, headers } = call;
  const principal = headers[PRINCIPAL] ?? ANONYMOUS;
  const resource = key ? objectArn(bucketName, key) : bucketName ? bucketArn(bucketName) : '*';
  const conditions = new LookedAt(() => contextOf(desk, principal, call, bucket));
  const decision = evaluate(
    {
      principal,
      action,
      resource,
      resourceAccount: ACCOUNT_ID,
      context: () => conditions.keys,
    },
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
  // S3 explains itself inside the account only. Source: S3 User Guide, "Troubleshoot access denied errors".
  const text = decision.crossAccount ? 'Access Denied' : `${denied} ${decision.reason}`;
  const refusal = !decision.allowed
    ? new Refusal(403, 'AccessDenied', text)
    : blocked
      ? new Refusal(
          403,
          'AccessDenied',
          `${denied} because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`,
        )
      : undefined;
  const more = blocked ? { decision: 'Deny', blockedEncryptionTypes: 'SSE-C' } : {};
  await desk.does('authorises', 'request', decided(decision, conditions, refusal, more));
}
