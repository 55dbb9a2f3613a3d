import { beforeEach, describe, expect, it } from 'vitest';
import { createScene, type Scene } from '../testing/scene';

let scene: Scene;
let arn: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
});

const rotate = () => scene.kms('RotateKeyOnDemand', { KeyId: arn });
const current = async (): Promise<string> => {
  const { body } = await scene.kms('DescribeKey', { KeyId: arn });
  return (body.KeyMetadata as Record<string, string>).CurrentKeyMaterialId as string;
};

describe('rotating a key on demand', () => {
  it('gives it new key material and leaves its name', async () => {
    const before = await current();
    expect(await rotate()).toEqual({ status: 200, body: { KeyId: arn } });
    expect(await current()).not.toBe(before);
    const made = await scene.kms('GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' });
    expect(made.body.KeyMaterialId).toBe(await current());
  });

  it('leaves what was encrypted before openable, under the old material', async () => {
    const before = await current();
    const old = await scene.kms('GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' });
    await rotate();
    await rotate();
    const { CiphertextBlob, Plaintext } = old.body;
    const opened = await scene.kms('Decrypt', { CiphertextBlob });
    expect(opened.body).toMatchObject({ Plaintext, KeyId: arn, KeyMaterialId: before });
  });

  it('is possible 25 times', async () => {
    const material = new Set([await current()]);
    for (let i = 0; i < 25; i++) {
      expect((await rotate()).status).toBe(200);
      material.add(await current());
    }
    expect(material.size).toBe(26);
    const { status, body } = await rotate();
    expect([status, body.__type]).toEqual([400, 'LimitExceededException']);
    expect(await current()).toBe([...material].at(-1));
  });

  it('counts for each key of its own', async () => {
    for (let i = 0; i < 25; i++) await rotate();
    const other = await scene.createKey();
    expect((await scene.kms('RotateKeyOnDemand', { KeyId: other })).status).toBe(200);
  });
});

describe('key material', () => {
  it('never leaves the HSM', async () => {
    await rotate();
    await scene.kms('GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' });
    const { steps, secrets } = scene.world.trace();
    const material = secrets.filter(
      ({ kind }) => kind === 'backing key' || kind === 'per-call key',
    );
    expect(material.map(({ id }) => id)).toEqual(['K1', 'K2', 'P1']);
    for (const step of steps) {
      if (step.kind !== 'deed') expect(step.cargo.filter((id) => /^[KP]\d+$/.test(id))).toEqual([]);
      for (const [actor, known] of Object.entries(step.knows)) {
        if (actor !== 'hsm') expect(known.filter((id) => /^[KP]/.test(id))).toEqual([]);
      }
    }
  });

  it('is kept; the key of each call is forgotten', async () => {
    await scene.kms('GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' });
    const { steps } = scene.world.trace();
    expect(steps.map(({ key }) => key)).toContain('hsm forgets per-call key');
    expect(steps.at(-1)?.knows.hsm).toEqual(['K1']);
  });
});
