import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../clock';
import { kmsKeyArn } from '../names';
import { createScene, type KmsAnswer, type Scene } from '../testing/scene';
import type { Operation } from '../types';

let scene: Scene;
let arn: string;
let blob: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
  blob = String(
    (await scene.kms('Encrypt', { KeyId: arn, Plaintext: 'aGVsbG8=' })).body.CiphertextBlob,
  );
});

const refusal = (type: string, message?: string): KmsAnswer => ({
  status: 400,
  body: message === undefined ? { __type: type } : { __type: type, message },
});
const describeKey = async (): Promise<Record<string, unknown>> =>
  (await scene.kms('DescribeKey', { KeyId: arn })).body.KeyMetadata as Record<string, unknown>;

/** Every operation that uses key material, with parameters that work when the key does. */
const uses = (): [Operation, object][] => [
  ['GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' }],
  ['Encrypt', { KeyId: arn, Plaintext: 'aGVsbG8=' }],
  ['Decrypt', { CiphertextBlob: blob }],
];

describe('a new key', () => {
  it('is described as KMS describes one', async () => {
    const keyId = arn.split('/')[1] as string;
    expect(kmsKeyArn(keyId)).toBe(arn);
    expect(keyId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await describeKey()).toEqual({
      AWSAccountId: '111122223333',
      KeyId: keyId,
      Arn: arn,
      CreationDate: expect.closeTo(Date.UTC(2026, 10, 23, 9) / 1000, 0),
      Enabled: true,
      Description: '',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
      CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('is found by id, ARN, alias and alias ARN', async () => {
    await scene.kms('CreateAlias', { AliasName: 'alias/diary', TargetKeyId: arn });
    const names = [arn, arn.split('/')[1], 'alias/diary', arn.replace(/key\/.*/, 'alias/diary')];
    for (const KeyId of names) {
      const { body } = await scene.kms('DescribeKey', { KeyId });
      expect(body.KeyMetadata).toMatchObject({ Arn: arn });
    }
  });
});

describe('a key that is not there', () => {
  const missing = '00000000-0000-4000-8000-000000000000';
  it.each([
    ['fake-key-id', "Invalid keyId 'fake-key-id'"],
    [missing, `Key '${kmsKeyArn(missing)}' does not exist`],
    [kmsKeyArn(missing), `Key '${kmsKeyArn(missing)}' does not exist`],
    ['alias/nothing', 'Alias arn:aws:kms:eu-west-1:111122223333:alias/nothing is not found.'],
  ])('is refused by name: %s', async (KeyId, message) => {
    expect(await scene.kms('GenerateDataKey', { KeyId, KeySpec: 'AES_256' })).toEqual(
      refusal('NotFoundException', message),
    );
  });

  it('is one with this id in another Region', async () => {
    const KeyId = arn.replace('eu-west-1', 'us-west-2');
    expect(await scene.kms('GenerateDataKey', { KeyId, KeySpec: 'AES_256' })).toEqual(
      refusal('NotFoundException', 'Invalid arn us-west-2'),
    );
  });

  it('is one with this id in another account', async () => {
    const KeyId = arn.replace('111122223333', '444455556666');
    expect(await scene.kms('DescribeKey', { KeyId })).toEqual(
      refusal('NotFoundException', `Key '${KeyId}' does not exist`),
    );
  });
});

describe('a disabled key', () => {
  beforeEach(async () => {
    expect(await scene.kms('DisableKey', { KeyId: arn })).toEqual({ status: 200, body: {} });
  });

  it('refuses everything that needs its material, and its rotation', async () => {
    for (const [operation, parameters] of [...uses(), ['RotateKeyOnDemand', { KeyId: arn }]]) {
      expect(await scene.kms(operation as Operation, parameters)).toEqual(
        refusal('DisabledException', `${arn} is disabled.`),
      );
    }
    expect(await describeKey()).toMatchObject({ KeyState: 'Disabled', Enabled: false });
  });

  it('works again once it is enabled, with what it encrypted before', async () => {
    expect(await scene.kms('EnableKey', { KeyId: arn })).toEqual({ status: 200, body: {} });
    for (const [operation, parameters] of uses()) {
      expect((await scene.kms(operation, parameters)).status).toBe(200);
    }
  });
});

describe('a key that is to be deleted', () => {
  it.each([7, 30])('waits %i days', async (PendingWindowInDays) => {
    const answer = await scene.kms('ScheduleKeyDeletion', { KeyId: arn, PendingWindowInDays });
    const now = scene.clock.now().getTime();
    expect(answer.body).toEqual({
      KeyId: arn,
      KeyState: 'PendingDeletion',
      PendingWindowInDays,
      DeletionDate: expect.closeTo((now + PendingWindowInDays * DAY) / 1000, 1),
    });
    expect(await describeKey()).toMatchObject({
      KeyState: 'PendingDeletion',
      Enabled: false,
      DeletionDate: answer.body.DeletionDate,
    });
  });

  it('waits 30 days when nothing is said', async () => {
    const { body } = await scene.kms('ScheduleKeyDeletion', { KeyId: arn });
    expect(body.PendingWindowInDays).toBe(30);
  });

  it.each([6, 31, 0, -7])('cannot wait %i days', async (PendingWindowInDays) => {
    const { status, body } = await scene.kms('ScheduleKeyDeletion', {
      KeyId: arn,
      PendingWindowInDays,
    });
    expect([status, body.__type]).toEqual([400, 'ValidationException']);
    expect(await describeKey()).toMatchObject({ KeyState: 'Enabled' });
  });

  it('refuses every use and every change but the cancellation', async () => {
    await scene.kms('ScheduleKeyDeletion', { KeyId: arn });
    const changes = [
      'DisableKey',
      'EnableKey',
      'RotateKeyOnDemand',
      'ScheduleKeyDeletion',
    ] as const;
    const all = [...uses(), ...changes.map((operation) => [operation, { KeyId: arn }] as const)];
    for (const [operation, parameters] of all) {
      expect(await scene.kms(operation, parameters)).toEqual(
        refusal('KMSInvalidStateException', `${arn} is pending deletion.`),
      );
    }
  });

  it('is disabled, not enabled, after the cancellation', async () => {
    await scene.kms('ScheduleKeyDeletion', { KeyId: arn });
    expect(await scene.kms('CancelKeyDeletion', { KeyId: arn })).toEqual({
      status: 200,
      body: { KeyId: arn },
    });
    const after = await describeKey();
    expect(after).toMatchObject({ KeyState: 'Disabled', Enabled: false });
    expect(after).not.toHaveProperty('DeletionDate');
  });

  it('must be on its way before it can be cancelled', async () => {
    const { body } = await scene.kms('CancelKeyDeletion', { KeyId: arn });
    expect(body.__type).toBe('KMSInvalidStateException');
  });
});

describe('an operation KMS does not know, or cannot read', () => {
  it('is refused', async () => {
    const { body } = await scene.kms('PutObject', {});
    expect(body).toEqual({ __type: 'UnknownOperationException' });
    expect((await scene.kms('DescribeKey', [])).body).toEqual({ __type: 'SerializationException' });
    expect((await scene.kms('DescribeKey', {})).body).toEqual({
      __type: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
    });
  });
});
