// What you and the administrator ask for in the world of the key hierarchy.
import {
  type Bytes,
  bucketHost,
  clientCall,
  type Desk,
  encodeKey,
  fromUtf8,
  type HttpRequest,
  type HttpResponse,
  names,
  request,
  toBase64,
} from '../../sim';
import { askS3AsAdmin } from '../admin';
import { customerKeyParameters } from '../sse-c.acts';
import { type GroupId, objectName } from './groups';
import type { MoveWay } from './types';

export interface StoredObject {
  readonly group: GroupId;
  readonly ordinal: number;
}

/** Undefined: lost. */
export interface OwnKeys {
  readonly customer: Bytes | undefined;
  readonly wrapping: Bytes | undefined;
}

const ASKED: Partial<Readonly<Record<GroupId, Readonly<Record<string, string>>>>> = {
  diary: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/diary' },
  vault: { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: 'alias/diary' },
  reports: { ServerSideEncryption: 'aws:kms' },
  letters: { EncryptionContext: JSON.stringify({ purpose: 'letters' }) },
};

export const bodyOf = ({ group, ordinal }: StoredObject): Bytes =>
  fromUtf8(`This is page ${ordinal} of the ${group}.`);

export const nameOf = ({ group, ordinal }: StoredObject): string => objectName(group, ordinal);

export function callOf(
  operation: 'PutObject' | 'GetObject',
  object: StoredObject,
  { customer, wrapping }: OwnKeys,
): HttpRequest {
  const { group } = object;
  const isPut = operation === 'PutObject';
  const parameters = {
    Bucket: group,
    Key: nameOf(object),
    ...(group === 'notebook' && customer ? customerKeyParameters(customer) : {}),
    ...(group === 'safe' && wrapping ? { WrappingKey: toBase64(wrapping) } : {}),
    ...(isPut ? ASKED[group] : {}),
  };
  return clientCall(operation, parameters, isPut ? bodyOf(object) : undefined);
}

/** Another key around an object: the administrator has the data key sealed anew, or you copy the object onto itself. */
export function move(
  you: Desk,
  object: StoredObject,
  way: MoveWay,
  arn: string,
): Promise<HttpResponse> {
  const { group } = object;
  const path = `/${encodeKey(nameOf(object))}`;
  if (way === 'update') {
    const body = fromUtf8(
      `<ObjectEncryption xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><SSE-KMS><KMSKeyArn>${arn}</KMSKeyArn></SSE-KMS></ObjectEncryption>`,
    );
    return askS3AsAdmin(you, group, 'UpdateObjectEncryption', 'PUT', `${path}?encryption`, body);
  }
  const headers = {
    host: bucketHost(group),
    [names.PRINCIPAL]: names.ANA,
    'x-amz-copy-source': `${group}${path}`,
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': arn,
  };
  return you.send('s3', 'CopyObject', request('PUT', path, headers));
}
