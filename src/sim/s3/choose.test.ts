import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8 } from '../crypto/bytes';
import { createScene, customerKeyHeaders, errorOf, type Scene } from '../testing/scene';
import type { Headers, HttpResponse } from '../types';

// facts §1.1, §1.3
const SSE = 'x-amz-server-side-encryption';
const KMS_KEY = 'x-amz-server-side-encryption-aws-kms-key-id';
const CONTEXT = 'x-amz-server-side-encryption-context';
const BUCKET_KEY = 'x-amz-server-side-encryption-bucket-key-enabled';
const object = fromUtf8('Dear diary');

let scene: Scene;
let arn: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
  await scene.kms('CreateAlias', { AliasName: 'alias/diary', TargetKeyId: arn });
});

/** What an answer says about encryption. */
const said = ({ headers }: HttpResponse): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith(SSE)));
const put = (headers: Headers = {}) => scene.put('a', object, headers);

describe('a PUT without encryption headers', () => {
  it('gets SSE-S3, said in PUT, GET and HEAD', async () => {
    for (const answer of [await put(), await scene.get('a'), await scene.s3('HEAD', '/a')]) {
      expect(answer.status).toBe(200);
      expect(said(answer)).toEqual({ [SSE]: 'AES256' });
    }
  });

  it('gets what the bucket says', async () => {
    await scene.configure({
      algorithm: 'aws:kms',
      kmsKeyId: 'alias/diary',
      bucketKeyEnabled: true,
    });
    const expected = { [SSE]: 'aws:kms', [KMS_KEY]: arn, [BUCKET_KEY]: 'true' };
    expect(said(await put())).toEqual(expected);
    expect(said(await scene.get('a'))).toEqual(expected);
    await scene.configure({ algorithm: 'aws:kms:dsse', kmsKeyId: arn });
    expect(said(await put())).toEqual({ [SSE]: 'aws:kms:dsse', [KMS_KEY]: arn });
  });
});

describe('a request header', () => {
  it('goes before the bucket default', async () => {
    await scene.configure({ algorithm: 'aws:kms', kmsKeyId: arn, bucketKeyEnabled: true });
    expect(said(await put({ [SSE]: 'AES256' }))).toEqual({ [SSE]: 'AES256' });
    const other = await scene.createKey();
    expect(said(await put({ [SSE]: 'aws:kms', [KMS_KEY]: other, [BUCKET_KEY]: 'false' }))).toEqual({
      [SSE]: 'aws:kms',
      [KMS_KEY]: other,
    });
  });

  it('with SSE-C goes before the bucket default', async () => {
    await scene.configure({ algorithm: 'aws:kms', kmsKeyId: arn, blocksSseC: false });
    const answer = await put(customerKeyHeaders(new Uint8Array(32)));
    expect([answer.status, answer.headers[SSE]]).toEqual([200, undefined]);
  });
});

describe('SSE-KMS', () => {
  it('answers with the full ARN, whatever form the key was named in', async () => {
    const names = [
      arn,
      arn.split('/')[1] as string,
      'alias/diary',
      arn.replace(/key.*/, 'alias/diary'),
    ];
    for (const name of names) {
      for (const answer of [
        await put({ [SSE]: 'aws:kms', [KMS_KEY]: name }),
        await scene.get('a'),
      ]) {
        expect(said(answer)).toEqual({ [SSE]: 'aws:kms', [KMS_KEY]: arn });
      }
    }
  });

  it.each(['aws:kms', 'aws:kms:dsse'])('%s without a key id means aws/s3', async (scheme) => {
    const answer = await put({ [SSE]: scheme });
    const { body } = await scene.kms('DescribeKey', { KeyId: 'alias/aws/s3' });
    expect(body.KeyMetadata).toMatchObject({ Arn: answer.headers[KMS_KEY], KeyManager: 'AWS' });
  });

  it('says that a bucket key is used, and says nothing when none is', async () => {
    const headers = { [SSE]: 'aws:kms', [KMS_KEY]: arn };
    expect((await put({ ...headers, [BUCKET_KEY]: 'true' })).headers[BUCKET_KEY]).toBe('true');
    expect((await scene.get('a')).headers[BUCKET_KEY]).toBe('true');
    expect(await put({ ...headers, [BUCKET_KEY]: 'false' })).not.toHaveProperty([
      'headers',
      BUCKET_KEY,
    ]);
    expect((await scene.get('a')).headers).not.toHaveProperty(BUCKET_KEY);
  });

  it('takes no bucket key together with DSSE-KMS', async () => {
    const answer = await put({ [SSE]: 'aws:kms:dsse', [KMS_KEY]: arn, [BUCKET_KEY]: 'true' });
    expect(said(answer)).toEqual({ [SSE]: 'aws:kms:dsse', [KMS_KEY]: arn });
  });

  it('binds the object and the pairs of the request, which GET and HEAD never tell', async () => {
    const pairs = Buffer.from('{"mood":"schön"}').toString('base64');
    scene.news();
    await put({ [SSE]: 'aws:kms', [KMS_KEY]: arn, [CONTEXT]: pairs });
    const get = await scene.get('a');
    const head = await scene.s3('HEAD', '/a');
    expect([get.status, get.headers[CONTEXT], head.headers[CONTEXT]]).toEqual([
      200,
      undefined,
      undefined,
    ]);
    const contexts = scene.news().flatMap((step) => {
      if (step.kind !== 'request' || step.to !== 'kms') return [];
      const { EncryptionContext } = JSON.parse(Buffer.from(step.message.body).toString());
      return [[step.operation, EncryptionContext]];
    });
    const bound = { mood: 'schön', 'aws:s3:arn': 'arn:aws:s3:::diary/a' };
    expect(contexts).toEqual([
      ['GenerateDataKey', bound],
      ['Decrypt', bound],
    ]);
  });

  it('lets no request say another object than the one it is about', async () => {
    const pairs = Buffer.from('{"aws:s3:arn":"arn:aws:s3:::diary/b"}').toString('base64');
    scene.news();
    await put({ [SSE]: 'aws:kms', [KMS_KEY]: arn, [CONTEXT]: pairs });
    const asked = scene.news().find(({ key }) => key === 's3 -> kms GenerateDataKey');
    if (asked?.kind !== 'request') throw new Error('S3 asked for no key');
    expect(JSON.parse(Buffer.from(asked.message.body).toString()).EncryptionContext).toEqual({
      'aws:s3:arn': 'arn:aws:s3:::diary/a',
    });
  });

  it('binds the bucket when a bucket key is used', async () => {
    scene.news();
    await put({ [SSE]: 'aws:kms', [KMS_KEY]: arn, [BUCKET_KEY]: 'true' });
    const asked = scene.news().find(({ key }) => key === 's3 -> kms GenerateDataKey');
    if (asked?.kind !== 'request') throw new Error('S3 asked for no key');
    expect(JSON.parse(Buffer.from(asked.message.body).toString())).toEqual({
      KeyId: arn,
      KeySpec: 'AES_256',
      EncryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::diary' },
    });
  });
});

describe('headers that do not go together', () => {
  it.each<[string, Headers, string, string, string]>([
    [
      'an unknown method',
      { [SSE]: 'ROT13' },
      'The encryption method specified is not supported',
      SSE,
      'ROT13',
    ],
    ['an empty method', { [SSE]: '' }, 'The encryption method specified is not supported', SSE, ''],
    [
      'a KMS key without a method',
      { [KMS_KEY]: 'alias/diary' },
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
      SSE,
      'null',
    ],
    [
      'a context that is not base64 of a map',
      { [SSE]: 'aws:kms', [CONTEXT]: 'e30' },
      "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
      CONTEXT,
      'e30',
    ],
  ])('are refused: %s', async (_what, headers, message, name, value) => {
    const answer = await put(headers);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      Code: 'InvalidArgument',
      Message: message,
      ArgumentName: name,
      ArgumentValue: value,
    });
  });

  it.each(['GET', 'HEAD'])('%s takes no encryption method', async (method) => {
    await put();
    const answer = await scene.s3(method, '/a', { [SSE]: 'AES256' });
    expect(answer.status).toBe(400);
    if (method === 'HEAD') expect(answer.body).toHaveLength(0);
    else
      expect(errorOf(answer)).toMatchObject({
        Code: 'InvalidArgument',
        Message: 'x-amz-server-side-encryption header is not supported for this operation.',
      });
  });
});
