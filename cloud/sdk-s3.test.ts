// The genuine AWS SDK against the engine, line by line of what is known of S3's interface: headers, ETags, checksums,
// defaults, policies. Texts are AWS's own, compared exactly.
import { createHash } from 'node:crypto';
import { CreateAliasCommand, CreateKeyCommand, DescribeKeyCommand } from '@aws-sdk/client-kms';
import {
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, get, KEY, makeBucket, put, refused, TEXT, text } from './testing/asking';
import { createSdk, type Sdk } from './testing/sdk';

const SSE = 'x-amz-server-side-encryption';
const OBJECT_ARN = `arn:aws:s3:::${BUCKET}/${KEY}`;
const MD5 = createHash('md5').update(TEXT).digest('hex');
const CONTEXT = Buffer.from('{"department":"letters"}').toString('base64');

let sdk: Sdk;
let keyArn: string;
let keyId: string;
beforeEach(async () => {
  sdk = createSdk();
  await makeBucket(sdk.s3);
  const made = await sdk.kms.send(new CreateKeyCommand({}));
  keyArn = made.KeyMetadata?.Arn ?? '';
  keyId = made.KeyMetadata?.KeyId ?? '';
});
const head = () => sdk.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: KEY }));
const configure = (...Rules: ServerSideEncryptionRule[]) =>
  sdk.s3.send(
    new PutBucketEncryptionCommand({
      Bucket: BUCKET,
      ServerSideEncryptionConfiguration: { Rules },
    }),
  );
/** Keys of the steps since the last request from outside began. */
function lastSteps(): string[] {
  const { steps } = sdk.cloud.trace();
  return steps
    .slice(steps.findLastIndex(({ nesting, kind }) => nesting === 0 && kind === 'request'))
    .map(({ key }) => key);
}
const contextsOfKms = (): unknown[] =>
  sdk.cloud
    .trace()
    .steps.flatMap((step) =>
      step.kind === 'request' && step.key.startsWith('s3 -> kms')
        ? [JSON.parse(new TextDecoder().decode(step.message.body)).EncryptionContext]
        : [],
    );

describe('a PUT without a word about encryption', () => {
  it('is encrypted with SSE-S3, says so, has the MD5 as its ETag, and KMS hears nothing', async () => {
    expect(await put(sdk.s3)).toMatchObject({ ServerSideEncryption: 'AES256', ETag: `"${MD5}"` });
    expect(lastSteps().filter((key) => key.includes('kms'))).toEqual([]);
    const back = await get(sdk.s3);
    expect(back).toMatchObject({ ServerSideEncryption: 'AES256', ETag: `"${MD5}"` });
    expect(back.SSEKMSKeyId).toBeUndefined();
    expect(await text(back)).toBe(TEXT);
    expect(lastSteps().filter((key) => key.includes('kms'))).toEqual([]);
  });
});

describe('SSE-KMS', () => {
  it.each(['id', 'ARN', 'alias', 'alias ARN'])(
    'answers with the full ARN when given the %s',
    async (form) => {
      await sdk.kms.send(new CreateAliasCommand({ AliasName: 'alias/diary', TargetKeyId: keyId }));
      const aliasArn = `${keyArn.split(':key/')[0]}:alias/diary`;
      const SSEKMSKeyId = { id: keyId, ARN: keyArn, alias: 'alias/diary', 'alias ARN': aliasArn }[
        form
      ];
      const answer = await put(sdk.s3, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId });
      expect(answer).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
      expect(answer.BucketKeyEnabled).toBeUndefined();
      expect(await head()).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
    },
  );

  it('uses the AWS managed key aws/s3, made at its first use, when no key is named', async () => {
    const answer = await put(sdk.s3, { ServerSideEncryption: 'aws:kms' });
    const { KeyMetadata } = await sdk.kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/s3' }));
    expect(KeyMetadata).toMatchObject({
      Arn: answer.SSEKMSKeyId,
      KeyManager: 'AWS',
      Description: 'Default key that protects my S3 objects when no other key is defined',
    });
  });

  it('has another ETag at every PUT, and never the MD5', async () => {
    const tags = new Set<string | undefined>();
    for (let i = 0; i < 3; i++)
      tags.add((await put(sdk.s3, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn })).ETag);
    expect(tags.size).toBe(3);
    expect(tags).not.toContain(`"${MD5}"`);
  });

  it("binds the data key to the object's ARN and the pairs that are sent, which GET never returns", async () => {
    await put(sdk.s3, {
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: keyArn,
      SSEKMSEncryptionContext: CONTEXT,
    });
    const back = await get(sdk.s3);
    expect(await text(back)).toBe(TEXT);
    expect(Object.keys(back)).not.toContain('SSEKMSEncryptionContext');
    const full = { 'aws:s3:arn': OBJECT_ARN, department: 'letters' };
    expect(contextsOfKms()).toEqual([full, full]);
  });

  it('refuses a context that is no map of strings', async () => {
    for (const raw of ['{', '[]', '{"a":1}', '"a"']) {
      const SSEKMSEncryptionContext = Buffer.from(raw).toString('base64');
      expect(
        await refused(put(sdk.s3, { ServerSideEncryption: 'aws:kms', SSEKMSEncryptionContext })),
      ).toMatchObject({
        status: 400,
        code: 'InvalidArgument',
        message: `The header '${SSE}-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map`,
      });
    }
  });

  it('with a bucket key asks KMS once, for the bucket', async () => {
    const input = {
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: keyArn,
      BucketKeyEnabled: true,
    } as const;
    for (const Key of ['a', 'b', 'c'])
      expect(await put(sdk.s3, { ...input, Key })).toMatchObject({ BucketKeyEnabled: true });
    expect(contextsOfKms()).toEqual([{ 'aws:s3:arn': `arn:aws:s3:::${BUCKET}` }]);
    expect(await text(await get(sdk.s3, {}, 'b'))).toBe(TEXT);
  });
});

describe('DSSE-KMS', () => {
  it('encrypts twice, knows no bucket key, and names its KMS key', async () => {
    const input = { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: keyArn } as const;
    const answer = await put(sdk.s3, { ...input, BucketKeyEnabled: true });
    expect(answer).toMatchObject({ ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: keyArn });
    expect(answer.BucketKeyEnabled).toBeUndefined();
    expect(lastSteps().filter((key) => key === 's3 encrypts object')).toHaveLength(2);
    expect(contextsOfKms()).toEqual([{ 'aws:s3:arn': OBJECT_ARN }]);
    expect(await text(await get(sdk.s3))).toBe(TEXT);
  });
});

describe('headers that do not go together', () => {
  it.each([
    [{ [SSE]: 'rot13' }, 'The encryption method specified is not supported'],
    [{ [SSE]: '' }, 'The encryption method specified is not supported'],
    [
      { [`${SSE}-aws-kms-key-id`]: 'alias/diary' },
      `Server Side Encryption with AWS KMS managed key requires HTTP header ${SSE} : aws:kms`,
    ],
  ])('PUT refuses %j', async (headers, message) => {
    expect(await refused(put(sdk.s3, {}, headers))).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message,
    });
  });

  it('GET refuses a header that chooses an encryption; HEAD, too, without a body', async () => {
    await put(sdk.s3);
    expect(await refused(get(sdk.s3, { [SSE]: 'AES256' }))).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message: `${SSE} header is not supported for this operation.`,
    });
  });
});

describe('plain HTTP, where it counts as such', () => {
  it('may not write or read under SSE-KMS', async () => {
    const plain = sdk.as(sdk.cloud.admin, false).s3;
    const message =
      'Requests specifying Server Side Encryption with AWS KMS managed keys must be made over a secure connection.';
    const refusal = { status: 400, code: 'InvalidArgument', message };
    expect(await refused(put(plain, { ServerSideEncryption: 'aws:kms' }))).toMatchObject(refusal);
    await put(sdk.s3, { ServerSideEncryption: 'aws:kms' });
    expect(await refused(get(plain))).toMatchObject(refusal);
    await put(plain);
    expect(await text(await get(plain))).toBe(TEXT);
  });
});

describe('checksums', () => {
  it('come with the SDK as CRC-32 of the plaintext, whatever the encryption', async () => {
    const answers = await Promise.all([
      put(sdk.s3, { Key: 'a' }),
      put(sdk.s3, { Key: 'b', ServerSideEncryption: 'aws:kms' }),
      put(sdk.s3, { Key: 'c', ServerSideEncryption: 'aws:kms:dsse' }),
    ]);
    expect(new Set(answers.map(({ ChecksumCRC32 }) => ChecksumCRC32)).size).toBe(1);
    for (const answer of answers) expect(answer).toMatchObject({ ChecksumType: 'FULL_OBJECT' });
  });

  it('are CRC-64/NVME when none is sent, and shown only on demand', async () => {
    await put(
      sdk.s3,
      {},
      { 'x-amz-checksum-crc32': undefined, 'x-amz-sdk-checksum-algorithm': undefined },
    );
    expect((await head()).ChecksumCRC64NVME).toBeUndefined();
    const asked = new HeadObjectCommand({ Bucket: BUCKET, Key: KEY, ChecksumMode: 'ENABLED' });
    expect((await sdk.s3.send(asked)).ChecksumCRC64NVME).toMatch(/^[\w+/]{11}=$/);
  });
});

describe('the bucket’s default', () => {
  it('is what a PUT gets that says nothing, and less than what one says', async () => {
    await configure({
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn },
      BucketKeyEnabled: true,
    });
    expect(await put(sdk.s3)).toMatchObject({ SSEKMSKeyId: keyArn, BucketKeyEnabled: true });
    expect(await put(sdk.s3, { ServerSideEncryption: 'AES256' })).toMatchObject({
      ServerSideEncryption: 'AES256',
    });
    await sdk.s3.send(new DeleteBucketEncryptionCommand({ Bucket: BUCKET }));
    expect(await put(sdk.s3)).toMatchObject({ ServerSideEncryption: 'AES256' });
  });

  it('comes back as it was set, and for a new bucket is SSE-S3 with SSE-C blocked', async () => {
    const read = async () =>
      (await sdk.s3.send(new GetBucketEncryptionCommand({ Bucket: BUCKET })))
        .ServerSideEncryptionConfiguration?.Rules;
    expect(await read()).toEqual([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
        BucketKeyEnabled: false,
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      },
    ]);
    const rule: ServerSideEncryptionRule = {
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm: 'aws:kms:dsse',
        KMSMasterKeyID: 'alias/x',
      },
      BucketKeyEnabled: false,
      BlockedEncryptionTypes: { EncryptionType: ['NONE'] },
    };
    await configure(rule);
    expect(await read()).toEqual([rule]);
  });

  it('has exactly one rule, and no KMS key for SSE-S3', async () => {
    const aes = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } as const;
    for (const rules of [[], [aes, aes]])
      expect(await refused(configure(...rules))).toMatchObject({
        status: 400,
        code: 'MalformedXML',
      });
    const withKey = {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256', KMSMasterKeyID: keyArn },
    } as const;
    expect(await refused(configure(withKey))).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      argument: 'ApplyServerSideEncryptionByDefault',
      message:
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    });
  });

  it('is not checked for its key before the first PUT', async () => {
    await configure({
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm: 'aws:kms',
        KMSMasterKeyID: 'fake-key-id',
      },
    });
    expect(await refused(put(sdk.s3))).toMatchObject({
      status: 400,
      code: 'KMS.NotFoundException',
      message: "Invalid keyId 'fake-key-id'",
    });
  });
});

describe('a bucket policy about encryption', () => {
  it('sees what the request says, not what the default would do', async () => {
    await configure({ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${BUCKET}/*`,
          Condition: { StringNotEquals: { [`s3:${SSE}`]: 'aws:kms' } },
        },
      ],
    });
    await sdk.s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
    expect(await refused(put(sdk.s3))).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: `User: ${sdk.cloud.admin.principal} is not authorized to perform: s3:PutObject on resource: "${OBJECT_ARN}" with an explicit deny in a resource-based policy`,
    });
    await put(sdk.s3, { ServerSideEncryption: 'aws:kms' });
  });
});

describe('a listing', () => {
  it('shows nothing of the encryption', async () => {
    await put(sdk.s3, { ServerSideEncryption: 'aws:kms' });
    const { Contents } = await sdk.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents).toHaveLength(1);
    expect(JSON.stringify(Contents)).not.toMatch(/kms|encrypt/i);
  });
});
