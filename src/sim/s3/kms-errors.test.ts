import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8 } from '../crypto/bytes';
import { ANA, kmsKeyArn } from '../names';
import { createScene, errorOf, type Scene } from '../testing/scene';
import type { HttpResponse } from '../types';

// How S3 surfaces what KMS refuses: facts §2.6
const SSE = 'x-amz-server-side-encryption';
const KMS_KEY = 'x-amz-server-side-encryption-aws-kms-key-id';
const BUCKET_KEY = 'x-amz-server-side-encryption-bucket-key-enabled';
const object = fromUtf8('Dear diary');

let scene: Scene;
let arn: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
});

const brief = (answer: HttpResponse) => {
  const { Code, Message } = errorOf(answer);
  return [answer.status, Code, Message];
};

describe.each(['aws:kms', 'aws:kms:dsse', 'aws:kms with a bucket key'])('with %s', (name) => {
  const [scheme = ''] = name.split(' ');
  const bucketKey = name.endsWith('bucket key') ? { [BUCKET_KEY]: 'true' } : {};
  const put = (key: string = arn) =>
    scene.put('a', object, { [SSE]: scheme, [KMS_KEY]: key, ...bucketKey });
  /** GET once S3 has no bucket key left. */
  const lateGet = () => {
    scene.clock.advance(10 * 60_000);
    return scene.get('a');
  };

  it('a disabled key is a 400, at PUT and at GET', async () => {
    await put();
    await scene.kms('DisableKey', { KeyId: arn });
    const expected = [400, 'KMS.DisabledException', `${arn} is disabled.`];
    expect(brief(await lateGet())).toEqual(expected);
    expect(brief(await put())).toEqual(expected);
  });

  it('a key pending deletion is a 400, at PUT and at GET', async () => {
    await put();
    await scene.kms('ScheduleKeyDeletion', { KeyId: arn });
    const expected = [400, 'KMS.KMSInvalidStateException', `${arn} is pending deletion.`];
    expect(brief(await lateGet())).toEqual(expected);
    expect(brief(await put())).toEqual(expected);
  });

  it.each([
    ['fake-key-id', "Invalid keyId 'fake-key-id'"],
    [
      kmsKeyArn('00000000-0000-4000-8000-000000000000'),
      `Key '${kmsKeyArn('00000000-0000-4000-8000-000000000000')}' does not exist`,
    ],
    ['arn:aws:kms:us-west-2:111122223333:key/1', 'Invalid arn us-west-2'],
  ])('the key %s is a 400 that says: %s', async (key, message) => {
    expect(brief(await put(key))).toEqual([400, 'KMS.NotFoundException', message]);
    expect(() => scene.stored('a')).toThrow();
  });

  it("a missing permission is a 403 with KMS's own text", async () => {
    await put();
    scene.iam.put(ANA, {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    });
    const text = (action: string) =>
      `User: ${ANA} is not authorized to perform: ${action} on resource: ${arn} because no identity-based policy allows the ${action} action`;
    expect(brief(await lateGet())).toEqual([403, 'AccessDenied', text('kms:Decrypt')]);
    expect(brief(await put())).toEqual([403, 'AccessDenied', text('kms:GenerateDataKey')]);
  });

  it('HEAD asks nothing of KMS', async () => {
    await put();
    await scene.kms('DisableKey', { KeyId: arn });
    scene.news();
    expect((await scene.s3('HEAD', '/a')).status).toBe(200);
    expect(scene.news().filter((step) => step.kind === 'request' && step.to === 'kms')).toEqual([]);
  });

  it('an object opens again when its key is enabled again', async () => {
    await put();
    await scene.kms('DisableKey', { KeyId: arn });
    await scene.kms('EnableKey', { KeyId: arn });
    expect((await lateGet()).body).toEqual(object);
  });

  it('an object opens after its key was rotated', async () => {
    await put();
    await scene.kms('RotateKeyOnDemand', { KeyId: arn });
    expect((await lateGet()).body).toEqual(object);
  });
});

describe.each(['aws:kms', 'aws:kms:dsse'])('with %s', (scheme) => {
  it('an object that was moved on the disks no longer fits its context', async () => {
    await scene.put('a', object, { [SSE]: scheme, [KMS_KEY]: arn });
    scene.storage.overwrite(scene.world.desk('storage'), '/diary/b', scene.stored('a'));
    expect(brief(await scene.get('b'))).toEqual([400, 'KMS.InvalidCiphertextException', '']);
  });
});

describe('the key id of a bucket default', () => {
  it('is not looked at before the first PUT', async () => {
    await scene.configure({ algorithm: 'aws:kms', kmsKeyId: 'fake-key-id' });
    expect(brief(await scene.put('a', object))).toEqual([
      400,
      'KMS.NotFoundException',
      "Invalid keyId 'fake-key-id'",
    ]);
  });
});
