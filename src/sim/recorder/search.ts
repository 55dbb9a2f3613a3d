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

/** A base64 digit of which only the masked bits are the needle's; the others belong to the bytes beside it. */
interface Edge {
  readonly mask: number;
  readonly bits: number;
}

interface Form {
  readonly bytes: Uint8Array;
  /** Just before and just after `bytes`. */
  readonly before?: Edge | undefined;
  readonly after?: Edge | undefined;
}

interface Needle extends Form {
  readonly id: string;
}

const DIGITS = new Int8Array(256).fill(-1);
fromUtf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/').forEach((code, i) => {
  DIGITS[code] = i;
});

export class SecretSearch {
  readonly #words = new Map<number, { needle: Needle; offset: number }[]>();
  readonly #bloom = new Uint8Array(1 << 16);
  readonly #short: Needle[] = [];
  readonly #whole: Needle[] = [];

  /** Looks from now on for `bytes` raw, in base64 (at any alignment) and in hex, and reports them as `id`. */
  add(id: string, bytes: Bytes): void {
    for (const form of forms(bytes)) {
      const needle = { id, ...form };
      const { length } = form.bytes;
      if (length >= INDEXED) this.#index(needle);
      else if (length >= SHORTEST) this.#short.push(needle);
      else if (length > 0) this.#whole.push(needle);
    }
  }

  /** Ids of all that occurs in `haystack`. */
  find(haystack: Bytes): Set<string> {
    const found = new Set<string>();
    for (const needle of this.#whole) {
      if (sameBytes(haystack, needle.bytes)) found.add(needle.id);
    }
    for (const needle of this.#short) {
      if (!found.has(needle.id) && occursIn(haystack, needle)) found.add(needle.id);
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
        if (!found.has(needle.id) && matchesAt(haystack, at - offset, needle)) {
          found.add(needle.id);
        }
      }
    }
  }
}

function occursIn(haystack: Uint8Array, needle: Needle): boolean {
  const first = needle.bytes[0] as number;
  for (let at = haystack.indexOf(first); at >= 0; at = haystack.indexOf(first, at + 1)) {
    if (matchesAt(haystack, at, needle)) return true;
  }
  return false;
}

function forms(bytes: Bytes): Form[] {
  if (bytes.length === 0) return [];
  if (bytes.length < SHORTEST || bytes.length > ENCODED_UP_TO) return [{ bytes }];
  const hex = toHex(bytes);
  const texts = [hex, hex.toUpperCase()].map((text) => ({ bytes: fromUtf8(text) }));
  return [{ bytes }, ...texts, ...[0, 1, 2].map((shift) => base64At(bytes, shift))];
}

/** Base64 as it comes out when `shift` bytes (modulo 3) go before: the digits that depend on `bytes` alone, and two edges. */
function base64At(bytes: Bytes, shift: number): Form {
  const shifted = new Uint8Array(shift + bytes.length);
  shifted.set(bytes, shift);
  const text = fromUtf8(toBase64(shifted).replace(/=+$/, ''));
  const start = Math.ceil((shift * 4) / 3);
  const end = Math.floor(((shift + bytes.length) * 4) / 3);
  const edge = (at: number, mask: number): Edge | undefined =>
    mask === 0 ? undefined : { mask, bits: (DIGITS[text[at] as number] as number) & mask };
  const bitsBefore = start * 6 - shift * 8;
  const bitsAfter = (shift + bytes.length) * 8 - end * 6;
  return {
    bytes: text.slice(start, end),
    before: edge(start - 1, (1 << bitsBefore) - 1),
    after: edge(end, (0b111111 << (6 - bitsAfter)) & 0b111111),
  };
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

function matchesAt(haystack: Uint8Array, at: number, needle: Needle): boolean {
  const { bytes, before, after } = needle;
  if (at < 0 || at + bytes.length > haystack.length) return false;
  // Most candidates differ at once; only a likely match pays for the whole comparison.
  for (let i = 0; i < Math.min(bytes.length, 16); i++) {
    if (haystack[at + i] !== bytes[i]) return false;
  }
  return (
    fits(haystack[at - 1], before) &&
    fits(haystack[at + bytes.length], after) &&
    sameBytes(haystack.subarray(at, at + bytes.length), bytes)
  );
}

function fits(code: number | undefined, edge: Edge | undefined): boolean {
  if (!edge) return true;
  const digit = code === undefined ? -1 : (DIGITS[code] as number);
  return digit >= 0 && (digit & edge.mask) === edge.bits;
}
