// The HTTP requests that a client makes of S3 for a call.
import { crc32Base64 } from '../crypto/checksums';
import { definedHeaders, encodeKey, request } from '../http';
import { ANA, PRINCIPAL } from '../names';
import { bucketHost } from '../s3/address';
import {
  BUCKET_KEY,
  C_ALGORITHM,
  C_KEY,
  C_KEY_MD5,
  CHECKSUM_CRC32,
  CONTEXT,
  KMS_KEY_ID,
  SSE,
} from '../s3/headers';
import type { Bytes, Headers, HttpRequest } from '../types';
import { needed } from './calls';

const address = (parameters: Headers): { host: string; path: string } => ({
  host: bucketHost(needed(parameters, 'Bucket')),
  path: `/${encodeKey(needed(parameters, 'Key'))}`,
});

const customerKeyHeaders = (parameters: Headers): Readonly<Record<string, string | undefined>> => ({
  [C_ALGORITHM]: parameters.SSECustomerAlgorithm,
  [C_KEY]: parameters.SSECustomerKey,
  [C_KEY_MD5]: parameters.SSECustomerKeyMD5,
});

/** `metadata` is user metadata, names without the x-amz-meta- prefix. Current SDKs send a CRC-32 along. */
export function putRequest(parameters: Headers, body: Bytes, metadata: Headers = {}): HttpRequest {
  const { host, path } = address(parameters);
  const user = Object.fromEntries(
    Object.entries(metadata).map(([name, v]) => [`x-amz-meta-${name}`, v]),
  );
  const headers = definedHeaders({
    host,
    [PRINCIPAL]: ANA,
    'content-length': String(body.length),
    'content-type': parameters.ContentType,
    [SSE]: parameters.ServerSideEncryption,
    [KMS_KEY_ID]: parameters.SSEKMSKeyId,
    [CONTEXT]: parameters.SSEKMSEncryptionContext,
    [BUCKET_KEY]: parameters.BucketKeyEnabled,
    ...customerKeyHeaders(parameters),
    ...user,
    [CHECKSUM_CRC32]: crc32Base64(body),
  });
  return request('PUT', path, headers, body);
}

export function otherRequest(method: 'GET' | 'HEAD' | 'DELETE', parameters: Headers): HttpRequest {
  const { host, path } = address(parameters);
  const key = method === 'DELETE' ? {} : customerKeyHeaders(parameters);
  const range = method === 'GET' ? parameters.Range : undefined;
  return request(method, path, definedHeaders({ host, [PRINCIPAL]: ANA, range, ...key }));
}
