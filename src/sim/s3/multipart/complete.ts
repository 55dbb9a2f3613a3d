// CompleteMultipartUpload: the parts that the client lists become the object. Nothing is opened: the ciphertexts of the
// parts are put in a row, each with its own iv (modelled). (API reference of CompleteMultipartUpload)
//   ETag      MD5 of the parts' ETags, and their number (for other schemes than SSE-S3 what goes in is not published)
//   checksum  of the whole, or of the parts' checksums
import { concat, fromHex } from '../../crypto/bytes';
import { md5Hex } from '../../crypto/checksums';
import { encodeKey, request } from '../../http';
import { Refusal } from '../../refusal';
import type { Bytes, Headers } from '../../types';
import { bucketHost } from '../address';
import { type Checksum, checksumElement, checksumHeader } from '../checksums';
import { checkWrite } from '../conditions';
import { type S3Context, type S3Handler, schemeNamed } from '../context';
import { answer } from '../responses';
import type { SealedPart } from '../sse/layers';
import { AT_REST } from '../sse/scheme';
import { write } from '../storing';
import { NAMESPACE, XML, xml } from '../xml';
import { checksumOfParts, keptBy } from './checksums';
import { partsListed } from './listed';
import { eraseParts, partPath } from './parts';
import { unlockChecksums, uploadOf } from './upload';
import { bareEtag, type Part, type Upload } from './uploads';

const badDigest = (what: string): Refusal =>
  new Refusal(400, 'BadDigest', `The ${what} you specified did not match the calculated checksum.`);

function checkSaid(headers: Headers, checksum: Checksum, size: number): void {
  const type = headers['x-amz-checksum-type'];
  // That it is a BadDigest is documented, the text is not (modelled).
  if (type !== undefined && type.toUpperCase() !== checksum.type) throw badDigest('checksum type');
  const said = headers[checksumHeader(checksum.algorithm)];
  if (said !== undefined && said !== checksum.value)
    throw badDigest(checksum.algorithm.toLowerCase());
  const saidSize = headers['x-amz-mp-object-size'];
  if (saidSize !== undefined && saidSize !== String(size))
    throw new Refusal(
      400,
      'InvalidRequest',
      `The provided 'x-amz-mp-object-size' header value ${saidSize} does not match what was computed: ${size}`,
    );
}

/** The ciphertexts of the parts in a row, and what is kept to open them. */
async function inARow(context: S3Context, upload: Upload, parts: readonly Part[]) {
  const bodies: Bytes[] = [];
  const sealed: SealedPart[] = [];
  for (const { partNumber } of parts) {
    const path = partPath(context, upload, partNumber);
    const read = await context.desk.send('storage', 'ReadObject', request('GET', path));
    bodies.push(read.body);
    sealed.push([read.body.length, read.headers]);
  }
  const atRest = { ...upload.atRest, [AT_REST.parts]: JSON.stringify(sealed) };
  return { body: concat(...bodies), atRest };
}

export const completeMultipartUpload: S3Handler = async (context) => {
  const { desk, bucketName, key, request: message } = context;
  const { headers, body } = message;
  await context.authorise('s3:PutObject');
  const bucket = context.bucket();
  const upload = uploadOf(context);
  const parts = partsListed(body, upload);
  checkWrite(headers, bucket.objects.get(key)?.etag, key);
  const checksum = await checksumOfParts(keptBy(upload), upload.checksumType, parts);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  checkSaid(headers, checksum, size);
  await unlockChecksums(context, upload);
  const md5s = concat(...parts.map(({ etag }) => fromHex(bareEtag(etag))));
  const etag = `"${md5Hex(md5s)}-${parts.length}"`;
  const { metadata } = await write(context, context, {
    size,
    scheme: upload.scheme,
    sealed: await inARow(context, upload, parts),
    etag,
    about: upload.about,
    checksum,
    parts: parts.map((part) => ({ size: part.size, checksum: part.checksum })),
  });
  await eraseParts(context, upload);
  bucket.uploads.delete(upload.id);
  // Of SSE-C nothing is said here. (facts §1.1)
  const described =
    upload.scheme === 'SSE-C'
      ? {}
      : schemeNamed(context, upload.scheme).describe(metadata, headers);
  const result = xml({
    CompleteMultipartUploadResult: {
      ...NAMESPACE,
      Location: `https://${bucketHost(bucketName)}/${encodeKey(key)}`,
      Bucket: bucketName,
      Key: key,
      ETag: etag,
      ...checksumElement(checksum),
      ChecksumType: checksum.type,
    },
  });
  return answer(desk, 200, { ...XML, ...described }, result);
};
