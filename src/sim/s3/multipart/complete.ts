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
import { placeOf, type S3Context, type S3Handler, schemeNamed } from '../context';
import { answer } from '../responses';
import type { SealedPart } from '../sse/layers';
import { AT_REST } from '../sse/scheme';
import { write } from '../storing';
import { malformed, NAMESPACE, readXml, textOf, XML, xml } from '../xml';
import { checksumOfParts, keptBy } from './checksums';
import { eraseParts, partPath } from './parts';
import { uploadOf } from './upload';
import type { Part, Upload } from './uploads';

const LEAST_PART_BYTES = 5 * 1024 * 1024;

const invalidPart = (upload: Upload, partNumber: number, etag: string): Refusal =>
  new Refusal(
    400,
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { UploadId: upload.id, PartNumber: String(partNumber), ETag: etag },
  );

const bare = (etag: string): string => etag.replaceAll('"', '');

/** One element of the client's list, compared with the part that S3 has. */
function partNamed(upload: Upload, element: unknown): Part {
  const listed = Object(element) as Record<string, unknown>;
  const number = textOf(listed.PartNumber);
  const etag = textOf(listed.ETag);
  if (number === undefined || !/^\d{1,5}$/.test(number) || etag === undefined) throw malformed();
  const partNumber = Number(number);
  const part = upload.parts.get(partNumber);
  if (!part || bare(part.etag) !== bare(etag)) throw invalidPart(upload, partNumber, bare(etag));
  const { algorithm, value } = part.checksum;
  const said = textOf(listed[`Checksum${algorithm}`]);
  if (said !== undefined && said !== value) throw invalidPart(upload, partNumber, bare(etag));
  return part;
}

function partsIn(body: Bytes, upload: Upload): readonly Part[] {
  const listed = (readXml(body, 'CompleteMultipartUpload').Part ?? []) as readonly unknown[];
  if (listed.length === 0) throw malformed();
  const parts = listed.map((element) => partNamed(upload, element));
  parts.forEach((part, i) => {
    const before = parts[i - 1];
    if (before && before.partNumber >= part.partNumber)
      throw new Refusal(
        400,
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
        { UploadId: upload.id },
      );
  });
  for (const { size, partNumber, etag } of parts.slice(0, -1)) {
    if (size < LEAST_PART_BYTES)
      throw new Refusal(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
        {
          ETag: bare(etag),
          MinSizeAllowed: String(LEAST_PART_BYTES),
          PartNumber: String(partNumber),
          ProposedSize: String(size),
        },
      );
  }
  return parts;
}

function checkSaid(headers: Headers, checksum: Checksum, size: number): void {
  const said = headers[checksumHeader(checksum.algorithm)];
  if (said !== undefined && said !== checksum.value)
    throw new Refusal(
      400,
      'BadDigest',
      `The ${checksum.algorithm} you specified did not match the calculated checksum.`,
    );
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
  const parts = partsIn(body, upload);
  checkWrite(headers, bucket.objects.get(key)?.etag, key);
  const checksum = await checksumOfParts(keptBy(upload), upload.checksumType, parts);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  checkSaid(headers, checksum, size);
  const scheme = schemeNamed(context, upload.scheme);
  // The checksum is encrypted like the object, so S3 needs the key once more. (facts §2.1)
  if (upload.scheme.startsWith('aws:kms'))
    await scheme.unlock(upload.atRest, headers, placeOf(context, context), desk, async () => {});
  const md5s = concat(...parts.map(({ etag }) => fromHex(bare(etag))));
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
  // The key of an SSE-C upload does not come along here, so nothing is said of it. (facts §1.1)
  const described = upload.scheme === 'SSE-C' ? {} : scheme.describe(metadata, headers);
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
