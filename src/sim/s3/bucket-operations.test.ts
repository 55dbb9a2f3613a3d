import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8, toUtf8 } from '../crypto/bytes';
import { ANA } from '../names';
import { BEN, BUCKET, createScene, errorOf, type Scene } from '../testing/scene';
import { bucketHost } from './address';

// facts §7
let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

const configuration = (...rules: string[]) =>
  fromUtf8(
    `<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rules.join('')}</ServerSideEncryptionConfiguration>`,
  );
const rule = (byDefault: string, more = '') =>
  `<Rule><ApplyServerSideEncryptionByDefault>${byDefault}</ApplyServerSideEncryptionByDefault>${more}</Rule>`;
const AES = '<SSEAlgorithm>AES256</SSEAlgorithm>';
const KMS = '<SSEAlgorithm>aws:kms</SSEAlgorithm>';
const put = (body: ReturnType<typeof fromUtf8>) => scene.s3('PUT', '/?encryption', {}, body);
const read = async () => toUtf8((await scene.s3('GET', '/?encryption')).body);
const xmlOf = (algorithm: string, bucketKey: boolean, blocked: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault>${algorithm}</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>${bucketKey}</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>${blocked}</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>`;

describe('default encryption', () => {
  it('of a new bucket is SSE-S3, with SSE-C blocked', async () => {
    expect(await read()).toBe(xmlOf(AES, false, 'SSE-C'));
  });

  it('comes back as it was put', async () => {
    const kms = `${KMS}<KMSMasterKeyID>alias/diary</KMSMasterKeyID>`;
    const more =
      '<BucketKeyEnabled>true</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes>';
    const answer = await put(configuration(rule(kms, more)));
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    expect(await read()).toBe(xmlOf(kms, true, 'NONE'));
  });

  it('goes back to SSE-S3 when it is deleted', async () => {
    await put(configuration(rule(KMS, '<BucketKeyEnabled>true</BucketKeyEnabled>')));
    const answer = await scene.s3('DELETE', '/?encryption');
    expect([answer.status, answer.body.length]).toEqual([204, 0]);
    expect(await read()).toBe(xmlOf(AES, false, 'SSE-C'));
  });

  it.each([
    ['no rule', configuration()],
    ['two rules', configuration(rule(AES), rule(AES))],
    ['another document', fromUtf8('<Tagging/>')],
    ['no XML', fromUtf8('{"Rules":[]}')],
    ['broken XML', fromUtf8('<ServerSideEncryptionConfiguration><Rule>')],
    ['nothing', fromUtf8('')],
    ['an algorithm that is none', configuration(rule('<SSEAlgorithm>ROT13</SSEAlgorithm>'))],
    ['an empty algorithm', configuration(rule('<SSEAlgorithm/>'))],
  ])('is not taken from %s', async (_what, body) => {
    const answer = await put(body);
    expect([answer.status, errorOf(answer).Code]).toEqual([400, 'MalformedXML']);
    expect(await read()).toBe(xmlOf(AES, false, 'SSE-C'));
  });

  it('has no KMS key together with AES256', async () => {
    const answer = await put(configuration(rule(`${AES}<KMSMasterKeyID>1</KMSMasterKeyID>`)));
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      Code: 'InvalidArgument',
      ArgumentName: 'ApplyServerSideEncryptionByDefault',
      Message:
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    });
  });

  it('is not retroactive', async () => {
    await scene.put('a', fromUtf8('Dear diary'));
    await put(configuration(rule(KMS)));
    const get = await scene.get('a');
    expect(get.headers['x-amz-server-side-encryption']).toBe('AES256');
  });
});

describe('a bucket', () => {
  it('is made once, under a name that fits', async () => {
    const again = await scene.s3('PUT', '/');
    expect([again.status, errorOf(again).Code]).toEqual([409, 'BucketAlreadyOwnedByYou']);
    for (const bad of ['ab', 'Diary', '-diary', 'diary_', 'd'.repeat(64)]) {
      const answer = await scene.s3('PUT', '/', { host: bucketHost(bad) });
      expect([answer.status, errorOf(answer).Code]).toEqual([400, 'InvalidBucketName']);
    }
    const other = await scene.s3('PUT', '/', { host: bucketHost('my.other-bucket') });
    expect([other.status, other.headers.location]).toEqual([200, '/my.other-bucket']);
  });

  it.each([
    ['PUT', '/a'],
    ['GET', '/a'],
    ['DELETE', '/a'],
    ['GET', '/?encryption'],
  ])('that is not there: %s %s is a 404', async (method, path) => {
    const answer = await scene.s3(method, path, { host: bucketHost('nowhere') });
    expect(answer.status).toBe(404);
    expect(errorOf(answer)).toMatchObject({
      Code: 'NoSuchBucket',
      Message: 'The specified bucket does not exist',
      BucketName: 'nowhere',
    });
  });

  it('is there for HEAD, and says where', async () => {
    const here = await scene.s3('HEAD', '/');
    expect([here.status, here.headers['x-amz-bucket-region'], here.body.length]).toEqual([
      200,
      'eu-west-1',
      0,
    ]);
    const nowhere = await scene.s3('HEAD', '/', { host: bucketHost('nowhere') });
    expect([nowhere.status, nowhere.body.length]).toEqual([404, 0]);
    const location = await scene.s3('GET', '/?location');
    expect(toUtf8(location.body)).toContain(
      '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>',
    );
  });

  it('goes when it is empty, and not before', async () => {
    await scene.put('a', fromUtf8('Dear diary'));
    const full = await scene.s3('DELETE', '/');
    expect(full.status).toBe(409);
    expect(errorOf(full)).toMatchObject({
      Code: 'BucketNotEmpty',
      Message: 'The bucket you tried to delete is not empty',
      BucketName: BUCKET,
    });
    await scene.s3('DELETE', '/a');
    expect((await scene.s3('DELETE', '/')).status).toBe(204);
    expect((await scene.s3('HEAD', '/')).status).toBe(404);
  });

  it('knows no other methods', async () => {
    const answer = await scene.s3('PATCH', '/');
    expect([answer.status, errorOf(answer).Code]).toEqual([405, 'MethodNotAllowed']);
  });
});

describe('a bucket policy', () => {
  const SSE = 's3:x-amz-server-side-encryption';
  const set = (statement: object) =>
    scene.s3(
      'PUT',
      '/?policy',
      {},
      fromUtf8(JSON.stringify({ Version: '2012-10-17', Statement: [statement] })),
    );
  const denyUnencrypted = (Condition: object) =>
    set({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${BUCKET}/*`,
      Condition,
    });
  const statusOf = async (headers = {}) =>
    (await scene.put('a', fromUtf8('Dear diary'), headers)).status;
  const kms = { 'x-amz-server-side-encryption': 'aws:kms' };
  const aes = { 'x-amz-server-side-encryption': 'AES256' };

  it('denies in these words, before anything is encrypted or asked', async () => {
    expect((await denyUnencrypted({ StringNotEquals: { [SSE]: 'aws:kms' } })).status).toBe(204);
    scene.news();
    const answer = await scene.put('a', fromUtf8('Dear diary'), aes);
    expect(answer.status).toBe(403);
    expect(errorOf(answer)).toMatchObject({
      Code: 'AccessDenied',
      Message: `User: ${ANA} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${BUCKET}/a" with an explicit deny in a resource-based policy`,
    });
    expect(scene.news().map(({ key }) => key)).toEqual([
      'you -> s3 PutObject',
      's3 authorises request',
      'you <- s3 PutObject',
    ]);
  });

  it('with StringNotEquals alone also denies what the bucket default would encrypt', async () => {
    await scene.configure({ algorithm: 'aws:kms' });
    await denyUnencrypted({ StringNotEquals: { [SSE]: 'aws:kms' } });
    expect([await statusOf(), await statusOf(kms)]).toEqual([403, 200]);
    await denyUnencrypted({ StringNotEqualsIfExists: { [SSE]: 'aws:kms' } });
    expect([await statusOf(), await statusOf(kms)]).toEqual([403, 200]);
  });

  it('with Null beside it lets a PUT without the header through', async () => {
    await scene.configure({ algorithm: 'aws:kms' });
    await denyUnencrypted({
      StringNotEquals: { [SSE]: 'aws:kms' },
      Null: { [SSE]: 'false' },
    });
    expect([await statusOf(), await statusOf(kms), await statusOf(aes)]).toEqual([200, 200, 403]);
  });

  it('can keep out SSE-C', async () => {
    await scene.configure({ blocksSseC: false });
    await denyUnencrypted({
      Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
    });
    expect(await statusOf({ 'x-amz-server-side-encryption-customer-algorithm': 'AES256' })).toBe(
      403,
    );
    expect(await statusOf()).toBe(200);
  });

  it('can let somebody in whom no identity policy allows', async () => {
    scene.iam.put(BEN, { Version: '2012-10-17', Statement: [] });
    await scene.put('a', fromUtf8('Dear diary'));
    const asBen = { 'x-sealed-principal': BEN };
    const refused = await scene.get('a', asBen);
    expect(errorOf(refused).Message).toBe(
      `User: ${BEN} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::${BUCKET}/a" because no identity-based policy allows the s3:GetObject action`,
    );
    await set({ Effect: 'Allow', Principal: { AWS: BEN }, Action: 's3:GetObject', Resource: '*' });
    expect((await scene.get('a', asBen)).status).toBe(200);
  });

  it('comes back as it was put, and goes', async () => {
    const none = await scene.s3('GET', '/?policy');
    expect(none.status).toBe(404);
    expect(errorOf(none)).toMatchObject({
      Code: 'NoSuchBucketPolicy',
      Message: 'The bucket policy does not exist',
      BucketName: BUCKET,
    });
    const text = '{ "Version": "2012-10-17", "Statement": [] }';
    await scene.s3('PUT', '/?policy', {}, fromUtf8(text));
    const get = await scene.s3('GET', '/?policy');
    expect([get.status, get.headers['content-type'], toUtf8(get.body)]).toEqual([
      200,
      'application/json',
      text,
    ]);
    expect((await scene.s3('DELETE', '/?policy')).status).toBe(204);
    expect((await scene.s3('GET', '/?policy')).status).toBe(404);
  });

  it.each(['', 'x', '{}', '{"Statement":{}}'])('is not %j', async (text) => {
    const answer = await scene.s3('PUT', '/?policy', {}, fromUtf8(text));
    expect([answer.status, errorOf(answer).Code]).toEqual([400, 'MalformedPolicy']);
  });
});
