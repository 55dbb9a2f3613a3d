import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../clock';
import { aliasArn } from '../names';
import { createScene, errorOf, type Scene } from '../testing/scene';

let scene: Scene;
let arn: string;
let blob: unknown;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
  await scene.kms('CreateAlias', { AliasName: 'alias/diary', TargetKeyId: arn });
  blob = (await scene.kms('Encrypt', { KeyId: arn, Plaintext: 'aGVsbG8=' })).body.CiphertextBlob;
  await scene.kms('RotateKeyOnDemand', { KeyId: arn });
});

const schedule = () => scene.kms('ScheduleKeyDeletion', { KeyId: arn, PendingWindowInDays: 7 });
const pass = (days: number): void => scene.clock.advance(days * DAY);
const GONE = 'The ciphertext refers to a customer master key that does not exist,';

describe('a key whose deletion date has passed', () => {
  it('does not exist any more, nor do its aliases', async () => {
    await schedule();
    pass(7);
    expect((await scene.kms('DescribeKey', { KeyId: arn })).body).toEqual({
      __type: 'NotFoundException',
      message: `Key '${arn}' does not exist`,
    });
    expect((await scene.kms('DescribeKey', { KeyId: 'alias/diary' })).body).toEqual({
      __type: 'NotFoundException',
      message: `Alias ${aliasArn('alias/diary')} is not found.`,
    });
    expect((await scene.kms('ListKeys', {})).body.Keys).toEqual([]);
    expect((await scene.kms('ListAliases', {})).body.Aliases).toEqual([]);
    expect((await scene.kms('CancelKeyDeletion', { KeyId: arn })).body.__type).toBe(
      'NotFoundException',
    );
  });

  it('takes everything with it that it encrypted', async () => {
    await schedule();
    pass(7);
    const { body } = await scene.kms('Decrypt', { CiphertextBlob: blob });
    expect(body.__type).toBe('AccessDeniedException');
    expect(body.message).toContain(GONE);
  });

  it('leaves its objects in S3 stored and unreadable', async () => {
    await scene.configure({ algorithm: 'aws:kms', kmsKeyId: arn });
    await scene.put('today.txt', new Uint8Array(31));
    expect((await scene.get('today.txt')).status).toBe(200);
    await schedule();
    pass(7);
    const answer = await scene.get('today.txt');
    expect(answer.status).toBe(403);
    expect(errorOf(answer)).toMatchObject({ Code: 'AccessDenied' });
    expect(errorOf(answer).Message).toContain(GONE);
    expect(scene.stored('today.txt')).toBeDefined();
  });

  it('is forgotten by the HSM when KMS is next asked, with all its key material', async () => {
    await schedule();
    pass(7);
    scene.news();
    await scene.kms('ListKeys', {});
    const keys = scene.news().map(({ key }) => key);
    expect(keys.slice(0, 5)).toEqual([
      'you -> kms ListKeys',
      'kms -> hsm DestroyBackingKey',
      'hsm forgets backing key',
      'hsm forgets backing key',
      'kms <- hsm DestroyBackingKey',
    ]);
    expect(scene.world.trace().steps.at(-1)?.knows.hsm).toEqual([]);
    await scene.kms('ListKeys', {});
    expect(scene.news().map(({ key }) => key)).not.toContain('hsm forgets backing key');
  });

  it('leaves other keys as they were', async () => {
    const other = await scene.createKey();
    await schedule();
    pass(8);
    expect((await scene.kms('ListKeys', {})).body.Keys).toEqual([
      { KeyId: other.split('/')[1], KeyArn: other },
    ]);
    expect((await scene.kms('Encrypt', { KeyId: other, Plaintext: 'aGVsbG8=' })).status).toBe(200);
  });
});

describe('a key before its deletion date', () => {
  it('can be brought back, and opens what it encrypted once it is enabled', async () => {
    await schedule();
    pass(6.9);
    expect((await scene.kms('CancelKeyDeletion', { KeyId: arn })).status).toBe(200);
    pass(30);
    expect((await scene.kms('Decrypt', { CiphertextBlob: blob })).body.__type).toBe(
      'DisabledException',
    );
    await scene.kms('EnableKey', { KeyId: arn });
    expect((await scene.kms('Decrypt', { CiphertextBlob: blob })).body.Plaintext).toBe('aGVsbG8=');
  });
});
