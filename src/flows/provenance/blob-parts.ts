// What lies where in a sealed thing: the blob of this simulation's KMS (see src/sim/hsm/blob.ts), the 60 bytes of a raw
// AES wrapping, and the tag that ends whatever AES-GCM made.
import type { Bytes } from '../../sim';

export const PART_NAMES = ['version', 'material', 'nonce', 'iv', 'ciphertext', 'tag'] as const;
export type PartName = (typeof PART_NAMES)[number];

export interface Part {
  readonly name: PartName;
  readonly start: number;
  readonly end: number;
}

type Lengths = readonly (readonly [PartName, number | 'rest'])[];

const KMS_BLOB: Lengths = [
  ['version', 1],
  ['material', 32],
  ['nonce', 16],
  ['iv', 12],
  ['ciphertext', 'rest'],
  ['tag', 16],
];
const IV_FIRST: Lengths = [
  ['iv', 12],
  ['ciphertext', 'rest'],
  ['tag', 16],
];
const GCM: Lengths = [
  ['ciphertext', 'rest'],
  ['tag', 16],
];

function laid(lengths: Lengths, total: number): readonly Part[] {
  const fixed = lengths.reduce((sum, [, n]) => sum + (n === 'rest' ? 0 : n), 0);
  if (total < fixed) return [];
  let at = 0;
  return lengths.map(([name, n]) => {
    const start = at;
    at += n === 'rest' ? total - fixed : n;
    return { name, start, end: at };
  });
}

/** Before the ciphertext of a KMS blob. */
const KMS_HEAD = 1 + 32 + 16 + 12;
const TAG = 16;

/**
 * `id` names what the bytes are in their trace, `gcm` says that AES-GCM made or opens them. What is sealed under a KMS key
 * (`K…`) comes in a blob or as its bare ciphertext; a wrapping key of one's own (`W…`) puts its iv first.
 */
export function partsOf(bytes: Bytes, id: string | undefined, gcm: boolean): readonly Part[] {
  const under = id?.includes('<') ? id.slice(id.lastIndexOf('<') + 1) : '';
  const isBlob = bytes[0] === 1 && bytes.length > KMS_HEAD + TAG;
  if (under.startsWith('K') && isBlob) return laid(KMS_BLOB, bytes.length);
  if (under.startsWith('W') && bytes.length === 60) return laid(IV_FIRST, bytes.length);
  const isObject = under !== '' && id?.startsWith('O');
  return gcm || isObject ? laid(GCM, bytes.length) : [];
}
