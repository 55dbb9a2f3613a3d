import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8, toHex } from '../../crypto/bytes';
import { PRINCIPAL } from '../../names';
import { BEN, createScene, errorOf, type Scene } from '../../testing/scene';
import type { Headers } from '../../types';

const object = fromUtf8('Dear diary');
const MINUTE = 60_000;

let scene: Scene;
let arn: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
  scene.news();
});

const put = (key: string, headers: Headers = {}, kmsKeyId: string = arn) =>
  scene.put(key, object, {
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': kmsKeyId,
    'x-amz-server-side-encryption-bucket-key-enabled': 'true',
    ...headers,
  });
/** What S3 asked of KMS since the last look. */
const asked = (): string[] =>
  scene
    .news()
    .flatMap((step) => (step.kind === 'request' && step.to === 'kms' ? [step.operation] : []));

describe('a bucket key', () => {
  it('is asked for once; further objects cause no call to KMS', async () => {
    await put('a');
    expect(asked()).toEqual(['GenerateDataKey']);
    for (const key of ['b', 'c', 'a']) await put(key);
    expect(asked()).toEqual([]);
    for (const key of ['a', 'b', 'c']) expect((await scene.get(key)).body).toEqual(object);
    expect(asked()).toEqual([]);
  });

  it('is each requester’s own', async () => {
    await put('a');
    await put('b', { [PRINCIPAL]: BEN });
    expect(asked()).toEqual(['GenerateDataKey', 'GenerateDataKey']);
    await put('c', { [PRINCIPAL]: BEN });
    await put('d');
    expect(asked()).toEqual([]);
  });

  it('of somebody else does not open an object: KMS is asked as the reader', async () => {
    await put('a');
    scene.iam.put(BEN, {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    });
    const answer = await scene.get('a', { [PRINCIPAL]: BEN });
    expect([answer.status, errorOf(answer).Code]).toEqual([403, 'AccessDenied']);
    expect(asked()).toEqual(['GenerateDataKey', 'Decrypt']);
  });

  it('is one for each KMS key', async () => {
    const other = await scene.createKey();
    scene.news();
    await put('a');
    await put('b', {}, other);
    await put('c', {}, other);
    await put('d');
    expect(asked()).toEqual(['GenerateDataKey', 'GenerateDataKey']);
  });

  it('is one for each encryption context', async () => {
    const context = Buffer.from('{"mood":"good"}').toString('base64');
    await put('a');
    await put('b', { 'x-amz-server-side-encryption-context': context });
    expect(asked()).toEqual(['GenerateDataKey', 'GenerateDataKey']);
    expect((await scene.get('b')).status).toBe(200);
  });

  it('is kept for five minutes', async () => {
    await put('a');
    scene.clock.advance(4 * MINUTE);
    await put('b');
    expect(asked()).toEqual(['GenerateDataKey']);
    scene.clock.advance(MINUTE);
    expect((await scene.get('a')).body).toEqual(object);
    expect(asked()).toEqual(['Decrypt']);
    await put('c');
    expect(asked()).toEqual(['GenerateDataKey']);
    await put('d');
    expect(asked()).toEqual([]);
  });

  it('makes revocation come late', async () => {
    await put('a');
    await scene.kms('DisableKey', { KeyId: arn });
    expect([(await put('b')).status, (await scene.get('a')).status]).toEqual([200, 200]);
    scene.clock.advance(5 * MINUTE);
    expect([(await put('c')).status, (await scene.get('a')).status]).toEqual([400, 400]);
  });

  it('lies on a shelf of S3 while it is kept, and no longer', async () => {
    await put('a');
    expect(scene.world.trace().steps.at(-1)?.shelf.s3).toEqual(['D1']);
    scene.clock.advance(5 * MINUTE);
    await scene.get('a');
    expect(scene.world.trace().steps.at(-1)?.shelf.s3).toEqual([]);
  });

  it('gives every object a data key of its own', async () => {
    for (const key of ['a', 'b', 'c']) await put(key);
    const used = scene.world
      .trace()
      .steps.flatMap((step) =>
        step.kind === 'deed' && step.key === 's3 encrypts object' && step.inputs.key
          ? [toHex(step.inputs.key)]
          : [],
      );
    expect(new Set(used).size).toBe(3);
  });
});
