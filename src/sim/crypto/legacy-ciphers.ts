// Ciphers that nothing here writes with any more, for reading what older clients wrote; and AES-CTR, by which a part of an
// AES-GCM ciphertext can be read without its tag. None of them notices a change. As work for a desk.
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type KEM, mgf1, OAEP, PKCS1_KEM } from 'micro-rsa-dsa-dh/rsa.js';
import { OS2IP } from 'micro-rsa-dsa-dh/utils.js';
import type { Bytes, Work } from '../types';
import { concat, copy, fromBase64, toUtf8, uintBE } from './bytes';
import { attempt, DecryptionFailed } from './failure';

const subtle = globalThis.crypto.subtle;
const BLOCK_BYTES = 16;

interface Sealed {
  readonly key: Bytes;
  readonly ciphertext: Bytes;
}

const importAes = (key: Bytes, name: string, ...usages: KeyUsage[]) =>
  subtle.importKey('raw', key, name, false, usages);

/**
 * What AES-256-GCM encrypted under a 12-byte `iv`, from its block number `block` on: counter mode from iv ‖ u32(2 + block).
 * Works in both directions, and authenticates nothing. (NIST SP 800-38D §7.1)
 */
export const aesCtrOfGcm = (
  input: Sealed & { readonly iv: Bytes; readonly block: number },
): Work<{ plaintext: Bytes }> => {
  const counter = concat(input.iv, uintBE(2 + input.block, 4));
  return {
    algorithm: 'AES-256-CTR',
    inputs: { key: input.key, counter, ciphertext: input.ciphertext },
    async run() {
      const key = await importAes(input.key, 'AES-CTR', 'decrypt');
      const parameters = { name: 'AES-CTR', counter, length: 32 };
      return {
        plaintext: new Uint8Array(await subtle.decrypt(parameters, key, input.ciphertext)),
      };
    },
  };
};

/** PKCS#7 padding, 16-byte iv. Throws `DecryptionFailed` when the padding is none: the only thing it can notice. */
export const aesCbcDecrypt = (
  input: Sealed & { readonly iv: Bytes },
): Work<{ plaintext: Bytes }> => ({
  algorithm: 'AES-256-CBC',
  inputs: { key: input.key, iv: input.iv, ciphertext: input.ciphertext },
  run: () => attempt(async () => ({ plaintext: await cbc(input.key, input.iv, input.ciphertext) })),
});

async function cbc(raw: Bytes, iv: Bytes, ciphertext: Bytes): Promise<Bytes> {
  const key = await importAes(raw, 'AES-CBC', 'decrypt');
  return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv }, key, ciphertext));
}

/**
 * Blocks of AES-CBC without the end of the message: WebCrypto wants padding, so a block of it is made for the place after
 * the last. `ciphertext` is a whole number of blocks.
 */
async function cbcWithoutPadding(raw: Bytes, iv: Bytes, ciphertext: Bytes): Promise<Bytes> {
  const key = await importAes(raw, 'AES-CBC', 'encrypt');
  const last = ciphertext.slice(-BLOCK_BYTES);
  const padding = await subtle.encrypt({ name: 'AES-CBC', iv: last }, key, new Uint8Array(0));
  return cbc(raw, iv, concat(ciphertext, new Uint8Array(padding)));
}

/** A middle part of a CBC message: `before` is the ciphertext block that stands before it, or the iv. */
export const aesCbcPart = (
  input: Sealed & { readonly before: Bytes },
): Work<{ plaintext: Bytes }> => ({
  algorithm: 'AES-256-CBC, a part',
  inputs: { key: input.key, iv: input.before, ciphertext: input.ciphertext },
  run: () =>
    attempt(async () => ({
      plaintext: await cbcWithoutPadding(input.key, input.before, input.ciphertext),
    })),
});

/** PKCS#7 padding. ECB is CBC with every block its own message. */
export const aesEcbDecrypt = (input: Sealed): Work<{ plaintext: Bytes }> => ({
  algorithm: 'AES-256-ECB',
  inputs: { key: input.key, ciphertext: input.ciphertext },
  run: () =>
    attempt(async () => {
      const { key, ciphertext } = input;
      const zero = new Uint8Array(BLOCK_BYTES);
      if (ciphertext.length === 0 || ciphertext.length % BLOCK_BYTES !== 0)
        throw new DecryptionFailed();
      const blocks: Bytes[] = [];
      for (let at = 0; at < ciphertext.length - BLOCK_BYTES; at += BLOCK_BYTES)
        blocks.push(await cbcWithoutPadding(key, zero, ciphertext.slice(at, at + BLOCK_BYTES)));
      blocks.push(await cbc(key, zero, ciphertext.slice(-BLOCK_BYTES)));
      return { plaintext: concat(...blocks) };
    }),
});

const integer = (base64url: string): bigint =>
  OS2IP(
    fromBase64(
      base64url
        .replace(/-/g, '+')
        .replace(/_/g, '/')
        .padEnd(Math.ceil(base64url.length / 4) * 4, '='),
    ),
  );

/** `privateKey`: a JSON Web Key in UTF-8. */
const rsaDecrypt = (
  algorithm: string,
  kem: KEM,
  input: { readonly privateKey: Bytes; readonly ciphertext: Bytes },
): Work<{ plaintext: Bytes }> => ({
  algorithm,
  inputs: input,
  run() {
    const { n, d } = JSON.parse(toUtf8(input.privateKey)) as { n: string; d: string };
    const key = { n: integer(n), d: integer(d) };
    try {
      return { plaintext: copy(kem.decrypt(key, input.ciphertext)) };
    } catch {
      throw new DecryptionFailed();
    }
  },
});

type RsaInput = Parameters<typeof rsaDecrypt>[2];

/** RSAES-PKCS1-v1_5 (RFC 8017 §7.2). */
export const rsaPkcs1Decrypt = (input: RsaInput): Work<{ plaintext: Bytes }> =>
  rsaDecrypt('RSA PKCS #1 v1.5', PKCS1_KEM, input);

/** Java's OAEPWithSHA-256AndMGF1Padding: SHA-256 for the label, but SHA-1 in MGF1. */
export const rsaOaepSha256Mgf1Sha1Decrypt = (input: RsaInput): Work<{ plaintext: Bytes }> =>
  rsaDecrypt('RSA-OAEP, SHA-256 and MGF1-SHA-1', OAEP(sha256, mgf1(sha1)), input);
