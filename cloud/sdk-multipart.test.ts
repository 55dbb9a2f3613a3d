// The genuine AWS SDK against uploads in parts, under every scheme.
import { createHash } from 'node:crypto';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type UploadPartCommandInput,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { crc32Base64, crc64NvmeBase64 } from '../src/sim/crypto/checksums';
import { BUCKET, KEY, makeBucket, put, refused } from './testing/asking';
import { createSdk, type Sdk } from './testing/sdk';

const MIB = 1024 * 1024;
const bytes = (length: number, salt: number) =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 9) * salt) & 0xff);
const FIRST = bytes(5 * MIB, 3);
const SECOND = bytes(12_345, 7);
const WHOLE = new Uint8Array(Buffer.concat([FIRST, SECOND]));
const md5 = (data: Uint8Array) => createHash('md5').update(data).digest();
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();

const key = Buffer.alloc(32, 9);
const OWN_KEY = {
  SSECustomerAlgorithm: 'AES256',
  SSECustomerKey: key.toString('base64'),
  SSECustomerKeyMD5: md5(key).toString('base64'),
};

let sdk: Sdk;
let keyArn: string;
beforeEach(async () => {
  sdk = createSdk();
  await makeBucket(sdk.s3, true);
  keyArn = (await sdk.kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
});

const at = { Bucket: BUCKET, Key: KEY };
const begin = async (more: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> =>
  (await sdk.s3.send(new CreateMultipartUploadCommand({ ...at, ...more }))).UploadId ?? '';
const part = (
  UploadId: string,
  PartNumber: number,
  Body: Uint8Array,
  more: Partial<UploadPartCommandInput> = {},
) => sdk.s3.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body, ...more }));
type Parts = NonNullable<CompleteMultipartUploadCommandInput['MultipartUpload']>['Parts'];
const complete = (
  UploadId: string,
  Parts: Parts,
  more: Partial<CompleteMultipartUploadCommandInput> = {},
) =>
  sdk.s3.send(
    new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts }, ...more }),
  );
const get = (more = {}) => sdk.s3.send(new GetObjectCommand({ ...at, ...more }));
const read = async (more = {}): Promise<Buffer> =>
  Buffer.from((await (await get(more)).Body?.transformToByteArray()) ?? []);

/** Two parts, out of order. */
async function upload(
  more: Partial<CreateMultipartUploadCommandInput> = {},
  partMore: Partial<UploadPartCommandInput> = {},
) {
  const id = await begin(more);
  const second = await part(id, 7, SECOND, partMore);
  const first = await part(id, 2, FIRST, partMore);
  const { ChecksumAlgorithm: algorithm } = more;
  const sum = (answer: typeof first) =>
    algorithm
      ? { [`Checksum${algorithm}`]: answer[`Checksum${algorithm}` as 'ChecksumCRC32'] }
      : {};
  const parts = [
    { PartNumber: 2, ETag: first.ETag, ...sum(first) },
    { PartNumber: 7, ETag: second.ETag, ...sum(second) },
  ];
  return { id, parts, first, second };
}

const SCHEMES = [
  ['SSE-S3', () => ({}), {}],
  ['SSE-KMS', () => ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn }) as const, {}],
  [
    'SSE-KMS with a bucket key',
    () =>
      ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn, BucketKeyEnabled: true }) as const,
    {},
  ],
  ['DSSE-KMS', () => ({ ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: keyArn }) as const, {}],
  ['SSE-C', () => OWN_KEY, OWN_KEY],
] as const;

describe.each(SCHEMES)('an upload in parts under %s', (name, chosen, own) => {
  it('reads as one object, by range and by part too', async () => {
    const { id, parts } = await upload(chosen(), own);
    const done = await complete(id, parts);
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect((await read(own)).equals(WHOLE)).toBe(true);
    const edge = await read({ ...own, Range: `bytes=${5 * MIB - 3}-${5 * MIB + 2}` });
    expect([...edge]).toEqual([...WHOLE.subarray(5 * MIB - 3, 5 * MIB + 3)]);
    const last = await get({ ...own, PartNumber: 2 });
    expect([last.PartsCount, last.ContentLength]).toEqual([2, SECOND.length]);
    expect((await read({ ...own, PartNumber: 2 })).equals(SECOND)).toBe(true);
    if (name === 'SSE-S3') {
      const whole = md5(Buffer.concat([md5(FIRST), md5(SECOND)])).toString('hex');
      expect(done.ETag).toBe(`"${whole}-2"`);
    }
  });

  it('asks KMS for one data key, and to open it again for each part', async () => {
    const { id, parts } = await upload(chosen(), own);
    await complete(id, parts);
    const asked = sdk.cloud
      .trace()
      .steps.flatMap((step) =>
        step.kind === 'request' && step.key.startsWith('s3 -> kms') ? [step.operation] : [],
      );
    const opened = ['Decrypt', 'Decrypt', 'Decrypt'];
    expect(asked).toEqual(
      name === 'SSE-KMS' || name === 'DSSE-KMS'
        ? ['GenerateDataKey', ...opened]
        : name === 'SSE-KMS with a bucket key'
          ? ['GenerateDataKey']
          : [],
    );
  });

  it('never encrypts two parts with the same key and iv, and leaves no part behind', async () => {
    const { id, parts } = await upload(chosen(), own);
    await complete(id, parts);
    const { steps } = sdk.cloud.trace();
    const used = steps.flatMap((step) =>
      step.key === 's3 encrypts object' && step.kind === 'deed'
        ? [Buffer.concat([step.inputs.key ?? key, step.inputs.iv ?? key]).toString('hex')]
        : [],
    );
    expect(new Set(used).size).toBe(used.length);
    const erased = steps.filter(({ key: step }) => step === 's3 -> storage EraseObject');
    expect(erased).toHaveLength(2);
    expect(steps.at(-1)?.knows.s3.filter((one) => /^[DO]/.test(one))).toEqual(
      name === 'SSE-KMS with a bucket key' ? ['D1'] : [],
    );
  });
});

describe('under SSE-C', () => {
  const INITIATED =
    'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.';
  it('a part without the key, or with another, is refused', async () => {
    const id = await begin(OWN_KEY);
    expect(await refused(part(id, 1, SECOND))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message: INITIATED,
    });
    const other = Buffer.alloc(32, 1);
    const wrong = {
      ...OWN_KEY,
      SSECustomerKey: other.toString('base64'),
      SSECustomerKeyMD5: md5(other).toString('base64'),
    };
    expect(await refused(part(id, 1, SECOND, wrong))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message: 'The provided encryption parameters did not match the ones used originally.',
    });
  });

  it('a part that brings a key to an upload without one is refused too', async () => {
    expect(await refused(part(await begin(), 1, SECOND, OWN_KEY))).toMatchObject({
      status: 400,
      message: INITIATED,
    });
  });
});

describe('checksums of an upload in parts', () => {
  it('are one of the whole object when none is named: CRC-64/NVME', async () => {
    const { id, parts } = await upload();
    const done = await complete(id, parts);
    expect([done.ChecksumType, done.ChecksumCRC64NVME]).toEqual([
      'FULL_OBJECT',
      await crc64NvmeBase64(WHOLE),
    ]);
    const shown = await get({ ChecksumMode: 'ENABLED' });
    expect(shown.ChecksumCRC64NVME).toBe(await crc64NvmeBase64(WHOLE));
  });

  it('are of the parts’ checksums, with their number, for SHA-256', async () => {
    const { id, parts } = await upload(
      { ChecksumAlgorithm: 'SHA256' },
      { ChecksumAlgorithm: 'SHA256' },
    );
    const done = await complete(id, parts);
    const value = sha256(Buffer.concat([sha256(FIRST), sha256(SECOND)])).toString('base64');
    expect([done.ChecksumType, done.ChecksumSHA256]).toEqual(['COMPOSITE', `${value}-2`]);
    const { ObjectParts } = await sdk.s3.send(
      new GetObjectAttributesCommand({ ...at, ObjectAttributes: ['ObjectParts'] }),
    );
    expect(ObjectParts?.TotalPartsCount).toBe(2);
    expect(ObjectParts?.Parts?.map(({ Size }) => Size)).toEqual([FIRST.length, SECOND.length]);
    expect(ObjectParts?.Parts?.[1]?.ChecksumSHA256).toBe(sha256(SECOND).toString('base64'));
  });

  it('are of the whole for CRC-32 when that is asked for', async () => {
    const { id, parts } = await upload(
      { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' },
      { ChecksumAlgorithm: 'CRC32' },
    );
    const whole = crc32Base64(WHOLE);
    expect(await refused(complete(id, parts, { ChecksumCRC32: 'AAAAAA==' }))).toMatchObject({
      status: 400,
      code: 'BadDigest',
    });
    expect((await complete(id, parts, { ChecksumCRC32: whole })).ChecksumCRC32).toBe(whole);
  });

  it('must be of the kind that was announced', async () => {
    const id = await begin({ ChecksumAlgorithm: 'SHA1' });
    expect(await refused(part(id, 1, SECOND, { ChecksumAlgorithm: 'CRC32' }))).toMatchObject({
      status: 400,
      message:
        'Checksum Type mismatch occurred, expected checksum Type: sha1, actual checksum Type: crc32',
    });
    expect(
      await refused(begin({ ChecksumAlgorithm: 'SHA1', ChecksumType: 'FULL_OBJECT' })),
    ).toMatchObject({
      message: 'The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.',
    });
  });
});

describe('completing', () => {
  it.each<[string, (parts: NonNullable<Parts>) => Parts, string]>([
    ['parts in another order', (parts) => [...parts].reverse(), 'InvalidPartOrder'],
    [
      'a part that is not there',
      (parts) => [...parts, { PartNumber: 9, ETag: '"00"' }],
      'InvalidPart',
    ],
    ['another ETag', ([a, b]) => [{ ...a, ETag: b?.ETag }], 'InvalidPart'],
    ['no part', () => [], 'MalformedXML'],
  ])('with %s is refused', async (_, change, code) => {
    const { id, parts } = await upload();
    expect(await refused(complete(id, change(parts)))).toMatchObject({ status: 400, code });
    await complete(id, parts);
  });

  it('with a part below 5 MiB that is not the last is refused', async () => {
    const id = await begin();
    const a = await part(id, 1, SECOND);
    const b = await part(id, 2, SECOND);
    const parts = [a, b].map(({ ETag }, i) => ({ PartNumber: i + 1, ETag }));
    expect(await refused(complete(id, parts))).toMatchObject({
      status: 400,
      code: 'EntityTooSmall',
      message: 'Your proposed upload is smaller than the minimum allowed size',
    });
    await complete(id, parts.slice(1));
    expect((await read()).equals(SECOND)).toBe(true);
  });

  it('ends the upload; so does aborting', async () => {
    const gone = {
      status: 404,
      code: 'NoSuchUpload',
      message:
        'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    };
    const { id, parts } = await upload();
    await complete(id, parts);
    expect(await refused(complete(id, parts))).toMatchObject(gone);
    const other = await begin();
    await part(other, 1, SECOND);
    await sdk.s3.send(new AbortMultipartUploadCommand({ ...at, UploadId: other }));
    expect(await refused(part(other, 1, SECOND))).toMatchObject(gone);
  });
});

describe('what is under way', () => {
  it('is listed: uploads of a bucket, parts of an upload, page by page', async () => {
    const { id } = await upload({ ChecksumAlgorithm: 'CRC32' }, { ChecksumAlgorithm: 'CRC32' });
    const other = await begin({ Key: 'z' });
    const { Uploads } = await sdk.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
    expect(Uploads?.map(({ Key, UploadId }) => [Key, UploadId])).toEqual([
      [KEY, id],
      ['z', other],
    ]);
    const page = await sdk.s3.send(new ListPartsCommand({ ...at, UploadId: id, MaxParts: 1 }));
    expect([page.IsTruncated, page.Parts?.map(({ PartNumber }) => PartNumber)]).toEqual([
      true,
      [2],
    ]);
    const next = await sdk.s3.send(
      new ListPartsCommand({ ...at, UploadId: id, PartNumberMarker: page.NextPartNumberMarker }),
    );
    expect(next.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [7, SECOND.length],
    ]);
    const [first] = page.Parts ?? [];
    expect(first?.ChecksumCRC32).toBe(crc32Base64(FIRST));
  });
});

describe('UploadPartCopy', () => {
  it('takes a part from an object, whole or in part', async () => {
    await put(sdk.s3, { Key: 'source', Body: WHOLE });
    const id = await begin({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
    const copy = async (PartNumber: number, CopySourceRange?: string) => {
      const answer = await sdk.s3.send(
        new UploadPartCopyCommand({
          ...at,
          UploadId: id,
          PartNumber,
          CopySource: `${BUCKET}/source`,
          CopySourceRange,
        }),
      );
      return { PartNumber, ETag: answer.CopyPartResult?.ETag };
    };
    await complete(id, [await copy(1), await copy(2, 'bytes=10-19')]);
    const expected = Buffer.concat([WHOLE, WHOLE.subarray(10, 20)]);
    expect((await read()).equals(expected)).toBe(true);
    expect(await sdk.s3.send(new HeadObjectCommand(at))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      ContentLength: expected.length,
    });
  });
});
