// RSA-OAEP (RFC 8017 §7.1), empty label: with SHA-1 and MGF1-SHA-1 as the S3 Encryption Client wraps data keys, and for
// opening also with SHA-256, as key material is imported into KMS.
// WebCrypto opens; it cannot seal here, because it would draw the OAEP seed itself and a world's randomness must be
// its own. So the padding takes the seed from the desk, and the key pair comes from the world's random bytes.
import { sha1 } from '@noble/hashes/legacy.js';
import { millerRabin, millerRabinBaseTest } from 'micro-rsa-dsa-dh/primality.js';
import { mgf1 } from 'micro-rsa-dsa-dh/rsa.js';
import { I2OSP, invert, OS2IP, pow } from 'micro-rsa-dsa-dh/utils.js';
import type { Bytes, Work } from '../types';
import { concat, copy, EMPTY, fromUtf8, toUtf8, uintBE } from './bytes';
import { attempt } from './failure';

const subtle = globalThis.crypto.subtle;
const MODULUS_BYTES = 256;
const HASH_BYTES = 20;
export const OAEP_SEED_BYTES = HASH_BYTES;
const PUBLIC_EXPONENT = 65537n;

const base64url = (value: bigint): string => {
  const hex = value.toString(16);
  const bytes = I2OSP(value, Math.ceil(hex.length / 2));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
};
const fromBase64url = (text: string): bigint => {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return OS2IP(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
};

const SMALL_PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
];

/** A random 1024-bit number with its two highest bits and its lowest bit set, and from there upwards the next prime. */
function prime(random: (length: number) => Bytes): bigint {
  const start = random(MODULUS_BYTES / 2);
  start[0] = (start[0] as number) | 0xc0;
  let candidate = OS2IP(start) | 1n;
  const divides = (small: number): boolean => candidate % BigInt(small) === 0n;
  const usable = (): boolean =>
    !SMALL_PRIMES.some(divides) &&
    millerRabinBaseTest(candidate, 2n) &&
    (candidate - 1n) % PUBLIC_EXPONENT !== 0n &&
    millerRabin(candidate, 5, random); // FIPS 186-5 table B.1: 5 rounds at 1024 bits
  while (!usable()) candidate += 2n;
  return candidate;
}

/** A 2048-bit key pair as two JSON Web Keys (RFC 7517) in UTF-8. */
export const rsaKeyPair = (
  random: (length: number) => Bytes,
): Work<{ publicKey: Bytes; privateKey: Bytes }> => ({
  algorithm: 'RSA 2048 key pair',
  inputs: {},
  run() {
    const p = prime(random);
    let q = prime(random);
    while (q === p) q = prime(random);
    const d = invert(PUBLIC_EXPONENT, (p - 1n) * (q - 1n));
    const open = { kty: 'RSA', n: base64url(p * q), e: base64url(PUBLIC_EXPONENT) };
    const closed = {
      d: base64url(d),
      p: base64url(p),
      q: base64url(q),
      dp: base64url(d % (p - 1n)),
      dq: base64url(d % (q - 1n)),
      qi: base64url(invert(q, p)),
    };
    return {
      publicKey: fromUtf8(JSON.stringify(open)),
      privateKey: fromUtf8(JSON.stringify({ ...open, ...closed })),
    };
  },
});

/** `seed` is 20 random bytes; output `ciphertext` is 256 bytes. */
export const rsaOaepEncrypt = (input: {
  readonly publicKey: Bytes;
  readonly seed: Bytes;
  readonly plaintext: Bytes;
}): Work<{ ciphertext: Bytes }> => ({
  algorithm: 'RSA-OAEP, SHA-1 and MGF1-SHA-1',
  inputs: input,
  run() {
    const { n } = JSON.parse(toUtf8(input.publicKey)) as { n: string };
    const mask = mgf1(sha1);
    const padding = new Uint8Array(MODULUS_BYTES - input.plaintext.length - 2 * HASH_BYTES - 2);
    const block = concat(sha1(EMPTY), padding, Uint8Array.of(1), input.plaintext);
    const maskedBlock = xor(block, mask(input.seed, { dkLen: block.length }));
    const maskedSeed = xor(input.seed, mask(maskedBlock, { dkLen: HASH_BYTES }));
    const message = OS2IP(concat(Uint8Array.of(0), maskedSeed, maskedBlock));
    const ciphertext = I2OSP(pow(message, PUBLIC_EXPONENT, fromBase64url(n)), MODULUS_BYTES);
    return { ciphertext: copy(ciphertext) };
  },
});

/** `hash` is that of the padding and of MGF1. Throws `DecryptionFailed` for any reason it does not open. */
export const rsaOaepDecrypt = (
  input: { readonly privateKey: Bytes; readonly ciphertext: Bytes },
  hash: 'SHA-1' | 'SHA-256' = 'SHA-1',
): Work<{ plaintext: Bytes }> => ({
  algorithm: `RSA-OAEP, ${hash} and MGF1-${hash}`,
  inputs: input,
  run: () =>
    attempt(async () => {
      const jwk = JSON.parse(toUtf8(input.privateKey)) as JsonWebKey;
      const algorithm = { name: 'RSA-OAEP', hash };
      const key = await subtle.importKey('jwk', jwk, algorithm, false, ['decrypt']);
      return { plaintext: new Uint8Array(await subtle.decrypt(algorithm, key, input.ciphertext)) };
    }),
});

/** The public key as KMS hands it out: a SubjectPublicKeyInfo in DER (RFC 5280). */
export async function subjectPublicKeyInfo(publicKey: Bytes): Promise<Bytes> {
  const jwk = JSON.parse(toUtf8(publicKey)) as JsonWebKey;
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const key = await subtle.importKey('jwk', jwk, algorithm, true, ['encrypt']);
  return new Uint8Array(await subtle.exportKey('spki', key));
}

/** An ASN.1 value in DER: tag, length, content (X.690). */
function der(tag: number, content: Bytes): Bytes {
  const { length } = content;
  if (length < 0x80) return concat(Uint8Array.of(tag, length), content);
  const long =
    length < 0x100 ? Uint8Array.of(0x81, length) : concat(Uint8Array.of(0x82), uintBE(length, 2));
  return concat(Uint8Array.of(tag), long, content);
}

/** A private key, a JSON Web Key as text, as RSAPrivateKey in DER (RFC 8017 A.1.2): for tools that read no JWK. */
export function rsaPrivateKeyDer(jwk: string): Bytes {
  const parts = JSON.parse(jwk) as Readonly<Record<string, string>>;
  const integer = (name: string): Bytes => {
    const value = fromBase64url(parts[name] ?? '');
    const bytes = copy(I2OSP(value, Math.ceil(value.toString(16).length / 2)));
    // Integers have a sign in DER: one that begins with a set bit gets a zero in front.
    return der(0x02, (bytes[0] as number) < 0x80 ? bytes : concat(Uint8Array.of(0), bytes));
  };
  const version = Uint8Array.of(0x02, 1, 0);
  return der(0x30, concat(version, ...['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map(integer)));
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  a.map((byte, i) => byte ^ (b[i] as number));
