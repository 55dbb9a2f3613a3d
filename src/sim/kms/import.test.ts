import {
  constants,
  createDecipheriv,
  createHmac,
  createPublicKey,
  publicEncrypt,
} from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../clock';
import { fromBase64, toBase64 } from '../crypto/bytes';
import { createScene, type Scene } from '../testing/scene';

const MATERIAL = Buffer.alloc(32, 7);
const OTHER = Buffer.alloc(32, 8);
const DOES_NOT_EXPIRE = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
type Algorithm = 'RSAES_OAEP_SHA_1' | 'RSAES_OAEP_SHA_256';

let scene: Scene;
let arn: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await external();
});

async function external(): Promise<string> {
  const { body } = await scene.kms('CreateKey', { Origin: 'EXTERNAL' });
  return (body.KeyMetadata as { Arn: string }).Arn;
}

interface Parameters {
  readonly ImportToken: string;
  readonly PublicKey: string;
  readonly ParametersValidTo: number;
}

async function parametersFor(
  KeyId = arn,
  WrappingAlgorithm: Algorithm = 'RSAES_OAEP_SHA_256',
): Promise<Parameters> {
  const asked = { KeyId, WrappingAlgorithm, WrappingKeySpec: 'RSA_2048' };
  return (await scene.kms('GetParametersForImport', asked)).body as unknown as Parameters;
}

/** What a person does with OpenSSL. */
function wrap(publicKey: string, material: Buffer, hash: 'sha1' | 'sha256' = 'sha256'): string {
  const key = createPublicKey({
    key: Buffer.from(publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key, padding, oaepHash: hash }, material).toString('base64');
}

const importWith = (
  { ImportToken, PublicKey }: Parameters,
  material = MATERIAL,
  more: object = DOES_NOT_EXPIRE,
  KeyId = arn,
) =>
  scene.kms('ImportKeyMaterial', {
    KeyId,
    ImportToken,
    EncryptedKeyMaterial: wrap(PublicKey, material),
    ...more,
  });
const metadata = async () =>
  (await scene.kms('DescribeKey', { KeyId: arn })).body.KeyMetadata as Record<string, unknown>;
const encrypt = () => scene.kms('Encrypt', { KeyId: arn, Plaintext: 'aGVsbG8=' });
const decrypt = async (CiphertextBlob: unknown) =>
  (await scene.kms('Decrypt', { CiphertextBlob })).body;

describe('a key for imported key material', () => {
  it('waits for it', async () => {
    const described = await metadata();
    expect(described).toMatchObject({
      Origin: 'EXTERNAL',
      KeyState: 'PendingImport',
      Enabled: false,
    });
    expect(described).not.toHaveProperty('ExpirationModel');
    expect(described).not.toHaveProperty('CurrentKeyMaterialId');
    const waiting = {
      status: 400,
      body: { __type: 'KMSInvalidStateException', message: `${arn} is pending import.` },
    };
    expect(await encrypt()).toEqual(waiting);
    expect(await scene.kms('EnableKey', { KeyId: arn })).toEqual(waiting);
    expect(await scene.kms('DisableKey', { KeyId: arn })).toEqual(waiting);
  });

  it('encrypts under the very bytes that were wrapped, as OpenSSL finds', async () => {
    const { status, body } = await importWith(await parametersFor());
    expect(status).toBe(200);
    expect(body).toEqual({ KeyId: arn, KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await metadata()).toMatchObject({
      KeyState: 'Enabled',
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      CurrentKeyMaterialId: body.KeyMaterialId,
    });
    const blob = Buffer.from(fromBase64(String((await encrypt()).body.CiphertextBlob)));
    const label = Buffer.from('\0\0\0\x01Sealed KMS per-call key\0', 'latin1');
    const perCallKey = createHmac('sha256', MATERIAL)
      .update(Buffer.concat([label, blob.subarray(33, 49), Buffer.from('00000100', 'hex')]))
      .digest();
    const opener = createDecipheriv('aes-256-gcm', perCallKey, blob.subarray(49, 61));
    opener.setAuthTag(blob.subarray(-16));
    expect(opener.update(blob.subarray(61, -16)).toString()).toBe('hello');
    opener.final();
  });

  it('takes key material wrapped with SHA-1 too, if so agreed', async () => {
    const { ImportToken, PublicKey } = await parametersFor(arn, 'RSAES_OAEP_SHA_1');
    const imported = (hash: 'sha1' | 'sha256') =>
      scene.kms('ImportKeyMaterial', {
        KeyId: arn,
        ImportToken,
        EncryptedKeyMaterial: wrap(PublicKey, MATERIAL, hash),
        ...DOES_NOT_EXPIRE,
      });
    expect((await imported('sha256')).body).toEqual({ __type: 'InvalidCiphertextException' });
    expect((await imported('sha1')).status).toBe(200);
  });

  it('is never seen outside the HSM', async () => {
    await importWith(await parametersFor());
    await encrypt();
    for (const step of scene.world.trace().steps) {
      for (const [actor, known] of Object.entries(step.knows)) {
        if (actor !== 'hsm') expect(known.filter((id) => /^[KPW]/.test(id))).toEqual([]);
      }
    }
  });

  it('is not rotated automatically', async () => {
    await importWith(await parametersFor());
    expect((await scene.kms('EnableKeyRotation', { KeyId: arn })).body).toEqual({
      __type: 'UnsupportedOperationException',
      message: `${arn} origin is EXTERNAL which is not valid for this operation.`,
    });
  });
});

describe('key material that is imported again', () => {
  it('must be the same, and opens what it encrypted before', async () => {
    const parameters = await parametersFor();
    await importWith(parameters);
    const { CiphertextBlob } = (await encrypt()).body;
    const { body: deleted } = await scene.kms('DeleteImportedKeyMaterial', { KeyId: arn });
    expect(deleted).toEqual({ KeyId: arn, KeyMaterialId: expect.any(String) });
    expect(await metadata()).toMatchObject({ KeyState: 'PendingImport', Enabled: false });
    expect(await decrypt(CiphertextBlob)).toEqual({
      __type: 'KMSInvalidStateException',
      message: `${arn} is pending import.`,
    });
    expect((await importWith(parameters, OTHER)).body).toEqual({
      __type: 'IncorrectKeyMaterialException',
    });
    expect((await importWith(parameters)).status).toBe(200);
    expect(await decrypt(CiphertextBlob)).toMatchObject({ Plaintext: 'aGVsbG8=' });
  });

  it('is another key material in another key', async () => {
    const first = (await importWith(await parametersFor())).body.KeyMaterialId;
    const { CiphertextBlob } = (await encrypt()).body;
    const second = await external();
    const parameters = await parametersFor(second);
    const { body } = await importWith(parameters, MATERIAL, DOES_NOT_EXPIRE, second);
    expect(body.KeyMaterialId).not.toBe(first);
    await scene.kms('DeleteImportedKeyMaterial', { KeyId: arn });
    expect((await decrypt(CiphertextBlob)).__type).toBe('KMSInvalidStateException');
  });

  it('can be new, waits for a rotation on demand, and then both are needed', async () => {
    const parameters = await parametersFor();
    const first = (await importWith(parameters)).body.KeyMaterialId;
    const { CiphertextBlob } = (await encrypt()).body;
    const isNew = { ...DOES_NOT_EXPIRE, ImportType: 'NEW_KEY_MATERIAL' };
    const second = (await importWith(parameters, OTHER, isNew)).body.KeyMaterialId;
    expect(await metadata()).toMatchObject({ CurrentKeyMaterialId: first, KeyState: 'Enabled' });
    expect((await scene.kms('RotateKeyOnDemand', { KeyId: arn })).status).toBe(200);
    expect(await metadata()).toMatchObject({ CurrentKeyMaterialId: second });
    expect(await decrypt(CiphertextBlob)).toMatchObject({ KeyMaterialId: first });
    await scene.kms('DeleteImportedKeyMaterial', { KeyId: arn, KeyMaterialId: first });
    expect((await encrypt()).body.__type).toBe('KMSInvalidStateException');
    const { body } = await scene.kms('ListKeyRotations', {
      KeyId: arn,
      IncludeKeyMaterial: 'ALL_KEY_MATERIAL',
    });
    expect(body.Rotations).toMatchObject([
      { KeyMaterialId: first, ImportState: 'PENDING_IMPORT', KeyMaterialState: 'NON_CURRENT' },
      { KeyMaterialId: second, ImportState: 'IMPORTED', RotationType: 'ON_DEMAND' },
    ]);
    expect((await importWith(parameters)).body.KeyMaterialId).toBe(first);
    expect((await encrypt()).status).toBe(200);
  });
});

describe('key material that expires', () => {
  const inDays = (days: number): number => scene.clock.now().getTime() / 1000 + days * 86_400;

  it('is gone on its day, and the key waits', async () => {
    const ValidTo = inDays(10);
    await importWith(await parametersFor(), MATERIAL, { ValidTo });
    expect(await metadata()).toMatchObject({ ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo });
    scene.clock.advance(9 * DAY);
    expect((await encrypt()).status).toBe(200);
    scene.clock.advance(DAY);
    expect((await encrypt()).body.__type).toBe('KMSInvalidStateException');
    expect(await metadata()).toMatchObject({ KeyState: 'PendingImport' });
    expect(scene.world.trace().steps.at(-1)?.knows.hsm).toEqual([]);
  });

  it('says when, or that it does not', async () => {
    const parameters = await parametersFor();
    expect((await importWith(parameters, MATERIAL, {})).body).toEqual({
      __type: 'ValidationException',
      message: 'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
    });
    for (const more of [
      { ValidTo: inDays(-1) },
      { ValidTo: inDays(366) },
      { ValidTo: inDays(1), ...DOES_NOT_EXPIRE },
    ]) {
      const { body } = await importWith(parameters, MATERIAL, more);
      expect(body.__type).toBe('ValidationException');
    }
  });
});

describe('an import token', () => {
  it('belongs to one key and lasts 24 hours', async () => {
    const parameters = await parametersFor();
    const now = scene.clock.now().getTime() / 1000;
    expect(parameters.ParametersValidTo).toBeCloseTo(now + 86_400, 0);
    const second = await external();
    const elsewhere = await importWith(parameters, MATERIAL, DOES_NOT_EXPIRE, second);
    expect(elsewhere.body).toEqual({ __type: 'InvalidImportTokenException' });
    const ImportToken = toBase64(new Uint8Array(32));
    const madeUp = await importWith({ ...parameters, ImportToken });
    expect(madeUp.body).toEqual({ __type: 'InvalidImportTokenException' });
    scene.clock.advance(DAY);
    expect((await importWith(parameters)).body).toEqual({ __type: 'ExpiredImportTokenException' });
    expect(scene.world.trace().steps.map(({ key }) => key)).toContain('hsm forgets wrapping key');
  });

  it('goes with its own public key', async () => {
    const { ImportToken } = await parametersFor();
    const { PublicKey, ...other } = await parametersFor();
    const crossed = await importWith({ ...other, PublicKey, ImportToken });
    expect(crossed.body).toEqual({ __type: 'InvalidCiphertextException' });
  });

  it('brings in 32 bytes and nothing else', async () => {
    const parameters = await parametersFor();
    expect((await importWith(parameters, Buffer.alloc(16, 7))).body).toEqual({
      __type: 'IncorrectKeyMaterialException',
    });
    expect(scene.world.trace().steps.at(-1)?.knows.hsm).toEqual(['W1']);
  });

  it('is given only for keys that take imports, and for what is modelled', async () => {
    const own = await scene.createKey();
    const asked = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
    const answer = await scene.kms('GetParametersForImport', { KeyId: own, ...asked });
    expect(answer.body).toEqual({
      __type: 'UnsupportedOperationException',
      message: `${own} origin is AWS_KMS which is not valid for this operation.`,
    });
    for (const [more, type] of [
      [{ WrappingKeySpec: 'RSA_4096' }, 'UnsupportedOperationException'],
      [{ WrappingAlgorithm: 'RSA_AES_KEY_WRAP_SHA_256' }, 'UnsupportedOperationException'],
      [{ WrappingAlgorithm: 'ROT13' }, 'ValidationException'],
    ] as const) {
      const { body } = await scene.kms('GetParametersForImport', { KeyId: arn, ...asked, ...more });
      expect(body.__type).toBe(type);
    }
  });
});

describe('a key with imported key material that is to be deleted', () => {
  it('loses its material without changing state, and waits for it when it is brought back', async () => {
    await importWith(await parametersFor());
    await scene.kms('ScheduleKeyDeletion', { KeyId: arn });
    await scene.kms('DeleteImportedKeyMaterial', { KeyId: arn });
    expect(await metadata()).toMatchObject({ KeyState: 'PendingDeletion' });
    await scene.kms('CancelKeyDeletion', { KeyId: arn });
    expect(await metadata()).toMatchObject({ KeyState: 'PendingImport' });
  });
});
