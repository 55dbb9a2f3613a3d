// The genuine AWS SDK against what works on objects that are there already: copies from every kind of encryption to
// every other, keys put around the same data key, deletes by the hundred, attributes.
import { createHash } from 'node:crypto';
import { CreateKeyCommand, DisableKeyCommand } from '@aws-sdk/client-kms';
import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ObjectAttributes,
  PutObjectCommand,
  UpdateObjectEncryptionCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { names } from '../src/sim';
import { BUCKET, get, KEY, makeBucket, put, refused, TEXT, text } from './testing/asking';
import { createSdk, type Sdk } from './testing/sdk';

const MD5 = createHash('md5').update(TEXT).digest('hex');
const customerKey = (fill: number) => {
  const key = Buffer.alloc(32, fill);
  return {
    SSECustomerAlgorithm: 'AES256',
    SSECustomerKey: key.toString('base64'),
    SSECustomerKeyMD5: createHash('md5').update(key).digest('base64'),
  };
};
const asSource = ({
  SSECustomerAlgorithm,
  SSECustomerKey,
  SSECustomerKeyMD5,
}: ReturnType<typeof customerKey>) => ({
  CopySourceSSECustomerAlgorithm: SSECustomerAlgorithm,
  CopySourceSSECustomerKey: SSECustomerKey,
  CopySourceSSECustomerKeyMD5: SSECustomerKeyMD5,
});

let sdk: Sdk;
let keyArn: string;
beforeEach(async () => {
  sdk = createSdk();
  await makeBucket(sdk.s3, true);
  keyArn = await newKey();
});
const newKey = async (): Promise<string> =>
  (await sdk.kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
const copy = (more: Partial<CopyObjectCommandInput> = {}) =>
  sdk.s3.send(
    new CopyObjectCommand({ Bucket: BUCKET, Key: 'copy', CopySource: `${BUCKET}/${KEY}`, ...more }),
  );
const read = async (Key: string, more = {}) =>
  text(await sdk.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more })));
const head = (Key: string) => sdk.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
const storedBody = (key: string): string =>
  Buffer.from(
    sdk.cloud
      .trace()
      .steps.flatMap((step) =>
        step.key === 's3 -> storage WriteObject' && step.kind === 'request'
          ? step.message.path === `/${BUCKET}/${key}`
            ? [step.message.body]
            : []
          : [],
      )
      .at(-1) ?? [],
  ).toString('hex');

const SCHEMES = ['SSE-S3', 'SSE-KMS', 'SSE-KMS with a bucket key', 'DSSE-KMS', 'SSE-C'] as const;
const asked = (scheme: (typeof SCHEMES)[number], fill: number) =>
  ({
    'SSE-S3': {},
    'SSE-KMS': { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn },
    'SSE-KMS with a bucket key': {
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: keyArn,
      BucketKeyEnabled: true,
    },
    'DSSE-KMS': { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: keyArn },
    'SSE-C': customerKey(fill),
  })[scheme] as Partial<CopyObjectCommandInput>;

describe.each(SCHEMES.flatMap((from) => SCHEMES.map((to) => [from, to] as const)))(
  'a copy from %s to %s',
  (from, to) => {
    it('is opened and encrypted anew, and reads the same', async () => {
      await put(sdk.s3, asked(from, 1));
      const answer = await copy({
        ...asked(to, 2),
        ...(from === 'SSE-C' ? asSource(customerKey(1)) : {}),
      });
      expect(answer.ServerSideEncryption).toBe(
        to === 'SSE-C' ? undefined : (asked(to, 2).ServerSideEncryption ?? 'AES256'),
      );
      expect(answer.BucketKeyEnabled).toBe(to === 'SSE-KMS with a bucket key' ? true : undefined);
      expect(answer.CopyObjectResult?.ETag === `"${MD5}"`).toBe(to === 'SSE-S3');
      expect(await read('copy', to === 'SSE-C' ? customerKey(2) : {})).toBe(TEXT);
      expect(storedBody('copy')).not.toBe(storedBody(KEY));
    });
  },
);

describe('CopyObject', () => {
  it('keeps what the source says of itself, or with REPLACE takes what the request says', async () => {
    await put(sdk.s3, { ContentType: 'text/plain', Metadata: { mood: 'good' } });
    await copy();
    expect(await head('copy')).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { mood: 'good' },
    });
    await copy({ MetadataDirective: 'REPLACE', Metadata: { mood: 'bad' } });
    expect(await head('copy')).toMatchObject({
      ContentType: 'binary/octet-stream',
      Metadata: { mood: 'bad' },
    });
  });

  it('refuses to copy an object to itself when nothing changes', async () => {
    await put(sdk.s3);
    expect(await refused(copy({ Key: KEY }))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
    await copy({ Key: KEY, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
    expect(await head(KEY)).toMatchObject({ ServerSideEncryption: 'aws:kms' });
    expect(await read(KEY)).toBe(TEXT);
  });

  it.each([
    [{ CopySourceIfMatch: '"other"' }],
    [{ CopySourceIfNoneMatch: `"${MD5}"` }],
    [{ CopySourceIfUnmodifiedSince: new Date(0) }],
    [{ CopySourceIfModifiedSince: new Date(Date.now() + 86_400_000) }],
  ])('under a condition that does not hold (%o) is refused', async (condition) => {
    await put(sdk.s3);
    expect(await refused(copy(condition))).toMatchObject({
      status: 412,
      code: 'PreconditionFailed',
    });
  });

  it('needs the key of an SSE-C source, and the right one', async () => {
    await put(sdk.s3, customerKey(1));
    expect(await refused(copy())).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(await refused(copy(asSource(customerKey(3))))).toMatchObject({
      status: 403,
      code: 'AccessDenied',
    });
  });

  it('reads the source for the caller: a disabled key of the source stops it', async () => {
    await put(sdk.s3, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
    await sdk.kms.send(new DisableKeyCommand({ KeyId: keyArn }));
    expect(await refused(copy())).toMatchObject({
      status: 400,
      code: 'KMS.DisabledException',
      message: `${keyArn} is disabled.`,
    });
  });

  it('takes names with every kind of character, and refuses a source without a key', async () => {
    const Key = 'über +?&#%/日記.txt';
    await sdk.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: TEXT }));
    await copy({ CopySource: encodeURIComponent(`${BUCKET}/${Key}`) });
    expect(await read('copy')).toBe(TEXT);
    expect(await refused(copy({ CopySource: BUCKET }))).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message: 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    });
    expect(await refused(copy({ CopySource: `${BUCKET}/none` }))).toMatchObject({
      status: 404,
      code: 'NoSuchKey',
    });
    expect(await refused(copy({ CopySource: 'nowhere/none' }))).toMatchObject({
      code: 'NoSuchBucket',
    });
  });

  it('goes from bucket to bucket, and encrypts as the target says', async () => {
    await put(sdk.s3, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
    await sdk.s3.send(
      new CreateBucketCommand({
        Bucket: 'archive',
        CreateBucketConfiguration: { LocationConstraint: names.REGION as 'eu-west-1' },
      }),
    );
    expect(await copy({ Bucket: 'archive' })).toMatchObject({ ServerSideEncryption: 'AES256' });
  });
});

describe('UpdateObjectEncryption', () => {
  const update = (KMSKeyArn: string, BucketKeyEnabled?: boolean) =>
    sdk.s3.send(
      new UpdateObjectEncryptionCommand({
        Bucket: BUCKET,
        Key: KEY,
        ObjectEncryption: { SSEKMS: { KMSKeyArn, BucketKeyEnabled } },
      }),
    );
  /** What S3 asked of KMS, and what it wrote to the disks, since the last request from outside began. */
  const done = (): string[] => {
    const { steps } = sdk.cloud.trace();
    return steps
      .slice(steps.findLastIndex(({ nesting, kind }) => nesting === 0 && kind === 'request'))
      .filter(({ kind, key }) => kind === 'request' && /^s3 -> (kms|storage)/.test(key))
      .map(({ key }) => key);
  };

  it.each([
    ['SSE-S3', undefined, ['s3 -> kms Encrypt']],
    ['SSE-KMS', undefined, ['s3 -> kms ReEncrypt']],
    ['SSE-KMS', true, ['s3 -> kms Decrypt', 's3 -> kms GenerateDataKey']],
    ['SSE-KMS with a bucket key', undefined, ['s3 -> kms Encrypt']],
  ] as const)(
    'moves an object under %s to another key without touching it (bucket key: %s)',
    async (scheme, bucketKey, asks) => {
      await put(sdk.s3, asked(scheme, 1));
      const before = await head(KEY);
      const other = await newKey();
      await update(other, bucketKey);
      expect(done()).toEqual([
        's3 -> storage ReadMetadata',
        ...asks,
        's3 -> storage WriteMetadata',
      ]);
      const after = await head(KEY);
      expect(after).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: other });
      expect(after.BucketKeyEnabled).toBe(bucketKey);
      expect([after.ETag, after.LastModified]).toEqual([before.ETag, before.LastModified]);
      await sdk.kms.send(new DisableKeyCommand({ KeyId: keyArn }));
      expect(await read(KEY)).toBe(TEXT);
    },
  );

  it('of a DSSE-KMS or SSE-C object is refused', async () => {
    await put(sdk.s3, asked('DSSE-KMS', 1));
    expect(await refused(update(keyArn))).toMatchObject({ status: 400, code: 'InvalidRequest' });
    await put(sdk.s3, asked('SSE-C', 1));
    expect(await refused(update(keyArn))).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });
});

describe('DeleteObjects', () => {
  const remove = (keys: readonly string[], Quiet?: boolean) =>
    sdk.s3.send(
      new DeleteObjectsCommand({
        Bucket: BUCKET,
        Delete: { Objects: keys.map((Key) => ({ Key })), Quiet },
      }),
    );

  it('erases what is listed, says so of what was not there too, and is silent when asked to be', async () => {
    for (const Key of ['a', 'b', 'c']) await put(sdk.s3, { Key });
    const { Deleted, Errors } = await remove(['a', 'b', 'none']);
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['a', 'b', 'none']);
    expect(Errors).toBeUndefined();
    expect((await remove(['c'], true)).Deleted).toBeUndefined();
    const { KeyCount } = await sdk.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(KeyCount).toBe(0);
  });

  it('takes a thousand keys and no more, and at least one', async () => {
    const keys = Array.from({ length: 1001 }, (_, i) => `k${i}`);
    expect((await remove(keys.slice(1))).Deleted).toHaveLength(1000);
    expect(await refused(remove(keys))).toMatchObject({ status: 400, code: 'MalformedXML' });
    expect(await refused(remove([]))).toMatchObject({ status: 400, code: 'MalformedXML' });
  });

  it('like DeleteObject needs no customer key', async () => {
    await put(sdk.s3, customerKey(1));
    await sdk.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
    expect(await refused(get(sdk.s3))).toMatchObject({ status: 404, code: 'NoSuchKey' });
  });
});

describe('GetObjectAttributes', () => {
  const attributes = (more = {}) =>
    sdk.s3.send(
      new GetObjectAttributesCommand({
        Bucket: BUCKET,
        Key: KEY,
        ObjectAttributes: Object.values(ObjectAttributes),
        ...more,
      }),
    );

  it('tells what there is without the object', async () => {
    await put(sdk.s3, { ChecksumAlgorithm: 'SHA256' });
    expect(await attributes()).toMatchObject({
      ETag: MD5,
      ObjectSize: TEXT.length,
      StorageClass: 'STANDARD',
      Checksum: {
        ChecksumSHA256: createHash('sha256').update(TEXT).digest('base64'),
        ChecksumType: 'FULL_OBJECT',
      },
    });
  });

  it('tells only what was asked for, and refuses what it does not know', async () => {
    await put(sdk.s3);
    const { ETag, ObjectSize } = await attributes({ ObjectAttributes: ['ObjectSize'] });
    expect([ETag, ObjectSize]).toEqual([undefined, TEXT.length]);
    expect(await refused(attributes({ ObjectAttributes: ['Colour'] }))).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message: 'Invalid attribute name specified.',
    });
  });

  it('of an SSE-C object needs its key', async () => {
    await put(sdk.s3, customerKey(1));
    expect(await refused(attributes())).toMatchObject({ status: 400 });
    expect(await attributes(customerKey(1))).toMatchObject({ ObjectSize: TEXT.length });
  });
});
