// What is under way: the parts of an upload, and the uploads of a bucket. (API reference of ListParts,
// ListMultipartUploads)
import { checksumElement } from '../checksums';
import type { S3Handler } from '../context';
import { countIn, isoSeconds, namesIn, OWNER } from '../list';
import { answer } from '../responses';
import { NAMESPACE, XML, xml } from '../xml';
import { unlockChecksums, uploadOf } from './upload';
import type { Upload } from './uploads';
import { pageOfUploads } from './uploads-page';

const checksumTold = ({ checksumAlgorithm, checksumType }: Upload): object =>
  checksumAlgorithm ? { ChecksumAlgorithm: checksumAlgorithm, ChecksumType: checksumType } : {};

export const listParts: S3Handler = async (context) => {
  const { desk, query, bucketName, key } = context;
  await context.authorise('s3:ListMultipartUploadParts');
  const upload = uploadOf(context);
  await unlockChecksums(context, upload);
  const marker = countIn(query, 'part-number-marker', query.has('part-number-marker') ? 10_000 : 0);
  const most = countIn(query, 'max-parts');
  const rest = [...upload.parts.values()]
    .filter(({ partNumber }) => partNumber > marker)
    .sort((a, b) => a.partNumber - b.partNumber);
  const listed = rest.slice(0, most);
  const body = xml({
    ListPartsResult: {
      ...NAMESPACE,
      Bucket: bucketName,
      Key: key,
      UploadId: upload.id,
      Initiator: OWNER,
      Owner: OWNER,
      StorageClass: 'STANDARD',
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(listed.at(-1)?.partNumber ?? 0),
      MaxParts: String(most),
      IsTruncated: String(listed.length < rest.length),
      ...checksumTold(upload),
      Part: listed.map(({ partNumber, lastModified, etag, size, checksum }) => ({
        PartNumber: String(partNumber),
        LastModified: isoSeconds(lastModified),
        ETag: etag,
        Size: String(size),
        ...(upload.checksumAlgorithm ? checksumElement(checksum) : {}),
      })),
    },
  });
  return answer(desk, 200, XML, body);
};

export const listMultipartUploads: S3Handler = async (context) => {
  const { desk, query, bucketName } = context;
  await context.authorise('s3:ListBucketMultipartUploads');
  const all = context.bucket().uploads.all();
  const write = namesIn(query);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  // Without a key-marker it is ignored.
  const idMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? '');
  const size = countIn(query, 'max-uploads');
  const { uploads, commonPrefixes, next } = pageOfUploads(all, {
    prefix,
    delimiter,
    keyMarker,
    idMarker,
    size,
  });
  const encoding = query.get('encoding-type');
  const body = xml({
    ListMultipartUploadsResult: {
      ...NAMESPACE,
      Bucket: bucketName,
      KeyMarker: write(keyMarker),
      UploadIdMarker: idMarker,
      ...(next ? { NextKeyMarker: write(next.key), NextUploadIdMarker: next.id } : {}),
      ...(prefix ? { Prefix: write(prefix) } : {}),
      ...(delimiter ? { Delimiter: write(delimiter) } : {}),
      ...(encoding ? { EncodingType: encoding } : {}),
      MaxUploads: String(size),
      IsTruncated: String(next !== undefined),
      Upload: uploads.map((upload) => ({
        UploadId: upload.id,
        Key: write(upload.key),
        Initiated: isoSeconds(upload.initiated),
        StorageClass: 'STANDARD',
        Owner: OWNER,
        Initiator: OWNER,
        ...checksumTold(upload),
      })),
      CommonPrefixes: commonPrefixes.map((one) => ({ Prefix: write(one) })),
    },
  });
  return answer(desk, 200, XML, body);
};
