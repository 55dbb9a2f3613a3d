// The SDK's own way with big objects: `Upload` of @aws-sdk/lib-storage, several parts at a time, under every scheme.
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { expect, it } from 'vitest';
import { makeBucket } from './testing/asking';
import { at, bytes, MIB, OWN_KEY, uploadsBy } from './testing/parts';
import { createSdk } from './testing/sdk';

const BIG = bytes(12 * MIB + 1, 5);

it.each([
  ['SSE-S3', {}],
  ['SSE-KMS', { ServerSideEncryption: 'aws:kms' }],
  ['SSE-KMS with a bucket key', { ServerSideEncryption: 'aws:kms', BucketKeyEnabled: true }],
  ['DSSE-KMS', { ServerSideEncryption: 'aws:kms:dsse' }],
  ['SSE-C', OWN_KEY],
] as const)('Upload brings an object there in parts, and back, under %s', async (name, chosen) => {
  const sdk = createSdk();
  await makeBucket(sdk.s3, true);
  const { KeyMetadata } = await sdk.kms.send(new CreateKeyCommand({}));
  const key = 'ServerSideEncryption' in chosen ? { SSEKMSKeyId: KeyMetadata?.Arn } : {};
  const done = await new Upload({
    client: sdk.s3,
    params: { ...at, Body: BIG, ...chosen, ...key },
  }).done();
  expect(done.ETag).toMatch(/-3"$/);
  const own = name === 'SSE-C' ? OWN_KEY : {};
  expect(Buffer.compare(await uploadsBy(sdk.s3).read(own), BIG)).toBe(0);
  const head = await sdk.s3.send(new HeadObjectCommand({ ...at, ...own, ChecksumMode: 'ENABLED' }));
  expect(head).toMatchObject({ ContentLength: BIG.length, ChecksumType: 'COMPOSITE' });
  expect(head.ChecksumCRC32).toMatch(/-3$/);
});
