import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../clock';
import { aliasArn, S3_SERVICE, VIA } from '../names';
import { createScene, type Scene } from '../testing/scene';
import type { Operation } from '../types';

const ALIAS = 'alias/aws/s3';
const VIA_S3 = { [VIA]: S3_SERVICE };
let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

const generate = (KeyId: string, headers = {}) =>
  scene.kms('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, headers);

describe('the AWS managed key aws/s3', () => {
  it('comes into being when S3 first asks for it, and is the same from then on', async () => {
    expect((await scene.kms('DescribeKey', { KeyId: ALIAS })).body.__type).toBe(
      'NotFoundException',
    );
    const first = await generate(ALIAS, VIA_S3);
    const second = await generate(aliasArn(ALIAS), VIA_S3);
    expect(second.body.KeyId).toBe(first.body.KeyId);
    const { body } = await scene.kms('DescribeKey', { KeyId: ALIAS });
    expect(body.KeyMetadata).toMatchObject({
      Arn: first.body.KeyId,
      KeyManager: 'AWS',
      Description: 'Default key that protects my S3 objects when no other key is defined',
    });
  });

  it('works through S3 only', async () => {
    await generate(ALIAS, VIA_S3);
    expect((await generate(ALIAS)).body.__type).toBe('AccessDeniedException');
  });

  it('needs no permission of the caller, whose account is enough', async () => {
    scene.iam.put('arn:aws:iam::111122223333:user/nobody', {
      Version: '2012-10-17',
      Statement: [],
    });
    const nobody = { ...VIA_S3, 'x-sealed-principal': 'arn:aws:iam::111122223333:user/nobody' };
    expect((await generate(ALIAS, nobody)).status).toBe(200);
    const stranger = { ...VIA_S3, 'x-sealed-principal': 'arn:aws:iam::444455556666:user/eve' };
    const { KeyId } = (await generate(ALIAS, nobody)).body;
    expect((await generate(String(KeyId), stranger)).body.__type).toBe('AccessDeniedException');
    // The alias by itself is that of the stranger's own account, which has none.
    expect((await generate(ALIAS, stranger)).body.__type).toBe('NotFoundException');
  });

  it('cannot be disabled, deleted, rotated or given another policy by anybody', async () => {
    const KeyId = (await generate(ALIAS, VIA_S3)).body.KeyId;
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const attempts: Operation[] = [
      'DisableKey',
      'ScheduleKeyDeletion',
      'EnableKeyRotation',
      'DisableKeyRotation',
      'RotateKeyOnDemand',
      'PutKeyPolicy',
      'TagResource',
      'UpdateKeyDescription',
    ];
    for (const operation of attempts) {
      const { body } = await scene.kms(operation, { KeyId, Policy: policy });
      expect([operation, body.__type]).toEqual([operation, 'AccessDeniedException']);
    }
    expect((await generate(ALIAS, VIA_S3)).status).toBe(200);
  });

  it('shows its policy to the account', async () => {
    const { KeyId } = (await generate(ALIAS, VIA_S3)).body;
    const { body } = await scene.kms('GetKeyPolicy', { KeyId });
    expect(JSON.parse(String(body.Policy))).toMatchObject({ Id: 'auto-s3-2' });
  });

  it('keeps its alias to itself, and takes no other', async () => {
    const { KeyId } = (await generate(ALIAS, VIA_S3)).body;
    const other = await scene.createKey();
    const attempts: [Operation, object, string][] = [
      ['DeleteAlias', { AliasName: ALIAS }, 'AccessDeniedException'],
      ['UpdateAlias', { AliasName: ALIAS, TargetKeyId: other }, 'InvalidAliasNameException'],
      ['CreateAlias', { AliasName: 'alias/mine', TargetKeyId: KeyId }, 'AccessDeniedException'],
    ];
    for (const [operation, parameters, type] of attempts) {
      expect((await scene.kms(operation, parameters)).body.__type).toBe(type);
    }
  });

  it('is rotated every year by KMS, and tells so', async () => {
    const { KeyId } = (await generate(ALIAS, VIA_S3)).body;
    const status = async () => (await scene.kms('GetKeyRotationStatus', { KeyId })).body;
    expect(await status()).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
    scene.clock.advance(366 * DAY);
    await status();
    const { body } = await scene.kms('ListKeyRotations', { KeyId });
    expect(body.Rotations).toEqual([expect.objectContaining({ RotationType: 'AUTOMATIC' })]);
  });

  it('is not made for a name that only ends like it', async () => {
    expect((await generate('my-alias/aws/s3', VIA_S3)).body).toEqual({
      __type: 'NotFoundException',
      message: "Invalid keyId 'my-alias/aws/s3'",
    });
  });
});
