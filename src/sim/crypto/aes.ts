// AES-256-GCM (NIST SP 800-38D) and AES key wrap (RFC 3394) through WebCrypto, as work for a desk.
// GCM: iv 12 bytes, tag 16 bytes, output = ciphertext ‖ tag. Key wrap: 32-byte key in, 40 bytes out, no iv.
import type { Bytes, Work } from '../types';
import { concat, copy } from './bytes';
import { attempt } from './failure';

const subtle = globalThis.crypto.subtle;

export const GCM_IV_BYTES = 12;
export const GCM_TAG_BYTES = 16;
const TAG_BITS = GCM_TAG_BYTES * 8;

interface GcmInput {
  readonly key: Bytes;
  readonly iv: Bytes;
  readonly aad: Bytes;
}

const importGcm = (key: Bytes, usage: 'encrypt' | 'decrypt') =>
  subtle.importKey('raw', key, 'AES-GCM', false, [usage]);

const params = ({ iv, aad }: GcmInput): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: aad,
  tagLength: TAG_BITS,
});

/** Output `ciphertext`: ciphertext ‖ tag, 16 bytes longer than the plaintext. */
export const aesGcmEncrypt = (
  input: GcmInput & { readonly plaintext: Bytes },
): Work<{ ciphertext: Bytes }> => ({
  algorithm: 'AES-256-GCM',
  inputs: { key: input.key, iv: input.iv, aad: input.aad, plaintext: input.plaintext },
  async run() {
    const key = await importGcm(input.key, 'encrypt');
    return {
      ciphertext: new Uint8Array(await subtle.encrypt(params(input), key, input.plaintext)),
    };
  },
});

/** As `aesGcmEncrypt`, with a second output `blob` = head ‖ ciphertext, the form in which it is carried. */
export const aesGcmEncryptInto = (
  input: GcmInput & { readonly plaintext: Bytes; readonly head: Bytes },
): Work<{ ciphertext: Bytes; blob: Bytes }> => {
  const inner = aesGcmEncrypt(input);
  return {
    ...inner,
    async run() {
      const { ciphertext } = await inner.run();
      return { ciphertext, blob: concat(input.head, ciphertext) };
    },
  };
};

/** `ciphertext` includes the tag. Throws `DecryptionFailed` when the tag does not fit; never says why. */
export const aesGcmDecrypt = (
  input: GcmInput & { readonly ciphertext: Bytes },
): Work<{ plaintext: Bytes }> => ({
  algorithm: 'AES-256-GCM',
  inputs: { key: input.key, iv: input.iv, aad: input.aad, ciphertext: input.ciphertext },
  run: () =>
    attempt(async () => {
      const key = await importGcm(input.key, 'decrypt');
      return {
        plaintext: new Uint8Array(await subtle.decrypt(params(input), key, input.ciphertext)),
      };
    }),
});

/** RFC 3394 with the default initial value. Output `ciphertext` is 8 bytes longer than the wrapped key. */
export const aesKeyWrap = (input: {
  readonly key: Bytes;
  readonly plaintext: Bytes;
}): Work<{ ciphertext: Bytes }> => ({
  algorithm: 'AES-256 key wrap (RFC 3394)',
  inputs: input,
  async run() {
    const key = await subtle.importKey('raw', input.key, 'AES-KW', false, ['wrapKey']);
    const inner = await subtle.importKey('raw', input.plaintext, 'AES-GCM', true, ['encrypt']);
    return { ciphertext: new Uint8Array(await subtle.wrapKey('raw', inner, key, 'AES-KW')) };
  },
});

/** Throws `DecryptionFailed` when the integrity value does not come out. */
export const aesKeyUnwrap = (input: {
  readonly key: Bytes;
  readonly ciphertext: Bytes;
}): Work<{ plaintext: Bytes }> => ({
  algorithm: 'AES-256 key wrap (RFC 3394)',
  inputs: input,
  run: () =>
    attempt(async () => {
      const key = await subtle.importKey('raw', input.key, 'AES-KW', false, ['unwrapKey']);
      const inner = await subtle.unwrapKey(
        'raw',
        input.ciphertext,
        key,
        'AES-KW',
        'AES-GCM',
        true,
        ['decrypt'],
      );
      return { plaintext: copy(new Uint8Array(await subtle.exportKey('raw', inner))) };
    }),
});
