import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../random';
import type { Bytes } from '../types';
import { copy, fromUtf8, toUtf8 } from './bytes';
import { DecryptionFailed } from './failure';
import {
  OAEP_SEED_BYTES,
  rsaKeyPair,
  rsaOaepDecrypt,
  rsaOaepEncrypt,
  subjectPublicKeyInfo,
} from './rsa';

const padding = constants.RSA_PKCS1_OAEP_PADDING;
const OAEP = { padding, oaepHash: 'sha1' };
const seedBytes = fc.uint8Array({ minLength: OAEP_SEED_BYTES, maxLength: OAEP_SEED_BYTES });
/** 2048-bit modulus: 256 − 2 · 20 − 2 bytes at most (RFC 8017 §7.1.1). */
const message = fc.uint8Array({ maxLength: 214 });
const jwk = (bytes: Uint8Array) => JSON.parse(toUtf8(bytes));

let pair: { publicKey: Bytes; privateKey: Bytes };
beforeAll(async () => {
  pair = await rsaKeyPair(seededRandom('rsa')).run();
});

describe('a generated key pair', () => {
  it('is a 2048-bit RSA key that OpenSSL accepts and finds consistent', () => {
    const key = createPrivateKey({ key: jwk(pair.privateKey), format: 'jwk' });
    expect(key.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65537n });
    const derived = createPublicKey(key).export({ format: 'jwk' });
    expect(jwk(pair.publicKey)).toEqual({ kty: 'RSA', n: derived.n, e: derived.e });
  });

  it('has two primes of 1024 bits whose exponents invert each other', () => {
    const number = (name: string) =>
      BigInt(`0x${Buffer.from(jwk(pair.privateKey)[name], 'base64url').toString('hex')}`);
    const [n, p, q, d, dp, dq, qi] = ['n', 'p', 'q', 'd', 'dp', 'dq', 'qi'].map(number) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    expect(p * q).toBe(n);
    expect([p.toString(2).length, q.toString(2).length]).toEqual([1024, 1024]);
    expect((65537n * d) % (p - 1n)).toBe(1n);
    expect((65537n * d) % (q - 1n)).toBe(1n);
    expect([dp, dq]).toEqual([d % (p - 1n), d % (q - 1n)]);
    expect((qi * q) % p).toBe(1n);
  });

  it('is the same for the same random bytes and another for others', async () => {
    expect(await rsaKeyPair(seededRandom('rsa')).run()).toEqual(pair);
    const other = await rsaKeyPair(seededRandom('rsa, again')).run();
    expect(other.publicKey).not.toEqual(pair.publicKey);
  });
});

describe('the public key in DER', () => {
  it('is the one that OpenSSL writes', async () => {
    const key = createPublicKey({ key: jwk(pair.publicKey), format: 'jwk' });
    expect(Buffer.from(await subjectPublicKeyInfo(pair.publicKey))).toEqual(
      key.export({ type: 'spki', format: 'der' }),
    );
  });
});

describe('RSA-OAEP', () => {
  it('makes ciphertexts that OpenSSL opens', () => {
    const key = createPrivateKey({ key: jwk(pair.privateKey), format: 'jwk' });
    return fc.assert(
      fc.asyncProperty(message, seedBytes, async (plaintext, seed) => {
        const { publicKey } = pair;
        const { ciphertext } = await rsaOaepEncrypt({ publicKey, seed, plaintext }).run();
        expect(ciphertext).toHaveLength(256);
        expect(privateDecrypt({ key, ...OAEP }, ciphertext)).toEqual(Buffer.from(plaintext));
      }),
      { numRuns: 25 },
    );
  });

  it('opens what OpenSSL made, with keys that OpenSSL made', () => {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateKey = fromUtf8(JSON.stringify(keys.privateKey.export({ format: 'jwk' })));
    return fc.assert(
      fc.asyncProperty(message, async (data) => {
        const ciphertext = copy(publicEncrypt({ key: keys.publicKey, ...OAEP }, data));
        const { plaintext } = await rsaOaepDecrypt({ privateKey, ciphertext }).run();
        expect(Buffer.from(plaintext)).toEqual(Buffer.from(data));
      }),
      { numRuns: 25 },
    );
  });

  it('opens with SHA-256 what OpenSSL sealed with it, and with no other hash', () => {
    const key = createPublicKey({ key: jwk(pair.publicKey), format: 'jwk' });
    const { privateKey } = pair;
    return fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 190 }), async (data) => {
        const ciphertext = copy(publicEncrypt({ key, padding, oaepHash: 'sha256' }, data));
        const { plaintext } = await rsaOaepDecrypt({ privateKey, ciphertext }, 'SHA-256').run();
        expect(Buffer.from(plaintext)).toEqual(Buffer.from(data));
        const withSha1 = rsaOaepDecrypt({ privateKey, ciphertext }).run();
        await expect(withSha1).rejects.toThrow(new DecryptionFailed());
      }),
      { numRuns: 10 },
    );
  });

  it('takes its seed from the caller: same seed, same ciphertext', async () => {
    const seal = (fill: number) => {
      const seed = new Uint8Array(OAEP_SEED_BYTES).fill(fill);
      const { publicKey } = pair;
      return rsaOaepEncrypt({ publicKey, seed, plaintext: fromUtf8('data key') }).run();
    };
    expect(await seal(1)).toEqual(await seal(1));
    expect(await seal(1)).not.toEqual(await seal(2));
  });

  it('fails alike for a changed ciphertext, a wrong key and a wrong length', async () => {
    const { publicKey, privateKey } = pair;
    const seed = new Uint8Array(OAEP_SEED_BYTES);
    const { ciphertext } = await rsaOaepEncrypt({
      publicKey,
      seed,
      plaintext: fromUtf8('data key'),
    }).run();
    const other = await rsaKeyPair(seededRandom('somebody else')).run();
    const changed = copy(ciphertext);
    changed[255] = (changed[255] as number) ^ 1;
    const refused = [
      { privateKey, ciphertext: changed },
      { privateKey: other.privateKey, ciphertext },
      { privateKey, ciphertext: ciphertext.slice(1) },
      { privateKey, ciphertext: new Uint8Array(0) },
    ];
    for (const input of refused) {
      await expect(rsaOaepDecrypt(input).run()).rejects.toThrow(new DecryptionFailed());
    }
  });
});
