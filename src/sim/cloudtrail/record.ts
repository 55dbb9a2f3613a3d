// What every CloudTrail record has, whichever service wrote it.
// Source: AWS CloudTrail User Guide, "CloudTrail record contents"; facts §10. Ids of ours are made from the recording, so
// that the same recording gives the same records (modelled).
import { sha256 } from '@noble/hashes/sha2.js';
import { base32 } from '@scure/base';
import { fromUtf8, toHex } from '../crypto/bytes';
import { accountOf } from '../iam/match';
import { ACCOUNT_ID, ANONYMOUS, REGION, SOURCE_IP } from '../names';
import type { Call } from './calls';

export interface CloudTrailRecord {
  readonly eventVersion: '1.11';
  readonly userIdentity: Readonly<Record<string, unknown>>;
  /** Seconds, UTC. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly additionalEventData?: Readonly<Record<string, unknown>>;
  readonly requestID: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly resources: readonly Readonly<Record<string, string>>[];
  readonly eventType: 'AwsApiCall';
  readonly managementEvent: boolean;
  readonly recipientAccountId: string;
  readonly eventCategory: 'Management' | 'Data';
}

/** What a service adds of its own. */
export type Particular = Pick<
  CloudTrailRecord,
  | 'eventSource'
  | 'requestParameters'
  | 'responseElements'
  | 'readOnly'
  | 'resources'
  | 'managementEvent'
> &
  Partial<Pick<CloudTrailRecord, 'eventName' | 'additionalEventData'>> & {
    readonly error: { readonly code: string; readonly message: string } | undefined;
    readonly requestID: string;
  };

/** What stands for S3 where it calls for somebody. What S3 writes today is not confirmed (facts §10). */
const INTERNAL = 'AWS Internal';
/** Where nobody says from which address a request came: the range kept for documentation (modelled). */
const SOMEWHERE = '192.0.2.1';

const digest = (text: string): Uint8Array => sha256(fromUtf8(`sealed cloudtrail:${text}`));

function uuidOf(text: string): string {
  const bytes = digest(text).slice(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

function identityOf({ principal, accessKeyId }: Call, isInternal: boolean) {
  if (principal === ANONYMOUS)
    return { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' };
  const accountId = accountOf(principal);
  const isRoot = principal.endsWith(':root');
  return {
    type: isRoot ? 'Root' : 'IAMUser',
    principalId: isRoot ? accountId : `AIDA${base32.encode(digest(principal).slice(0, 10))}`,
    arn: principal,
    accountId,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(isRoot ? {} : { userName: principal.split('/').at(-1) }),
    ...(isInternal ? { invokedBy: INTERNAL } : {}),
  };
}

export function recordOf(call: Call, particular: Particular): CloudTrailRecord {
  const { request, answer } = call;
  const { headers } = request.message;
  const isInternal = request.from === 's3';
  const { error, requestID, managementEvent } = particular;
  return {
    eventVersion: '1.11',
    userIdentity: identityOf(call, isInternal),
    eventTime: answer.at.replace(/\.\d+Z$/, 'Z'),
    eventSource: particular.eventSource,
    eventName: particular.eventName ?? request.operation,
    awsRegion: REGION,
    sourceIPAddress: isInternal ? INTERNAL : (headers[SOURCE_IP] ?? SOMEWHERE),
    userAgent: isInternal ? INTERNAL : (headers['user-agent'] ?? 'Sealed'),
    ...(error
      ? { errorCode: error.code, ...(error.message ? { errorMessage: error.message } : {}) }
      : {}),
    requestParameters: particular.requestParameters,
    responseElements: error ? null : particular.responseElements,
    ...(particular.additionalEventData
      ? { additionalEventData: particular.additionalEventData }
      : {}),
    requestID,
    eventID: uuidOf(`${requestID}:${request.index}:${answer.at}`),
    readOnly: particular.readOnly,
    resources: particular.resources,
    eventType: 'AwsApiCall',
    managementEvent,
    recipientAccountId: ACCOUNT_ID,
    eventCategory: managementEvent ? 'Management' : 'Data',
  };
}
