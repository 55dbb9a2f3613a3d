import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8, toUtf8 } from '../crypto/bytes';
import { encodeKey, request } from '../http';
import { BUCKET, createScene, errorOf, type Scene } from '../testing/scene';
import { bucketHost, readAddress } from './address';
import { operationOf } from './routes';

const keys = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.constantFrom('/', '//', '..', '?', '?acl', '+', ' ', '%2F', '#', '&=;', '\u0000', '🔐'),
);
const SERVICE = 's3.eu-west-1.amazonaws.com';

describe('an address', () => {
  it('gives the same bucket and key in both styles, for any key', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const virtual = { host: bucketHost('my.diary') };
        for (const { path, headers } of [
          { path: `/${encodeKey(key)}`, headers: virtual },
          { path: `/my.diary/${encodeKey(key)}`, headers: { host: SERVICE } },
          { path: `/my.diary/${encodeKey(key)}`, headers: { host: '127.0.0.1:9000' } },
        ]) {
          const { bucketName, key: read, query } = readAddress({ path, headers });
          expect([bucketName, read, query.size]).toEqual(['my.diary', key, 0]);
        }
      }),
    );
  });

  it.each([
    ['diary.s3.eu-west-1.amazonaws.com', '/a', 'diary', 'a'],
    ['diary.s3.amazonaws.com', '/a', 'diary', 'a'],
    ['diary.s3-us-west-2.amazonaws.com', '/a', 'diary', 'a'],
    ['diary.s3.dualstack.eu-west-1.amazonaws.com', '/a', 'diary', 'a'],
    ['diary.localhost:9000', '/a', 'diary', 'a'],
    ['s3.eu-west-1.amazonaws.com', '/diary/a', 'diary', 'a'],
    ['s3.amazonaws.com', '/diary', 'diary', ''],
    ['localhost:9000', '/diary/', 'diary', ''],
    ['localhost:9000', '/', '', ''],
    ['localhost:9000', '/diary//a', 'diary', '/a'],
  ])('on %s with path %s is bucket %j and key %j', (host, path, bucketName, key) => {
    expect(readAddress({ path, headers: { host } })).toMatchObject({ bucketName, key });
  });

  it('has its query by name, in any order, with or without a value', () => {
    const { query, key } = readAddress({
      path: '/a?partNumber=2&uploadId=x%2By&x-id=UploadPart&acl',
      headers: { host: bucketHost('diary') },
    });
    expect([...query]).toEqual([
      ['partNumber', '2'],
      ['uploadId', 'x+y'],
      ['x-id', 'UploadPart'],
      ['acl', ''],
    ]);
    expect(key).toBe('a');
  });
});

describe('the operation', () => {
  it.each([
    ['PUT', '/a?x-id=PutObject', 'PutObject'],
    ['GET', '/a?response-content-type=text%2Fplain', 'GetObject'],
    ['GET', '/?list-type=2&prefix=a', 'ListObjectsV2'],
    ['GET', '/', 'ListObjects'],
    ['GET', '/?prefix=policy', 'ListObjects'],
    ['GET', '/?encryption', 'GetBucketEncryption'],
    ['GET', '/?encryption=', 'GetBucketEncryption'],
    ['DELETE', '/?policy', 'DeleteBucketPolicy'],
    ['GET', '/?tagging', undefined],
    ['PATCH', '/a', undefined],
  ])('of %s %s is %s', (method, path, operation) => {
    expect(operationOf(request(method, path, { host: bucketHost('diary') }))).toBe(operation);
  });
});

describe('S3', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await createScene();
  });

  it('finds in one style what was put in the other', async () => {
    await scene.put('a b/c+d', fromUtf8('Dear diary'));
    const path = `/${BUCKET}/${encodeKey('a b/c+d')}`;
    const get = await scene.s3('GET', path, { host: SERVICE });
    expect([get.status, toUtf8(get.body)]).toEqual([200, 'Dear diary']);
  });

  it('says 501 of what it has and this simulation has not', async () => {
    const answer = await scene.s3('GET', '/?lifecycle');
    expect(answer.status).toBe(501);
    expect(errorOf(answer)).toMatchObject({
      Code: 'NotImplemented',
      Message: 'A header you provided implies functionality that is not implemented',
    });
  });

  it.each([
    ['PATCH', '/a'],
    ['POST', '/a'],
    ['POST', '/'],
    ['PATCH', '/?lifecycle'],
  ])('says 405 of %s %s', async (method, path) => {
    const answer = await scene.s3(method, path);
    expect(answer.status).toBe(405);
    expect(errorOf(answer)).toMatchObject({
      Code: 'MethodNotAllowed',
      Message: 'The specified method is not allowed against this resource.',
    });
  });

  it('takes keys of up to 1024 bytes', async () => {
    expect((await scene.put('ä'.repeat(512), fromUtf8('x'))).status).toBe(200);
    const answer = await scene.put(`${'ä'.repeat(512)}a`, fromUtf8('x'));
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      Code: 'KeyTooLongError',
      Message: 'Your key is too long',
      Size: '1025',
      MaxSizeAllowed: '1024',
    });
  });

  it('refuses whoever expects the bucket to be somebody else’s', async () => {
    const owner = 'x-amz-expected-bucket-owner';
    expect((await scene.s3('HEAD', '/', { [owner]: '111122223333' })).status).toBe(200);
    const answer = await scene.s3('GET', '/', { [owner]: '444455556666' });
    expect([answer.status, errorOf(answer).Code]).toEqual([403, 'AccessDenied']);
  });

  it('keeps no versions but null', async () => {
    await scene.put('a', fromUtf8('x'));
    expect((await scene.s3('GET', '/a?versionId=null')).status).toBe(200);
    const answer = await scene.s3('GET', '/a?versionId=3');
    expect([answer.status, errorOf(answer).Message]).toEqual([400, 'Invalid version id specified']);
  });
});
