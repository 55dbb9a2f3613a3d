import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../clock';
import { createScene, type Scene } from '../testing/scene';

let scene: Scene;
let arn: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
});

const enable = (parameters: object = {}) =>
  scene.kms('EnableKeyRotation', { KeyId: arn, ...parameters });
const status = async () => (await scene.kms('GetKeyRotationStatus', { KeyId: arn })).body;
const rotations = async (parameters: object = {}) =>
  (await scene.kms('ListKeyRotations', { KeyId: arn, ...parameters })).body.Rotations as Record<
    string,
    unknown
  >[];
const pass = (days: number): void => scene.clock.advance(days * DAY);
const seconds = (): number => scene.clock.now().getTime() / 1000;

describe('automatic rotation', () => {
  it('is off until it is enabled, then yearly', async () => {
    expect(await status()).toEqual({ KeyId: arn.split('/')[1], KeyRotationEnabled: false });
    expect(await enable()).toEqual({ status: 200, body: {} });
    expect(await status()).toEqual({
      KeyId: arn.split('/')[1],
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
      NextRotationDate: expect.closeTo(seconds() + (365 * DAY) / 1000, 0),
    });
    await scene.kms('DisableKeyRotation', { KeyId: arn });
    expect(await status()).toEqual({ KeyId: arn.split('/')[1], KeyRotationEnabled: false });
  });

  it.each([89, 2561])('cannot be every %i days', async (RotationPeriodInDays) => {
    const { status: code, body } = await enable({ RotationPeriodInDays });
    expect([code, body.__type]).toEqual([400, 'ValidationException']);
    expect(body.message).toMatch(/^1 validation error detected: Value '\d+' at 'rotationPeriodI/);
  });

  it('gives the key new material once the day has passed, and old blobs still open', async () => {
    await enable({ RotationPeriodInDays: 90 });
    const old = await scene.kms('GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' });
    pass(89);
    expect(await rotations()).toEqual([]);
    const due = (await status()).NextRotationDate;
    pass(2);
    const made = await scene.kms('GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' });
    expect(made.body.KeyMaterialId).not.toBe(old.body.KeyMaterialId);
    expect(await rotations()).toEqual([
      {
        KeyId: arn.split('/')[1],
        KeyMaterialId: made.body.KeyMaterialId,
        KeyMaterialState: 'CURRENT',
        RotationDate: due,
        RotationType: 'AUTOMATIC',
      },
    ]);
    const { CiphertextBlob, Plaintext, KeyMaterialId } = old.body;
    const opened = await scene.kms('Decrypt', { CiphertextBlob });
    expect(opened.body).toMatchObject({ Plaintext, KeyMaterialId });
  });

  it('is caught up with for each date that has passed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 90, max: 400 }),
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 4 }),
        async (RotationPeriodInDays, waits) => {
          scene = await createScene();
          arn = await scene.createKey();
          await enable({ RotationPeriodInDays });
          for (const wait of waits) {
            pass(wait);
            await status();
          }
          const days = waits.reduce((sum, wait) => sum + wait, 0);
          // The clock also moves a little with each step, so the last day has fully passed.
          expect(await rotations()).toHaveLength(Math.floor(days / RotationPeriodInDays));
        },
      ),
      { numRuns: 15 },
    ));

  it('keeps its schedule over a rotation on demand', async () => {
    await enable({ RotationPeriodInDays: 100 });
    const { NextRotationDate } = await status();
    pass(50);
    await scene.kms('RotateKeyOnDemand', { KeyId: arn });
    expect((await status()).NextRotationDate).toBe(NextRotationDate);
    pass(51);
    expect((await rotations()).map(({ RotationType }) => RotationType)).toEqual([
      'ON_DEMAND',
      'AUTOMATIC',
    ]);
  });

  it('rests while the key is disabled, and is made up for once when it is enabled again', async () => {
    await enable({ RotationPeriodInDays: 90 });
    await scene.kms('DisableKey', { KeyId: arn });
    pass(300);
    expect(await rotations()).toEqual([]);
    await scene.kms('EnableKey', { KeyId: arn });
    expect(await rotations()).toHaveLength(1);
    const now = seconds();
    expect((await status()).NextRotationDate).toBeCloseTo(now + (90 * DAY) / 1000, 0);
  });

  it('rests while the key is pending deletion', async () => {
    await enable({ RotationPeriodInDays: 90 });
    pass(80);
    await scene.kms('ScheduleKeyDeletion', { KeyId: arn });
    pass(20);
    expect(await status()).toEqual({ KeyId: arn.split('/')[1], KeyRotationEnabled: false });
    await scene.kms('CancelKeyDeletion', { KeyId: arn });
    expect(await rotations()).toEqual([]);
    expect(await status()).toMatchObject({ KeyRotationEnabled: true });
  });
});

describe('ListKeyRotations', () => {
  it('lists what was rotated, oldest first, and all key material on request', async () => {
    for (let i = 0; i < 3; i++) await scene.kms('RotateKeyOnDemand', { KeyId: arn });
    expect((await rotations()).map(({ KeyMaterialState }) => KeyMaterialState)).toEqual([
      'NON_CURRENT',
      'NON_CURRENT',
      'CURRENT',
    ]);
    const all = await rotations({ IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
    expect(all).toHaveLength(4);
    expect(all[0]).not.toHaveProperty('RotationType');
    const { body } = await scene.kms('ListKeyRotations', { KeyId: arn, Limit: 2 });
    expect(body).toMatchObject({ Truncated: true });
    expect(await rotations({ Limit: 2, Marker: body.NextMarker })).toHaveLength(1);
  });
});
