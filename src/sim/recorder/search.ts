// Finds secrets in bytes. Who knows what is computed with this, never declared.
//
// A needle of 19 bytes or more, wherever it lies, covers a whole 4-byte word at some multiple of 16. So every needle
// is indexed by its 16 possible words, and a haystack is read at every 16th byte only: 64 MiB take 4 Mi look-ups.
import { fromUtf8, sameBytes, toBase64, toHex } from '../crypto/bytes';
import type { Bytes } from '../types';

const STRIDE = 16;
const INDEXED = STRIDE + 3;
/** A shorter needle proves nothing when found inside other bytes: it counts only as a whole body. */
const SHORTEST = 8;
/** Above this, only the raw bytes are looked for; nothing here encodes a large object as text. */
const ENCODED_UP_TO = 64 * 1024;

interface Needle {
  readonly id: string;
  readonly bytes: Uint8Array;
}

export class SecretSearch {
  readonly #words = new Map<number, { needle: Needle; offset: number }[]>();
  readonly #bloom = new Uint8Array(1 << 16);
  readonly #short: Needle[] = [];
  readonly #whole: Needle[] = [];

  /** Looks from now on for `bytes` raw, in base64 (at any alignment) and in hex, and reports them as `id`. */
  add(id: string, bytes: Bytes): void {
    for (const form of forms(bytes)) {
      const needle = { id, bytes: form };
      if (form.length >= INDEXED) this.#index(needle);
      else if (form.length >= SHORTEST) this.#short.push(needle);
      else if (form.length > 0) this.#whole.push(needle);
    }
  }

  /** Ids of all that occurs in `haystack`. */
  find(haystack: Bytes): Set<string> {
    const found = new Set<string>();
    for (const needle of this.#whole) {
      if (sameBytes(haystack, needle.bytes)) found.add(needle.id);
    }
    for (const needle of this.#short) {
      if (!found.has(needle.id) && indexOf(haystack, needle.bytes) >= 0) found.add(needle.id);
    }
    if (this.#words.size > 0) this.#scan(haystack, found);
    return found;
  }

  #index(needle: Needle): void {
    for (let offset = 0; offset < STRIDE; offset++) {
      const word = wordAt(needle.bytes, offset);
      const list = this.#words.get(word);
      if (list) list.push({ needle, offset });
      else this.#words.set(word, [{ needle, offset }]);
      this.#bloom[hash(word)] = 1;
    }
  }

  #scan(haystack: Bytes, found: Set<string>): void {
    const bloom = this.#bloom;
    const last = haystack.length - 4;
    const aligned = haystack.byteOffset % 4 === 0;
    const words = aligned
      ? new Uint32Array(haystack.buffer, haystack.byteOffset, haystack.length >>> 2)
      : undefined;
    for (let at = 0; at <= last; at += STRIDE) {
      const word = words ? (words[at >>> 2] as number) : wordAt(haystack, at);
      if (bloom[hash(word)] === 0) continue;
      for (const { needle, offset } of this.#words.get(word) ?? []) {
        if (!found.has(needle.id) && matchesAt(haystack, at - offset, needle.bytes)) {
          found.add(needle.id);
        }
      }
    }
  }
}

/** Position of a needle of any length, or -1. */
export function indexOf(haystack: Uint8Array, needle: Uint8Array): number {
  const first = needle[0];
  if (first === undefined) return -1;
  const last = haystack.length - needle.length;
  for (let at = haystack.indexOf(first); at >= 0 && at <= last; ) {
    if (matchesAt(haystack, at, needle)) return at;
    at = haystack.indexOf(first, at + 1);
  }
  return -1;
}

function forms(bytes: Bytes): Uint8Array[] {
  if (bytes.length === 0) return [];
  if (bytes.length < SHORTEST || bytes.length > ENCODED_UP_TO) return [bytes];
  const texts = [toHex(bytes), toHex(bytes).toUpperCase()];
  for (let shift = 0; shift < 3; shift++) {
    const shifted = new Uint8Array(shift + bytes.length);
    shifted.set(bytes, shift);
    // Drop the characters that also depend on the bytes before and after.
    const text = toBase64(shifted).replace(/=+$/, '');
    const start = Math.ceil((shift * 4) / 3);
    const whole = Math.floor(((shift + bytes.length) * 4) / 3);
    texts.push(text.slice(start, whole));
  }
  return [bytes, ...texts.map(fromUtf8)];
}

/** Little-endian, as Uint32Array reads on every platform that runs a browser. */
function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

const hash = (word: number): number => Math.imul(word, 0x9e3779b1) >>> 16;

function matchesAt(haystack: Uint8Array, at: number, needle: Uint8Array): boolean {
  if (at < 0 || at + needle.length > haystack.length) return false;
  // Most candidates differ at once; only a likely match pays for the whole comparison.
  for (let i = 0; i < Math.min(needle.length, 16); i++) {
    if (haystack[at + i] !== needle[i]) return false;
  }
  return sameBytes(haystack.subarray(at, at + needle.length), needle);
}
