// The CiphertextBlob of this simulation. AWS documents its own as opaque; this layout is ours (modelled):
//   version 1 B (0x01) ‖ key material id 32 B ‖ nonce 16 B ‖ iv 12 B ‖ ciphertext ‖ tag 16 B
// It names the key material that made it, which is why Decrypt needs no KeyId.
import { concat } from '../crypto/bytes';
import type { Bytes } from '../types';

const BLOB_VERSION = 1;
export const MATERIAL_ID_BYTES = 32;
export const NONCE_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + MATERIAL_ID_BYTES + NONCE_BYTES + IV_BYTES;

export interface BlobParts {
  readonly materialId: Bytes;
  readonly nonce: Bytes;
  readonly iv: Bytes;
  /** ciphertext ‖ tag */
  readonly ciphertext: Bytes;
}

/** Everything before the ciphertext. */
export const blobHead = (materialId: Bytes, nonce: Bytes, iv: Bytes): Bytes =>
  concat(Uint8Array.of(BLOB_VERSION), materialId, nonce, iv);

/** The parts, or undefined when the bytes are not of this layout. */
export function readBlob(blob: Bytes): BlobParts | undefined {
  if (blob[0] !== BLOB_VERSION || blob.length <= HEAD_BYTES + TAG_BYTES) return undefined;
  const at = (start: number, length: number) => blob.slice(start, start + length);
  return {
    materialId: at(1, MATERIAL_ID_BYTES),
    nonce: at(1 + MATERIAL_ID_BYTES, NONCE_BYTES),
    iv: at(1 + MATERIAL_ID_BYTES + NONCE_BYTES, IV_BYTES),
    ciphertext: blob.slice(HEAD_BYTES),
  };
}
