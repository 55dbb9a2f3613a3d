// Uploads in parts, up to their end.
//   Create  chooses the encryption, makes one key for the upload, keeps it wrapped
//   Part    gets that key back, seals the part with it under an iv of its own, forgets it: under SSE-KMS this is why the
//           caller needs kms:Decrypt as well (facts §2.1)
//   Abort   erases what there is
// That all parts share one key, each with its own iv, is not published (modelled).
import { toHex } from '../../crypto/bytes';
import { definedHeaders, request } from '../../http';
import { Refusal } from '../../refusal';
import type { Bytes, Headers } from '../../types';
import { unchunked } from '../aws-chunked';
import {
  type Checksum,
  checksumElement,
  checksumHeader,
  checkUpload,
  computedChecksum,
} from '../checksums';
import { placeOf, type S3Context, type S3Handler, schemeNamed } from '../context';
import { readSource, type Source } from '../copy-source';
import { asksForCustomerKey, KMS_KEY_ID, SSE } from '../headers';
import { isoSeconds } from '../list';
import { partNumberOf } from '../ranges';
import { refuseChoice } from '../reading';
import { answer } from '../responses';
import { sealLayers } from '../sse/layers';
import { aboutOf, choose, newEtag } from '../storing';
import { refusePlainHttp } from '../transport';
import { NAMESPACE, XML, xml } from '../xml';
import { announced, keptBy, refuseOtherKind } from './checksums';
import { eraseParts, partPath } from './parts';
import type { Part, Upload } from './uploads';

const ID_BYTES = 32;

export const createMultipartUpload: S3Handler = async (context) => {
  const { desk, bucketName, key, request: message } = context;
  const { headers } = message;
  await context.authorise('s3:PutObject');
  const bucket = context.bucket();
  const about = aboutOf(headers);
  const sums = announced(headers);
  const choice = await choose(desk, headers, bucket);
  const scheme = schemeNamed(context, choice.scheme);
  const atRest = await scheme.begin(choice, placeOf(context, context), desk);
  const id = toHex(desk.random(ID_BYTES));
  const initiated = desk.now();
  bucket.uploads.add({
    ...{ id, key, initiated, scheme: choice.scheme, atRest, about, ...sums },
    asked: definedHeaders({ [SSE]: headers[SSE], [KMS_KEY_ID]: headers[KMS_KEY_ID] }),
    parts: new Map(),
  });
  const { checksumAlgorithm, checksumType } = sums;
  const told: Headers = checksumAlgorithm
    ? { 'x-amz-checksum-algorithm': checksumAlgorithm, 'x-amz-checksum-type': checksumType }
    : {};
  const body = xml({
    InitiateMultipartUploadResult: { ...NAMESPACE, Bucket: bucketName, Key: key, UploadId: id },
  });
  return answer(desk, 200, { ...XML, ...scheme.describe(atRest, headers), ...told }, body);
};

/** The upload that a request names. */
export const uploadOf = (context: S3Context): Upload =>
  context.bucket().uploads.get(context.query.get('uploadId') ?? '', context.key);

/** Under SSE-C each part brings the very key that the upload began with; otherwise none. (facts §5.2) */
async function admitPart(context: S3Context, upload: Upload): Promise<void> {
  const { headers } = context.request;
  const isCustomer = upload.scheme === 'SSE-C';
  if (asksForCustomerKey(headers) !== isCustomer)
    throw new Refusal(
      400,
      'InvalidRequest',
      'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
    );
  refusePlainHttp(headers, upload.scheme);
  await admitKey(context, upload);
}

async function admitKey(context: S3Context, upload: Upload): Promise<void> {
  const { headers } = context.request;
  try {
    await schemeNamed(context, upload.scheme).admit(upload.atRest, headers, context.desk);
  } catch (error) {
    throw error instanceof Refusal && error.code === 'AccessDenied'
      ? new Refusal(
          400,
          'InvalidRequest',
          'The provided encryption parameters did not match the ones used originally.',
        )
      : error;
  }
}

/**
 * Checksums of parts are encrypted like the parts, so who lists or completes them needs the key once more: kms:Decrypt,
 * or the customer key when a checksum was announced; one that is brought has to be right.
 * (API reference of ListParts and CompleteMultipartUpload; the refusal without the key is modelled)
 */
export async function unlockChecksums(context: S3Context, upload: Upload): Promise<void> {
  const { desk } = context;
  const { headers } = context.request;
  const { scheme, atRest, checksumAlgorithm } = upload;
  const isNeeded =
    scheme === 'SSE-C'
      ? checksumAlgorithm !== undefined || asksForCustomerKey(headers)
      : scheme !== 'AES256';
  if (!isNeeded) return;
  await admitKey(context, upload);
  const place = placeOf(context, context);
  await schemeNamed(context, scheme).unlock(atRest, headers, place, desk, async () => {});
}

interface Told {
  readonly part: Part;
  readonly described: Headers;
}

/** Seals a part, writes it, and remembers it in the place of one that had its number. */
async function storePart(
  context: S3Context,
  upload: Upload,
  bytes: Bytes,
  sent: Checksum | undefined,
): Promise<Told> {
  const { desk, request: message, query } = context;
  const { headers } = message;
  const partNumber = partNumberOf(query.get('partNumber') ?? '');
  const scheme = schemeNamed(context, upload.scheme);
  const algorithm = keptBy(upload);
  const checksum = sent?.algorithm === algorithm ? sent : await computedChecksum(algorithm, bytes);
  const sealed = await scheme.unlock(
    upload.atRest,
    headers,
    placeOf(context, context),
    desk,
    (keys) => sealLayers(desk, keys, bytes, { part: String(partNumber) }),
  );
  const etag = newEtag(desk, upload.scheme, bytes);
  const path = partPath(context, upload, partNumber);
  await desk.send('storage', 'WriteObject', request('PUT', path, sealed.atRest, sealed.body));
  const part = { partNumber, size: bytes.length, etag, lastModified: desk.now(), checksum };
  upload.parts.set(partNumber, part);
  return { part, described: scheme.describe(upload.atRest, headers) };
}

export const uploadPart: S3Handler = async (context) => {
  const { desk } = context;
  await context.authorise('s3:PutObject');
  const upload = uploadOf(context);
  refuseChoice(context.request.headers);
  const { headers, body } = unchunked(context.request);
  await admitPart(context, upload);
  const sent = await checkUpload(desk, headers, body);
  refuseOtherKind(upload, sent);
  const { part, described } = await storePart(context, upload, body, sent);
  const told = sent ? { [checksumHeader(sent.algorithm)]: sent.value } : {};
  return answer(desk, 200, definedHeaders({ etag: part.etag, ...described, ...told }));
};

/** The bytes of the source that a part copies. */
function copied({ object, size }: Source, headers: Headers): Bytes {
  const range = headers['x-amz-copy-source-range'];
  if (range === undefined) return object;
  const refusal = (message: string): Refusal =>
    new Refusal(400, 'InvalidArgument', message, {
      ArgumentName: 'x-amz-copy-source-range',
      ArgumentValue: range,
    });
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (first === undefined || Number(first) > Number(last))
    throw refusal(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  if (Number(last) >= size)
    throw refusal(`Range specified is not valid for source object of size: ${size}`);
  return object.slice(Number(first), Number(last) + 1);
}

export const uploadPartCopy: S3Handler = async (context) => {
  const { desk } = context;
  const { headers } = context.request;
  await context.authorise('s3:PutObject');
  const upload = uploadOf(context);
  refuseChoice(headers);
  await admitPart(context, upload);
  const source = await readSource(context);
  const { part, described } = await storePart(context, upload, copied(source, headers), undefined);
  const body = xml({
    CopyPartResult: {
      ...NAMESPACE,
      LastModified: isoSeconds(part.lastModified),
      ETag: part.etag,
      ...(upload.checksumAlgorithm ? checksumElement(part.checksum) : {}),
    },
  });
  return answer(desk, 200, { ...XML, ...described }, body);
};

export const abortMultipartUpload: S3Handler = async (context) => {
  await context.authorise('s3:AbortMultipartUpload');
  const upload = uploadOf(context);
  await eraseParts(context, upload);
  context.bucket().uploads.delete(upload.id);
  return answer(context.desk, 204);
};
