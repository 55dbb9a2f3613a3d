import { constants, createDecipheriv, createPrivateKey, privateDecrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '../crypto/bytes';
import {
  type ClientScene,
  createClientScene,
  exceptionOf,
  keyPair,
  WRAPPING_KEY,
} from '../testing/client-scene';
import { encryptionClient } from './encryption-client';
import { kmsKeyring } from './keyrings';

const object = fromUtf8('Dear diary, this one only I can read.');
/** Format, its name in what is wrapped, and where the encrypted data key stands. */
const FORMATS = [
  ['V2', 'AES/GCM/NoPadding', 'x-amz-key-v2'],
  ['V3', '115', 'x-amz-3'],
] as const;

/** The data key that the client drew, as the trace has it. */
function dataKeyOf({ scene }: ClientScene): Uint8Array {
  const [first] = scene.world.trace().secrets.filter(({ kind }) => kind === 'data key');
  if (!first) throw new Error('no data key was made');
  return first.bytes;
}

describe('the RSA keyring', () => {
  it.each(FORMATS)(
    'of %s wraps length, data key and %s, as OpenSSL sees',
    async (write, name, edk) => {
      const setUp = await createClientScene('rsa', write);
      await setUp.call('PutObject', object);
      const { privateKey } = await keyPair();
      const key = createPrivateKey({ key: JSON.parse(toUtf8(privateKey)), format: 'jwk' });
      const opened = privateDecrypt(
        { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
        fromBase64(setUp.metadata()[edk] as string),
      );
      expect(opened).toEqual(
        Buffer.concat([Buffer.from([0x20]), dataKeyOf(setUp), Buffer.from(name)]),
      );
      const wrap =
        write === 'V2' ? setUp.metadata()['x-amz-wrap-alg'] : setUp.metadata()['x-amz-w'];
      expect(wrap).toBe(write === 'V2' ? 'RSA-OAEP-SHA1' : '22');
    },
  );
});

describe('the AES keyring', () => {
  it.each(FORMATS)(
    'of %s wraps with %s as additional data, as OpenSSL sees',
    async (write, name, edk) => {
      const setUp = await createClientScene('aes', write);
      await setUp.call('PutObject', object);
      const wrapped = fromBase64(setUp.metadata()[edk] as string);
      expect(wrapped).toHaveLength(60);
      const opener = createDecipheriv('aes-256-gcm', WRAPPING_KEY, wrapped.subarray(0, 12));
      opener.setAAD(Buffer.from(name));
      opener.setAuthTag(wrapped.subarray(-16));
      const opened = Buffer.concat([opener.update(wrapped.subarray(12, -16)), opener.final()]);
      expect(opened).toEqual(Buffer.from(dataKeyOf(setUp)));
    },
  );

  it('needs the key it wrapped with', async () => {
    const { call } = await createClientScene('aes', 'V3');
    await call('PutObject', object);
    const other = { WrappingKey: toBase64(new Uint8Array(32)) };
    expect(exceptionOf(await call('GetObject', undefined, other))).toBe(
      'Unable to unwrap data key',
    );
    const none = { WrappingKey: undefined };
    expect(exceptionOf(await call('GetObject', undefined, none))).toMatch(/^No wrapping key/);
    expect(exceptionOf(await call('PutObject', object, none))).toMatch(/^No wrapping key/);
  });
});

describe('the KMS keyring', () => {
  it.each([
    ['V2', 'AES/GCM/NoPadding', 'x-amz-matdesc', 'x-amz-wrap-alg', 'kms+context'],
    ['V3', '115', 'x-amz-t', 'x-amz-w', '12'],
  ] as const)(
    'of %s binds %s into the context and stores it',
    async (write, name, where, wrap, value) => {
      const { call, metadata } = await createClientScene('kms', write);
      await call('PutObject', object, { EncryptionContext: '{"mood":"schön"}' });
      const stored = metadata()[where] as string;
      expect(JSON.parse(stored)).toEqual({ mood: 'schön', 'aws:x-amz-cek-alg': name });
      expect(stored).toMatch(/^[ -~]+$/);
      expect(metadata()[wrap]).toBe(value);
      expect((await call('GetObject')).status).toBe(200);
    },
  );

  it('names its KMS key when it decrypts, so that no other key can answer', async () => {
    const { scene, call } = await createClientScene('kms', 'V3');
    await call('PutObject', object);
    scene.news();
    await call('GetObject');
    const asked = scene.news().find(({ key }) => key === 'client -> kms Decrypt');
    if (asked?.kind !== 'request') throw new Error('the client asked nothing of KMS');
    expect(JSON.parse(toUtf8(asked.message.body))).toMatchObject({
      KeyId: 'alias/diary',
      EncryptionContext: { 'aws:x-amz-cek-alg': '115' },
    });
    const TargetKeyId = await scene.createKey();
    await scene.kms('UpdateAlias', { AliasName: 'alias/diary', TargetKeyId });
    expect(exceptionOf(await call('GetObject'))).toMatch(
      /^KMS refused Decrypt: IncorrectKeyException/,
    );
  });

  it('refuses a reserved key, and what is no map, as a context', async () => {
    const { call } = await createClientScene('kms', 'V3');
    const put = async (EncryptionContext: string) =>
      exceptionOf(await call('PutObject', object, { EncryptionContext }));
    expect(await put('{"aws:x-amz-cek-alg":"115"}')).toMatch(/reserved/);
    expect(await put('{"aws:x-amz-cek-alg":""}')).toMatch(/reserved/);
    expect(await put('[]')).toMatch(/must be a map of strings/);
  });

  it('refuses to read with a context other than the stored one, before asking KMS', async () => {
    const { scene, call } = await createClientScene('kms', 'V3');
    await call('PutObject', object, { EncryptionContext: '{"mood":"good"}' });
    for (const EncryptionContext of ['{"mood":"bad"}', '{}', '{"mood":"good","more":""}']) {
      scene.news();
      expect(exceptionOf(await call('GetObject', undefined, { EncryptionContext }))).toBe(
        'Provided encryption context does not match information retrieved from S3',
      );
      expect(scene.news().map(({ key }) => key)).not.toContain('client -> kms Decrypt');
    }
  });

  it('can demand the context that was written with, even when the caller gives none', async () => {
    const client = encryptionClient(kmsKeyring('alias/diary', { demandsContext: true }), 'V3');
    const { call } = await createClientScene('kms', 'V3', client);
    await call('PutObject', object, { EncryptionContext: '{"mood":"good"}' });
    expect(exceptionOf(await call('GetObject'))).toMatch(/^Provided encryption context/);
    const same = { EncryptionContext: '{"mood":"good"}' };
    expect((await call('GetObject', undefined, same)).status).toBe(200);
  });

  it('learns from KMS alone that the stored context was changed', async () => {
    const { call, changeMetadata } = await createClientScene('kms', 'V3');
    await call('PutObject', object, { EncryptionContext: '{"mood":"good"}' });
    changeMetadata({ 'x-amz-t': '{"mood":"bad","aws:x-amz-cek-alg":"115"}' });
    expect(exceptionOf(await call('GetObject'))).toBe(
      'KMS refused Decrypt: InvalidCiphertextException',
    );
  });
});
