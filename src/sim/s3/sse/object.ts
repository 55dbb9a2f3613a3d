// Encrypting and decrypting an object's bytes, for every scheme alike: AES-256-GCM, a fresh random 12-byte iv, no AAD.
// AWS documents 256-bit AES-GCM; the iv scheme is not published (modelled).
import { aesGcmDecrypt, aesGcmEncrypt, GCM_IV_BYTES } from '../../crypto/aes';
import { EMPTY } from '../../crypto/bytes';
import { DecryptionFailed } from '../../crypto/failure';
import { Refusal } from '../../refusal';
import type { Bytes, Desk, Facts } from '../../types';

export async function encryptObject(
  desk: Desk,
  key: Bytes,
  plaintext: Bytes,
  facts: Facts = {},
): Promise<{ iv: Bytes; ciphertext: Bytes }> {
  const iv = desk.random(GCM_IV_BYTES);
  const { ciphertext } = await desk.does('encrypts', 'object', {
    ...aesGcmEncrypt({ key, iv, aad: EMPTY, plaintext }),
    facts,
  });
  return { iv, ciphertext };
}

/** A tag that does not fit ends in S3's InternalError: AWS does not publish what it answers then (modelled). */
export async function decryptObject(
  desk: Desk,
  key: Bytes,
  iv: Bytes,
  ciphertext: Bytes,
  facts: Facts = {},
): Promise<Bytes> {
  try {
    const { plaintext } = await desk.does('decrypts', 'object', {
      ...aesGcmDecrypt({ key, iv, aad: EMPTY, ciphertext }),
      facts,
    });
    return plaintext;
  } catch (error) {
    throw error instanceof DecryptionFailed ? damaged() : error;
  }
}

export const damaged = (): Refusal =>
  new Refusal(500, 'InternalError', 'We encountered an internal error. Please try again.');
