import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocument, Statement } from '../iam/policy';
import { ADMIN } from '../names';
import { createScene, type Scene } from '../testing/scene';

const policy = (...Statement: Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
});
const byAdmin = (more: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Principal: { AWS: ADMIN },
  Resource: '*',
  ...more,
});

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

describe('conditions', () => {
  it.each<[string, NonNullable<Statement['Condition']>, boolean]>([
    [
      'the days until deletion',
      { NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '14' } },
      true,
    ],
    [
      'too few of them',
      { NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '21' } },
      false,
    ],
    ['the date', { DateLessThan: { 'aws:CurrentTime': '2026-11-24T00:00:00Z' } }, true],
    ['the date in seconds', { DateGreaterThan: { 'aws:EpochTime': '1795424400' } }, false],
    ['the caller', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/admin' } }, true],
    [
      'the key',
      { StringEquals: { 'kms:KeyOrigin': 'AWS_KMS', 'kms:KeySpec': 'SYMMETRIC_DEFAULT' } },
      true,
    ],
    ['its aliases', { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/di*' } }, true],
    ['other aliases', { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/x*' } }, false],
  ])('see %s', async (_, Condition, allowed) => {
    const KeyId = await scene.createKey(
      policy(
        byAdmin({ Action: 'kms:*', Condition }),
        byAdmin({ NotAction: 'kms:ScheduleKeyDeletion' }),
      ),
    );
    await scene.kms('CreateAlias', { AliasName: 'alias/diary', TargetKeyId: KeyId });
    const { status } = await scene.kms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 14 });
    expect(status === 200).toBe(allowed);
  });

  it('see which names the encryption context has', async () => {
    const Condition = {
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['dept', 'case'] },
    };
    const KeyId = await scene.createKey(policy(byAdmin({ Action: 'kms:*', Condition })));
    const encrypt = async (EncryptionContext: object) =>
      (await scene.kms('Encrypt', { KeyId, Plaintext: 'QQ==', EncryptionContext })).status;
    expect(await encrypt({ dept: 'red', case: '1' })).toBe(200);
    expect(await encrypt({ dept: 'red', other: '1' })).toBe(400);
  });
});
