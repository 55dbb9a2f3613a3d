// HMAC (RFC 2104), HKDF (RFC 5869) and the SP 800-108 KDF in counter mode, through WebCrypto, as work for a desk.
import type { Bytes, Work } from '../types';
import { concat, fromUtf8, uintBE } from './bytes';

const subtle = globalThis.crypto.subtle;

async function hmacSha256(key: Bytes, data: Bytes): Promise<Bytes> {
  const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await subtle.sign('HMAC', imported, data));
}

/** Output `mac`: 32 bytes. `key` is the salt or secret that keys the HMAC, `data` what is hashed. */
export const hmac = (input: {
  readonly key: Bytes;
  readonly data: Bytes;
}): Work<{ mac: Bytes }> => ({
  algorithm: 'HMAC-SHA-256',
  inputs: input,
  run: async () => ({ mac: await hmacSha256(input.key, input.data) }),
});

/** The label that goes into every per-call key; ours, AWS does not publish theirs. */
const KDF_LABEL = 'Sealed KMS per-call key';

/**
 * SP 800-108 KDF in counter mode with HMAC-SHA-256, one iteration, 256 bits:
 *   derivedKey = HMAC(key, u32(1) ‖ label ‖ 0x00 ‖ nonce ‖ u32(256))
 * `key` is a 32-byte backing key, `nonce` 16 bytes, fresh per call.
 */
export const counterModeKdf = (input: {
  readonly key: Bytes;
  readonly nonce: Bytes;
}): Work<{ derivedKey: Bytes }> => {
  const label = fromUtf8(KDF_LABEL);
  return {
    algorithm: 'SP 800-108 counter mode, HMAC-SHA-256',
    inputs: { key: input.key, label, nonce: input.nonce },
    run: async () => ({
      derivedKey: await hmacSha256(
        input.key,
        concat(uintBE(1, 4), label, Uint8Array.of(0), input.nonce, uintBE(256, 4)),
      ),
    }),
  };
};

/** HKDF-SHA-512: `key` is the input keying material; output `okm` has `length` bytes. */
export const hkdfSha512 = (input: {
  readonly key: Bytes;
  readonly salt: Bytes;
  readonly info: Bytes;
  readonly length: number;
}): Work<{ okm: Bytes }> => ({
  algorithm: 'HKDF-SHA-512',
  inputs: { key: input.key, salt: input.salt, info: input.info },
  facts: { length: String(input.length) },
  async run() {
    const imported = await subtle.importKey('raw', input.key, 'HKDF', false, ['deriveBits']);
    const bits = await subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-512', salt: input.salt, info: input.info },
      imported,
      input.length * 8,
    );
    return { okm: new Uint8Array(bits) };
  },
});
