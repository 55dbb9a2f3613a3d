// S3's records: calls about buckets are management events, calls about objects are data events, which a trail has to be
// told to keep. (facts §4, §10) Sources: S3 User Guide, "Amazon S3 CloudTrail events"; "Tracking default encryption".
//   SSEApplied  how an object came to be encrypted. Its values for DSSE-KMS, and at GET, are not confirmed (modelled).
//   A customer's key is never written, nor its MD5. AWS writes an HMAC of it, in a field that is not published: left out.
import { toUtf8 } from '../crypto/bytes';
import { ACCOUNT_ID, bucketArn, objectArn } from '../names';
import { readAddress } from '../s3/address';
import { BUCKET_KEY, C_ALGORITHM, CONTEXT, KMS_KEY_ID, SSE } from '../s3/headers';
import type { Headers } from '../types';
import { type Call, factOf } from './calls';
import type { Particular } from './record';

/** Headers that are written as they were sent or answered. */
const WRITTEN = [
  SSE,
  KMS_KEY_ID,
  CONTEXT,
  BUCKET_KEY,
  C_ALGORITHM,
  'x-amz-copy-source',
  'x-amz-acl',
  'x-amz-version-id',
];
const ANSWERED = [SSE, KMS_KEY_ID, BUCKET_KEY, C_ALGORITHM, 'x-amz-version-id'];

const only = (headers: Headers, names: readonly string[]): Headers =>
  Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );

const isReading = (operation: string): boolean => /^(Get|Head|List)/.test(operation);

const LISTS = ['ListObjects', 'ListObjectsV2', 'ListObjectVersions', 'ListParts'];

/** Set when a chosen encryption was nobody's wish. */
const NOT_ASKED = /^(bucket default|nobody)/;
const NAMES: Readonly<Record<string, string>> = {
  AES256: 'SSE_S3',
  'aws:kms': 'SSE_KMS',
  'aws:kms:dsse': 'DSSE_KMS',
  'SSE-C': 'SSE_C',
};

function sseApplied(call: Call): string | undefined {
  const chosen = factOf(call, 'chooses', 'scheme');
  if (chosen !== undefined) {
    const isDefault = NOT_ASKED.test(factOf(call, 'chooses', 'asked') ?? '');
    return `${isDefault ? 'Default_' : ''}${NAMES[chosen]}`;
  }
  const { headers } = call.answer.message;
  return NAMES[headers[SSE] ?? (headers[C_ALGORITHM] ? 'SSE-C' : '')];
}

/** Code and text of an error; HEAD answers without one. */
function errorOf({ request, answer }: Call): Particular['error'] {
  if (!answer.failed || answer.message.status < 400) return undefined;
  const text = toUtf8(answer.message.body);
  const element = (name: string): string =>
    new RegExp(`<${name}>([^<]*)</${name}>`)
      .exec(text)?.[1]
      ?.replace(/&(\w+);/g, (_, e) => ENTITIES[e] ?? '') ?? '';
  const code = element('Code');
  if (code) return { code, message: element('Message') };
  const byStatus: Readonly<Record<number, string>> = {
    403: 'AccessDenied',
    404: request.operation === 'HeadBucket' ? 'NoSuchBucket' : 'NoSuchKey',
  };
  return { code: byStatus[answer.message.status] ?? 'BadRequest', message: '' };
}
const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
};

export function s3Event(call: Call): Particular {
  const { request, answer } = call;
  const { message, operation } = request;
  const { bucketName, key = '', query } = readAddress(message);
  const isPresigned = query.has('X-Amz-Signature');
  const parameters = [...query].filter(([name]) => !/^X-Amz-|^x-id$/i.test(name));
  const isAboutObjects = key !== '' || operation === 'DeleteObjects' || LISTS.includes(operation);
  const applied = isAboutObjects ? sseApplied(call) : undefined;
  const readOnly = isReading(operation);
  const responseElements = only(answer.message.headers, ANSWERED);
  return {
    eventSource: 's3.amazonaws.com',
    // The log knows one name for both kinds of listing.
    ...(operation === 'ListObjectsV2' ? { eventName: 'ListObjects' } : {}),
    error: errorOf(call),
    requestParameters: {
      ...(bucketName ? { bucketName } : {}),
      Host: message.headers.host ?? '',
      ...(key ? { key } : {}),
      ...Object.fromEntries(parameters),
      ...only(message.headers, WRITTEN),
    },
    responseElements:
      readOnly || Object.keys(responseElements).length === 0 ? null : responseElements,
    additionalEventData: {
      ...(message.headers.authorization !== undefined || isPresigned
        ? {
            SignatureVersion: 'SigV4',
            AuthenticationMethod: isPresigned ? 'QueryString' : 'AuthHeader',
          }
        : {}),
      ...(applied ? { SSEApplied: applied } : {}),
      bytesTransferredIn: message.body.length,
      bytesTransferredOut: answer.message.body.length,
    },
    requestID: answer.message.headers['x-amz-request-id'] ?? '',
    readOnly,
    resources: [
      ...(key ? [{ type: 'AWS::S3::Object', ARN: objectArn(bucketName, key) }] : []),
      ...(bucketName
        ? [{ accountId: ACCOUNT_ID, type: 'AWS::S3::Bucket', ARN: bucketArn(bucketName) }]
        : []),
    ],
    managementEvent: !isAboutObjects,
  };
}
