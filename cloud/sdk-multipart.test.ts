// The genuine AWS SDK against uploads in parts, under every scheme.
import { createHash } from 'node:crypto';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  GetObjectAttributesCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UpdateObjectEncryptionCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { captionOutsideFlows } from '../src/flows';
import { crc32Base64, crc64NvmeBase64 } from '../src/sim/crypto/checksums';
import { captionText } from '../src/words';
import { createWords } from '../src/words/all';
import { BUCKET, KEY, makeBucket, put, refused } from './testing/asking';
import {
  at,
  FIRST,
  MIB,
  md5,
  OWN_KEY,
  ownKey,
  type Parts,
  SECOND,
  uploadsBy,
  WHOLE,
} from './testing/parts';
import { createSdk, type Sdk } from './testing/sdk';

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();

let sdk: Sdk;
let keyArn: string;
let uploads: ReturnType<typeof uploadsBy>;
beforeEach(async () => {
  sdk = createSdk();
  uploads = uploadsBy(sdk.s3);
  await makeBucket(sdk.s3, true);
  keyArn = (await sdk.kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
});

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
    const { id, parts } = await uploads.upload(chosen(), own);
    const done = await uploads.complete(id, parts);
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect((await uploads.read(own)).equals(WHOLE)).toBe(true);
    const edge = await uploads.read({ ...own, Range: `bytes=${5 * MIB - 3}-${5 * MIB + 2}` });
    expect([...edge]).toEqual([...WHOLE.subarray(5 * MIB - 3, 5 * MIB + 3)]);
    const last = await uploads.get({ ...own, PartNumber: 2 });
    expect([last.PartsCount, last.ContentLength]).toEqual([2, SECOND.length]);
    expect((await uploads.read({ ...own, PartNumber: 2 })).equals(SECOND)).toBe(true);
    if (name === 'SSE-S3') {
      const whole = md5(Buffer.concat([md5(FIRST), md5(SECOND)])).toString('hex');
      expect(done.ETag).toBe(`"${whole}-2"`);
    }
  });

  it('asks KMS for one data key, and to open it again for each part', async () => {
    const { id, parts } = await uploads.upload(chosen(), own);
    await uploads.complete(id, parts);
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
    const { id, parts } = await uploads.upload(chosen(), own);
    await uploads.complete(id, parts);
    const { steps } = sdk.cloud.trace();
    const used = steps.flatMap((step) =>
      step.key === 's3 encrypts object' && step.kind === 'deed'
        ? [Buffer.concat([step.inputs.key ?? SECOND, step.inputs.iv ?? SECOND]).toString('hex')]
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
    const id = await uploads.begin(OWN_KEY);
    expect(await refused(uploads.part(id, 1, SECOND))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message: INITIATED,
    });
    expect(await refused(uploads.part(id, 1, SECOND, ownKey(1)))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message: 'The provided encryption parameters did not match the ones used originally.',
    });
  });

  it('a part that brings a key to an upload without one is refused too', async () => {
    expect(await refused(uploads.part(await uploads.begin(), 1, SECOND, OWN_KEY))).toMatchObject({
      status: 400,
      message: INITIATED,
    });
  });
});

describe('checksums of an upload in parts', () => {
  it('are one of the whole object when none is named: CRC-64/NVME', async () => {
    const { id, parts } = await uploads.upload();
    const done = await uploads.complete(id, parts);
    expect([done.ChecksumType, done.ChecksumCRC64NVME]).toEqual([
      'FULL_OBJECT',
      await crc64NvmeBase64(WHOLE),
    ]);
    const shown = await uploads.get({ ChecksumMode: 'ENABLED' });
    expect(shown.ChecksumCRC64NVME).toBe(await crc64NvmeBase64(WHOLE));
  });

  it('are of the parts’ checksums, with their number, for SHA-256', async () => {
    const { id, parts } = await uploads.upload(
      { ChecksumAlgorithm: 'SHA256' },
      { ChecksumAlgorithm: 'SHA256' },
      [1, 2],
    );
    const done = await uploads.complete(id, parts);
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
    const { id, parts } = await uploads.upload(
      { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' },
      { ChecksumAlgorithm: 'CRC32' },
      [1, 2],
    );
    const whole = crc32Base64(WHOLE);
    expect(await refused(uploads.complete(id, parts, { ChecksumCRC32: 'AAAAAA==' }))).toMatchObject(
      {
        status: 400,
        code: 'BadDigest',
      },
    );
    expect((await uploads.complete(id, parts, { ChecksumCRC32: whole })).ChecksumCRC32).toBe(whole);
  });

  it('must be of the kind that was announced', async () => {
    const id = await uploads.begin({ ChecksumAlgorithm: 'SHA1' });
    expect(
      await refused(uploads.part(id, 1, SECOND, { ChecksumAlgorithm: 'CRC32' })),
    ).toMatchObject({
      status: 400,
      message:
        'Checksum Type mismatch occurred, expected checksum Type: sha1, actual checksum Type: crc32',
    });
    expect(
      await refused(uploads.begin({ ChecksumAlgorithm: 'SHA1', ChecksumType: 'FULL_OBJECT' })),
    ).toMatchObject({
      message: 'The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.',
    });
  });
});

describe('completing', () => {
  it.each<[string, (parts: Parts) => Parts, string]>([
    ['parts in another order', (parts) => [...parts].reverse(), 'InvalidPartOrder'],
    [
      'a part that is not there',
      (parts) => [...parts, { PartNumber: 9, ETag: '"00"' }],
      'InvalidPart',
    ],
    ['another ETag', ([a, b]) => [{ ...a, ETag: b?.ETag }], 'InvalidPart'],
    ['no part', () => [], 'MalformedXML'],
  ])('with %s is refused', async (_, change, code) => {
    const { id, parts } = await uploads.upload();
    expect(await refused(uploads.complete(id, change(parts)))).toMatchObject({ status: 400, code });
    await uploads.complete(id, parts);
  });

  it('with a part below 5 MiB that is not the last is refused', async () => {
    const id = await uploads.begin();
    const a = await uploads.part(id, 1, SECOND);
    const b = await uploads.part(id, 2, SECOND);
    const parts = [a, b].map(({ ETag }, i) => ({ PartNumber: i + 1, ETag }));
    expect(await refused(uploads.complete(id, parts))).toMatchObject({
      status: 400,
      code: 'EntityTooSmall',
      message: 'Your proposed upload is smaller than the minimum allowed size',
    });
    await uploads.complete(id, parts.slice(1));
    expect((await uploads.read()).equals(SECOND)).toBe(true);
  });

  it('ends the upload; so does aborting', async () => {
    const gone = {
      status: 404,
      code: 'NoSuchUpload',
      message:
        'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    };
    const { id, parts } = await uploads.upload();
    await uploads.complete(id, parts);
    expect(await refused(uploads.complete(id, parts))).toMatchObject(gone);
    const other = await uploads.begin();
    await uploads.part(other, 1, SECOND);
    await sdk.s3.send(new AbortMultipartUploadCommand({ ...at, UploadId: other }));
    expect(await refused(uploads.part(other, 1, SECOND))).toMatchObject(gone);
  });
});

describe('what is under way', () => {
  it('is listed: uploads of a bucket, parts of an upload, page by page', async () => {
    const { id } = await uploads.upload(
      { ChecksumAlgorithm: 'CRC32' },
      { ChecksumAlgorithm: 'CRC32' },
    );
    const other = await uploads.begin({ Key: 'z' });
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

describe('an object that came in parts', () => {
  it('keeps them when its key is sealed anew, and is in one piece as a copy', async () => {
    const { id, parts } = await uploads.upload();
    const { ETag } = await uploads.complete(id, parts);
    const ObjectEncryption = { SSEKMS: { KMSKeyArn: keyArn } };
    await sdk.s3.send(new UpdateObjectEncryptionCommand({ ...at, ObjectEncryption }));
    const sealed = await uploads.get({ PartNumber: 2 });
    expect(sealed).toMatchObject({ ETag, PartsCount: 2, ServerSideEncryption: 'aws:kms' });
    expect((await uploads.read()).equals(WHOLE)).toBe(true);
    const copy = { Bucket: BUCKET, Key: 'copy', CopySource: `${BUCKET}/${KEY}` };
    await sdk.s3.send(new CopyObjectCommand({ ...copy, ServerSideEncryption: 'AES256' }));
    const copied = await uploads.get({ Key: 'copy', PartNumber: 1 });
    expect([copied.PartsCount, copied.ETag]).toEqual([
      undefined,
      `"${md5(WHOLE).toString('hex')}"`,
    ]);
    expect((await uploads.read({ Key: 'copy' })).equals(WHOLE)).toBe(true);
  });
});

describe('an upload in parts in words', () => {
  const words = createWords();
  const told = () =>
    sdk.cloud.trace().steps.map((step) => {
      const caption = captionOutsideFlows(step);
      return [step.key, captionText(words, caption)] as const;
    });

  it('tells each request, and which deeds are done to a part only', async () => {
    const { id, parts } = await uploads.upload();
    await sdk.s3.send(new ListPartsCommand({ ...at, UploadId: id }));
    await uploads.complete(id, parts);
    await uploads.read();
    const other = await uploads.begin();
    await sdk.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
    await sdk.s3.send(new AbortMultipartUploadCommand({ ...at, UploadId: other }));
    const texts = told();
    const yours = texts.filter(([step]) => /^you .*(Part|Multipart)/.test(step));
    expect(yours.length).toBeGreaterThan(10);
    for (const [step, text] of yours)
      expect([step, text.includes(step.split(' ')[3] ?? '')]).toEqual([step, false]);
    const of = (key: string) => texts.filter(([step]) => step === key).map(([, text]) => text);
    expect(of('s3 encrypts object')).toEqual(Array(2).fill(expect.stringContaining('this part')));
    expect(of('s3 decrypts object')).toEqual(Array(2).fill(expect.stringContaining('one part')));
    expect(of('s3 -> storage ReadObject').map((text) => text.includes('a part'))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('UploadPartCopy', () => {
  it('takes a part from an object, whole or in part', async () => {
    await put(sdk.s3, { Key: 'source', Body: WHOLE });
    const id = await uploads.begin({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
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
    await uploads.complete(id, [await copy(1), await copy(2, 'bytes=10-19')]);
    const expected = Buffer.concat([WHOLE, WHOLE.subarray(10, 20)]);
    expect((await uploads.read()).equals(expected)).toBe(true);
    expect(await sdk.s3.send(new HeadObjectCommand(at))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      ContentLength: expected.length,
    });
  });
});
