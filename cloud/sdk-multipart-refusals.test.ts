// What S3 refuses of uploads in parts, in its own words, to the genuine AWS SDK: checksums, ranges, keys, permissions.
import { CreateKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutBucketPolicyCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { names } from '../src/sim';
import { BUCKET, makeBucket, put, refused } from './testing/asking';
import { at, FIRST, OWN_KEY, ownKey, type Parts, SECOND, uploadsBy, WHOLE } from './testing/parts';
import { createSdk, type Sdk } from './testing/sdk';

const SHA256 = { ChecksumAlgorithm: 'SHA256' } as const;
const CRC32 = 'AAAAAA==';

let sdk: Sdk;
let uploads: ReturnType<typeof uploadsBy>;
beforeEach(async () => {
  sdk = createSdk();
  uploads = uploadsBy(sdk.s3);
  await makeBucket(sdk.s3, true);
});
const listParts = (UploadId: string, more = {}) =>
  sdk.s3.send(new ListPartsCommand({ ...at, UploadId, ...more }));

describe('completing an upload whose checksum was announced', () => {
  const MISSING =
    'The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.';

  it.each<[string, (parts: Parts) => Parts, string, string | RegExp]>([
    [
      'without the checksum of a part',
      ([a, b]) => [{ ...a, ChecksumSHA256: undefined }, { ...b }],
      'InvalidRequest',
      MISSING,
    ],
    [
      'with one of another kind',
      ([a, b]) => [{ ...a }, { ...b, ChecksumSHA256: undefined, ChecksumCRC32: CRC32 }],
      'BadDigest',
      'The crc32 you specified for part 2 did not match what we received.',
    ],
    [
      'with two of a part',
      ([a, b]) => [{ ...a, ChecksumCRC32: CRC32 }, { ...b }],
      'InvalidArgument',
      'Invalid Base64 or multiple checksums present in request',
    ],
    [
      'with another part’s',
      ([a, b]) => [{ ...a, ChecksumSHA256: b?.ChecksumSHA256 }, { ...b }],
      'InvalidPart',
      /^One or more of the specified parts could not be found/,
    ],
    [
      'with a part left out',
      ([, b]) => [{ ...b }],
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    ],
  ])('is refused %s', async (_, change, code, message) => {
    const { id, parts } = await uploads.upload(SHA256, SHA256, [1, 2]);
    const text = expect.stringMatching(message);
    const found = await refused(uploads.complete(id, change(parts)));
    expect(found).toMatchObject({ status: 400, code, message: text });
    await uploads.complete(id, parts);
  });

  it('is refused as of another type', async () => {
    const { id, parts } = await uploads.upload(SHA256, SHA256, [1, 2]);
    expect(
      await refused(uploads.complete(id, parts, { ChecksumType: 'FULL_OBJECT' })),
    ).toMatchObject({ status: 400, code: 'BadDigest' });
    await uploads.complete(id, parts, { ChecksumType: 'COMPOSITE' });
  });

  it('is refused with another size than that of the parts', async () => {
    const { id, parts } = await uploads.upload();
    expect(await refused(uploads.complete(id, parts, { MpuObjectSize: 1 }))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message: `The provided 'x-amz-mp-object-size' header value 1 does not match what was computed: ${WHOLE.length}`,
    });
    await uploads.complete(id, parts, { MpuObjectSize: WHOLE.length });
  });

  it('is refused over an object that is there already, when that is asked for', async () => {
    const { id, parts } = await uploads.upload();
    await put(sdk.s3);
    expect(await refused(uploads.complete(id, parts, { IfNoneMatch: '*' }))).toMatchObject({
      status: 412,
      code: 'PreconditionFailed',
    });
  });
});

describe('parts’ own checksums', () => {
  it('come with a part when the object’s is made of them, and otherwise do not', async () => {
    const shown = { PartNumber: 2, ChecksumMode: 'ENABLED' } as const;
    const whole = await uploads.upload();
    await uploads.complete(whole.id, whole.parts);
    expect((await uploads.get(shown)).ChecksumType).toBeUndefined();
    const { id, parts } = await uploads.upload(SHA256, SHA256, [1, 2]);
    await uploads.complete(id, parts);
    expect(await uploads.get(shown)).toMatchObject({
      ChecksumSHA256: parts[1]?.ChecksumSHA256,
      ChecksumType: 'COMPOSITE',
    });
  });

  it('need the key of SSE-C, when one was announced, at the list and at the end', async () => {
    const { id, parts } = await uploads.upload(
      { ...SHA256, ...OWN_KEY },
      { ...SHA256, ...OWN_KEY },
      [1, 2],
    );
    const wrong = {
      status: 400,
      message: 'The provided encryption parameters did not match the ones used originally.',
    };
    expect(await refused(listParts(id))).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(await refused(listParts(id, ownKey(1)))).toMatchObject(wrong);
    expect((await listParts(id, OWN_KEY)).Parts?.[1]?.ChecksumSHA256).toBe(
      parts[1]?.ChecksumSHA256,
    );
    expect(await refused(uploads.complete(id, parts))).toMatchObject({ code: 'InvalidRequest' });
    expect(await refused(uploads.complete(id, parts, ownKey(1)))).toMatchObject(wrong);
    await uploads.complete(id, parts, OWN_KEY);
    expect((await uploads.read(OWN_KEY)).equals(WHOLE)).toBe(true);
  });
});

describe('a part', () => {
  it.each([0, 10_001])('has no number like %i', async (PartNumber) => {
    const id = await uploads.begin();
    expect(await refused(uploads.part(id, PartNumber, SECOND))).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message: 'Part number must be an integer between 1 and 10000, inclusive',
    });
  });

  it.each([
    ['bytes=0-10', 'Range specified is not valid for source object of size: 10'],
    ['bytes=4-3', /^The x-amz-copy-source-range value must be of the form bytes=first-last/],
    ['bytes=4-', /^The x-amz-copy-source-range value must be of the form bytes=first-last/],
  ])('cannot be copied from %s of ten bytes', async (CopySourceRange, message) => {
    await put(sdk.s3, { Key: 'ten', Body: '0123456789' });
    const UploadId = await uploads.begin();
    const copy = { ...at, UploadId, PartNumber: 1, CopySource: `${BUCKET}/ten`, CopySourceRange };
    expect(await refused(sdk.s3.send(new UploadPartCopyCommand(copy)))).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message: expect.stringMatching(message),
      value: CopySourceRange,
    });
  });

  it('lies where no object of another bucket can take its place', async () => {
    const { id, parts } = await uploads.upload();
    const Bucket = `${BUCKET}.uploads`;
    const CreateBucketConfiguration = { LocationConstraint: names.REGION as 'eu-west-1' };
    await sdk.s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    await put(sdk.s3, { Bucket, Key: `${id}/2` });
    await uploads.complete(id, parts);
    expect((await uploads.read()).equals(WHOLE)).toBe(true);
  });
});

describe('who may', () => {
  const allow = (principal: string, ...Action: string[]) => ({
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action,
    Resource: '*',
  });

  it('send parts under SSE-KMS: kms:GenerateDataKey is for the beginning, kms:Decrypt for the rest', async () => {
    const { KeyMetadata } = await sdk.kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.Arn ?? '';
    const mayUse = (...actions: string[]) =>
      sdk.kms.send(
        new PutKeyPolicyCommand({
          KeyId,
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              allow(sdk.cloud.admin.principal, 'kms:*'),
              allow(sdk.cloud.ana.principal, ...actions),
            ],
          }),
        }),
      );
    const ana = uploadsBy(sdk.as(sdk.cloud.ana).s3);
    await mayUse('kms:GenerateDataKey');
    const id = await ana.begin({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KeyId });
    const denied = {
      status: 403,
      code: 'AccessDenied',
      message: expect.stringContaining('is not authorized to perform: kms:Decrypt on resource'),
    };
    expect(await refused(ana.part(id, 1, SECOND))).toMatchObject(denied);
    await mayUse('kms:GenerateDataKey', 'kms:Decrypt');
    const { ETag } = await ana.part(id, 1, SECOND);
    await mayUse('kms:GenerateDataKey');
    expect(await refused(ana.complete(id, [{ PartNumber: 1, ETag }]))).toMatchObject(denied);
    await mayUse('kms:Decrypt');
    await ana.complete(id, [{ PartNumber: 1, ETag }]);
    expect((await ana.read()).equals(SECOND)).toBe(true);
  });

  it('list parts, list uploads and abort is each an action of its own', async () => {
    const { s3 } = sdk.as(sdk.cloud.ana);
    const UploadId = await uploadsBy(s3).begin();
    const calls = [
      [() => s3.send(new ListPartsCommand({ ...at, UploadId })), 's3:ListMultipartUploadParts'],
      [
        () => s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET })),
        's3:ListBucketMultipartUploads',
      ],
      [
        () => s3.send(new AbortMultipartUploadCommand({ ...at, UploadId })),
        's3:AbortMultipartUpload',
      ],
    ] as const;
    for (const [call, action] of calls)
      expect(await refused(call)).toMatchObject({
        status: 403,
        message: expect.stringContaining(`is not authorized to perform: ${action} on resource`),
      });
  });

  it('a policy that demands encryption lets all of an upload pass that was begun with it', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${BUCKET}/*`,
          Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
        },
      ],
    });
    const early = await uploads.begin();
    await sdk.s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
    const { id, parts } = await uploads.upload({ ServerSideEncryption: 'aws:kms' });
    await uploads.complete(id, parts);
    expect((await refused(uploads.begin())).status).toBe(403);
    expect((await refused(uploads.part(early, 1, FIRST))).status).toBe(403);
  });
});

describe('uploads under way', () => {
  it('roll up at a delimiter and come page by page, also of one key', async () => {
    const keys = ['a/1', 'a/2', 'b', 'b', 'c'];
    const ids: string[] = [];
    for (const Key of keys) ids.push(await uploads.begin({ Key }));
    const list = (more = {}) =>
      sdk.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET, Delimiter: '/', ...more }));
    const seen: unknown[] = [];
    let page: Awaited<ReturnType<typeof list>> | undefined;
    do {
      page = await list({
        MaxUploads: 1,
        KeyMarker: page?.NextKeyMarker,
        UploadIdMarker: page?.NextUploadIdMarker,
      });
      seen.push(
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
        ...(page.Uploads ?? []).map(({ UploadId }) => UploadId),
      );
    } while (page.IsTruncated);
    const [, , b1, b2] = ids;
    expect(seen[0]).toBe('a/');
    expect(new Set(seen.slice(1, 3))).toEqual(new Set([b1, b2]));
    expect(seen.slice(3)).toEqual([ids[4]]);
    const inside = await list({ Prefix: 'a/' });
    expect(inside.Uploads?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2']);
  });
});
