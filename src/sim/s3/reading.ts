// Finding a stored object for GET, HEAD, attributes, and as the source of a copy.
//   1. The caller may read it; the bucket is there; the disks have it.
//   2. The request brings what the object's scheme asks for, and nothing that does not fit it.
//   3. Only then is it opened, if it is.
import { encodeKey, request } from '../http';
import { Refusal } from '../refusal';
import type { Bytes, Desk, Headers } from '../types';
import { type At, noSuchKey, placeOf, type S3Context, schemeNamed } from './context';
import { SSE } from './headers';
import type { IndexEntry } from './key-index';
import { atRest, type Place, type SseScheme, type Stored } from './sse/scheme';
import { refusePlainHttp } from './transport';

export interface Found extends Stored {
  readonly scheme: SseScheme;
  readonly place: Place;
  /** The request's headers as far as they are about this object's encryption. */
  readonly headers: Headers;
  readonly entry: IndexEntry | undefined;
  readonly size: number;
}

export const diskPath = ({ bucketName, key }: At): string => `/${bucketName}/${encodeKey(key)}`;

/** GET and HEAD take no header that chooses an encryption. (facts §1.3) */
export function refuseChoice(headers: Headers): void {
  if (headers[SSE] === undefined) return;
  throw new Refusal(
    400,
    'InvalidArgument',
    'x-amz-server-side-encryption header is not supported for this operation.',
    { ArgumentName: SSE, ArgumentValue: headers[SSE] },
  );
}

export async function find(
  context: S3Context,
  at: At,
  headers: Headers,
  method: 'GET' | 'HEAD',
): Promise<Found> {
  const { desk } = context;
  await context.authorise('s3:GetObject', at);
  const bucket = context.bucket(at.bucketName);
  const operation = method === 'GET' ? 'ReadObject' : 'ReadMetadata';
  const {
    status,
    headers: metadata,
    body,
  } = await desk.send('storage', operation, request(method, diskPath(at)));
  if (status !== 200) throw noSuchKey(at.key);
  const scheme = schemeNamed(context, atRest(metadata, 'scheme'));
  refusePlainHttp(context.request.headers, scheme.name);
  refuseNeedlessKey(scheme, headers);
  await scheme.admit(metadata, headers, desk);
  return {
    body,
    metadata,
    scheme,
    place: placeOf(context, at),
    headers,
    entry: bucket.objects.get(at.key),
    size: Number(atRest(metadata, 'length')),
  };
}

function refuseNeedlessKey(scheme: SseScheme, headers: Headers): void {
  const brought = Object.keys(headers).some((name) =>
    name.startsWith('x-amz-server-side-encryption-customer-'),
  );
  if (scheme.name !== 'SSE-C' && brought) {
    throw new Refusal(
      400,
      'InvalidRequest',
      'The encryption parameters are not applicable to this object.',
    );
  }
}

export const open = (found: Found, desk: Desk): Promise<Bytes> =>
  found.scheme.open(found, found.headers, found.place, desk);

/**
 * Under SSE-KMS and DSSE-KMS a stored checksum is encrypted like the object, so showing it needs kms:Decrypt even when
 * the object itself stays closed. (facts §1.4)
 */
export async function openChecksum(found: Found, desk: Desk): Promise<void> {
  if (found.entry?.checksum && found.scheme.name.startsWith('aws:kms'))
    await found.scheme.unlock(found.metadata, found.headers, found.place, desk, async () => {});
}
