// Uploads in parts by the SDK, step by step, as tests need them.
import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  type S3Client,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { BUCKET, KEY } from './asking';

export const MIB = 1024 * 1024;
export const bytes = (length: number, salt: number) =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 9) * salt) & 0xff);
export const FIRST = bytes(5 * MIB, 3);
export const SECOND = bytes(12_345, 7);
export const WHOLE = new Uint8Array(Buffer.concat([FIRST, SECOND]));
export const md5 = (data: Uint8Array) => createHash('md5').update(data).digest();

export function ownKey(fill: number) {
  const key = Buffer.alloc(32, fill);
  return {
    SSECustomerAlgorithm: 'AES256',
    SSECustomerKey: key.toString('base64'),
    SSECustomerKeyMD5: md5(key).toString('base64'),
  };
}
export const OWN_KEY = ownKey(9);

export const at = { Bucket: BUCKET, Key: KEY };
type Begin = Partial<CreateMultipartUploadCommandInput>;
type Part = Partial<UploadPartCommandInput>;
export type Parts = NonNullable<
  NonNullable<CompleteMultipartUploadCommandInput['MultipartUpload']>['Parts']
>;

/** Uploads by whoever `s3` is. */
export function uploadsBy(s3: S3Client) {
  const begin = async (more: Begin = {}): Promise<string> =>
    (await s3.send(new CreateMultipartUploadCommand({ ...at, ...more }))).UploadId ?? '';
  const part = (UploadId: string, PartNumber: number, Body: Uint8Array, more: Part = {}) =>
    s3.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body, ...more }));
  const complete = (
    UploadId: string,
    Parts: Parts,
    more: Partial<CompleteMultipartUploadCommandInput> = {},
  ) =>
    s3.send(
      new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts }, ...more }),
    );
  const get = (more = {}) => s3.send(new GetObjectCommand({ ...at, ...more }));
  const read = async (more = {}): Promise<Buffer> =>
    Buffer.from((await (await get(more)).Body?.transformToByteArray()) ?? []);

  /** Two parts, sent out of order; their numbers leave a gap unless told otherwise. */
  async function upload(more: Begin = {}, partMore: Part = {}, [low, high] = [2, 7]) {
    const id = await begin(more);
    const second = await part(id, high as number, SECOND, partMore);
    const first = await part(id, low as number, FIRST, partMore);
    const { ChecksumAlgorithm: algorithm } = more;
    const sum = (answer: typeof first) =>
      algorithm
        ? { [`Checksum${algorithm}`]: answer[`Checksum${algorithm}` as 'ChecksumCRC32'] }
        : {};
    const parts = [
      { PartNumber: low, ETag: first.ETag, ...sum(first) },
      { PartNumber: high, ETag: second.ETag, ...sum(second) },
    ];
    return { id, parts: [...parts] as Parts };
  }
  return { begin, part, complete, get, read, upload };
}
