// SSE-C with the genuine AWS SDK: every error that is known of it, in AWS's own words; and the block on it.
import { createHash } from 'node:crypto';
import { DeleteObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, get, KEY, makeBucket, put, refused, TEXT, text } from './testing/asking';
import { createSdk, type Sdk } from './testing/sdk';

const C = 'x-amz-server-side-encryption-customer';
const [ALGORITHM, CUSTOMER_KEY, KEY_MD5] = [`${C}-algorithm`, `${C}-key`, `${C}-key-md5`] as const;
const ARGUMENT = { argument: 'x-amz-server-side-encryption', value: 'null' };

const headersOf = (key: Uint8Array) => ({
  [ALGORITHM]: 'AES256',
  [CUSTOMER_KEY]: Buffer.from(key).toString('base64'),
  [KEY_MD5]: createHash('md5').update(key).digest('base64'),
});
const MINE = headersOf(new Uint8Array(32).fill(7));
const OTHER = headersOf(new Uint8Array(32).fill(8));
const without = (name: string) => ({ ...MINE, [name]: undefined });

let sdk: Sdk;
beforeAll(async () => {
  sdk = createSdk();
  await makeBucket(sdk.s3, true);
  await put(sdk.s3, {}, MINE);
});

describe('SSE-C', () => {
  it('echoes algorithm and MD5 of the key, never the key, and no other kind of encryption', async () => {
    const answers = [await put(sdk.s3, {}, MINE), await get(sdk.s3, MINE)];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        SSECustomerAlgorithm: 'AES256',
        SSECustomerKeyMD5: MINE[KEY_MD5],
      });
      expect(answer.ServerSideEncryption).toBeUndefined();
      expect(Object.values(answer)).not.toContain(MINE[CUSTOMER_KEY]);
      expect(answer.ETag).not.toBe(`"${createHash('md5').update(TEXT).digest('hex')}"`);
    }
  });

  it('works as the SDK itself sends it', async () => {
    const SSECustomerKey = 'a key of thirty-two characters..';
    await put(sdk.s3, { Key: 'own', SSECustomerAlgorithm: 'AES256', SSECustomerKey });
    const headers = headersOf(Buffer.from(SSECustomerKey));
    expect(await text(await get(sdk.s3, headers, 'own'))).toBe(TEXT);
  });

  const invalid = (message: string) => ({
    status: 400,
    code: 'InvalidArgument',
    message,
    ...ARGUMENT,
  });
  it.each([
    [
      'with another encryption',
      { ...MINE, 'x-amz-server-side-encryption': 'AES256' },
      {
        ...invalid(
          'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
        ),
        value: 'AES256',
      },
    ],
    [
      'with another algorithm',
      { ...MINE, [ALGORITHM]: 'AES128' },
      {
        status: 400,
        code: 'InvalidEncryptionAlgorithmError',
        message: 'The Encryption request you specified is not valid. Supported value: AES256.',
        argument: ARGUMENT.argument,
        value: 'AES128',
      },
    ],
    [
      'without an algorithm',
      without(ALGORITHM),
      invalid(
        'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
      ),
    ],
    [
      'without a key',
      { [ALGORITHM]: 'AES256' },
      invalid(
        'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.',
      ),
    ],
    [
      "with another key's MD5",
      { ...MINE, [KEY_MD5]: OTHER[KEY_MD5] },
      invalid('The calculated MD5 hash of the key did not match the hash that was provided.'),
    ],
    [
      'with a short key and its MD5',
      headersOf(new Uint8Array(16).fill(7)),
      invalid('The secret key was invalid for the specified algorithm.'),
    ],
    [
      'with a key that is no base64',
      { ...MINE, [CUSTOMER_KEY]: '!' },
      invalid('The secret key was invalid - too short.'),
    ],
    [
      'without the MD5',
      without(KEY_MD5),
      invalid(
        'Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.',
      ),
    ],
  ] as const)('refuses a PUT %s', async (_, headers, refusal) => {
    expect(await refused(put(sdk.s3, {}, headers))).toMatchObject(refusal);
  });

  it('refuses a GET without the headers, or with another key', async () => {
    expect(await refused(get(sdk.s3))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message:
        'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    });
    expect(await refused(get(sdk.s3, OTHER))).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message:
        'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
    });
  });

  it('takes a GET without the MD5', async () => {
    expect(await text(await get(sdk.s3, without(KEY_MD5)))).toBe(TEXT);
  });

  it('says of a HEAD no more than its status', async () => {
    const head = (headers = {}) =>
      sdk.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: KEY, ...headers }));
    expect((await refused(head())).status).toBe(400);
    const SSECustomerKey = 'another key with 32 characters..';
    const wrong = head({ SSECustomerAlgorithm: 'AES256', SSECustomerKey });
    expect((await refused(wrong)).status).toBe(403);
  });

  it('has no place on an object that is encrypted otherwise', async () => {
    await put(sdk.s3, { Key: 'plain' });
    expect(await refused(get(sdk.s3, MINE, 'plain'))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message: 'The encryption parameters are not applicable to this object.',
    });
  });

  it('needs no key to list and to delete', async () => {
    await put(sdk.s3, { Key: 'gone' }, MINE);
    const { Contents = [] } = await sdk.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents.map((one) => one.Key)).toContain('gone');
    const { $metadata } = await sdk.s3.send(
      new DeleteObjectCommand({ Bucket: BUCKET, Key: 'gone' }),
    );
    expect($metadata.httpStatusCode).toBe(204);
  });

  it('is not done over plain HTTP, where that counts as such', async () => {
    const plain = sdk.as(sdk.cloud.admin, false).s3;
    for (const call of [() => put(plain, {}, MINE), () => get(plain, MINE)])
      expect((await refused(call)).message).toBe(
        'Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.',
      );
  });
});

describe('a new bucket', () => {
  it('blocks SSE-C before it looks at the key', async () => {
    const fresh = createSdk('fresh');
    await makeBucket(fresh.s3);
    for (const headers of [MINE, { ...MINE, [KEY_MD5]: OTHER[KEY_MD5] }])
      expect(await refused(put(fresh.s3, {}, headers))).toMatchObject({
        status: 403,
        code: 'AccessDenied',
        message: `User: ${fresh.cloud.admin.principal} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${BUCKET}/${KEY}" because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`,
      });
  });
});
