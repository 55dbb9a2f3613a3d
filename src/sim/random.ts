// Where a world's random bytes come from: a seed, so that a link brings back the same bytes on every machine.
//   block i (i = 0, 1, 2 …) = SHA-256( UTF-8 "sealed:" ‖ UTF-8 seed ‖ ":" ‖ decimal i ); the bytes are the blocks in a row.
// Repeatable classroom bytes, never for real data. Reproduce block 0 of seed `demo`:  printf 'sealed:demo:0' | sha256sum
import { sha256 } from '@noble/hashes/sha2.js';
import { fromUtf8 } from './crypto/bytes';
import type { Bytes } from './types';

export type RandomSource = (length: number) => Bytes;

export function seededRandom(seed: string): RandomSource {
  let block: Uint8Array = new Uint8Array(0);
  let counter = 0;
  return (length) => {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      if (block.length === 0) block = sha256(fromUtf8(`sealed:${seed}:${counter++}`));
      const some = block.subarray(0, length - at);
      out.set(some, at);
      at += some.length;
      block = block.subarray(some.length);
    }
    return out;
  };
}
