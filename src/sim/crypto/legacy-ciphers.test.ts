// Against OpenSSL, through Node's own crypto.
import {
  constants,
  createCipheriv,
  createPublicKey,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../random';
import { concat, toUtf8 } from './bytes';
import { DecryptionFailed } from './failure';
import {
  aesCbcDecrypt,
  aesCbcPart,
  aesCtrOfGcm,
  aesEcbDecrypt,
  rsaOaepSha256Mgf1Sha1Decrypt,
  rsaPkcs1Decrypt,
} from './legacy-ciphers';
import { rsaKeyPair } from './rsa';

const key = concat(randomBytes(32));
const texts = fc.uint8Array({ maxLength: 200 });
const encrypt = (name: string, iv: Uint8Array | null, text: Uint8Array) => {
  const cipher = createCipheriv(name, key, iv);
  return concat(cipher.update(text), cipher.final());
};

describe('reading with an older cipher', () => {
  it('AES-CBC and AES-ECB open what OpenSSL sealed', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const iv = concat(randomBytes(16));
        const inCbc = encrypt('aes-256-cbc', iv, text);
        const inEcb = encrypt('aes-256-ecb', null, text);
        const opened = [
          await aesCbcDecrypt({ key, iv, ciphertext: inCbc }).run(),
          await aesEcbDecrypt({ key, ciphertext: inEcb }).run(),
        ];
        for (const { plaintext } of opened) expect(Buffer.from(plaintext).equals(text)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('a part of a CBC message needs only the block before it', async () => {
    const text = randomBytes(100);
    const iv = concat(randomBytes(16));
    const ciphertext = encrypt('aes-256-cbc', iv, text);
    const part = aesCbcPart({
      key,
      before: ciphertext.slice(16, 32),
      ciphertext: ciphertext.slice(32, 64),
    });
    expect(Buffer.from((await part.run()).plaintext)).toEqual(text.subarray(32, 64));
  });

  it('counter mode reads a GCM ciphertext from any block on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.nat(10),
        async (text, at) => {
          const iv = concat(randomBytes(12));
          const cipher = createCipheriv('aes-256-gcm', key, iv);
          const ciphertext = concat(cipher.update(text), cipher.final());
          const block = Math.min(at, Math.floor((text.length - 1) / 16));
          const work = aesCtrOfGcm({ key, iv, block, ciphertext: ciphertext.slice(16 * block) });
          const { plaintext } = await work.run();
          expect(Buffer.from(plaintext)).toEqual(Buffer.from(text.slice(16 * block)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says nothing of why it fails', async () => {
    const ciphertext = concat(randomBytes(48));
    const other = { key: new Uint8Array(32), ciphertext };
    await expect(
      Promise.resolve(aesCbcDecrypt({ ...other, iv: new Uint8Array(15) }).run()),
    ).rejects.toThrow(DecryptionFailed);
    await expect(
      Promise.resolve(aesEcbDecrypt({ ...other, ciphertext: ciphertext.slice(1) }).run()),
    ).rejects.toThrow(DecryptionFailed);
  });
});

describe('RSA of older clients', () => {
  let publicKey: ReturnType<typeof createPublicKey>;
  let privateKey: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    const pair = await rsaKeyPair(seededRandom('legacy')).run();
    privateKey = pair.privateKey;
    publicKey = createPublicKey({ key: JSON.parse(toUtf8(pair.publicKey)), format: 'jwk' });
  });

  it('PKCS #1 v1.5 opens what OpenSSL sealed', async () => {
    const text = randomBytes(32);
    const sealed = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, text);
    const work = rsaPkcs1Decrypt({ privateKey, ciphertext: concat(sealed) });
    expect(Buffer.from((await work.run()).plaintext)).toEqual(text);
  });

  it('refuses a ciphertext that is none', async () => {
    for (const decrypt of [rsaPkcs1Decrypt, rsaOaepSha256Mgf1Sha1Decrypt])
      await expect(
        (async () => decrypt({ privateKey, ciphertext: concat(randomBytes(256)) }).run())(),
      ).rejects.toThrow(DecryptionFailed);
  });
});
