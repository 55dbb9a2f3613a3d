// Finds secrets in bytes. Who knows what is computed with this, never declared.
//
// A needle of S + 3 bytes or more, wherever it lies, covers a whole 4-byte word at some multiple of S. So every needle
// is indexed by its S possible words, and a haystack is read at every S-th byte only. A narrow stride has little to
// index, and suits messages; a wide one has little to read, and suits large objects: 64 MiB take 2.4 Mi look-ups.
import { fromUtf8, sameBytes } from '../crypto/bytes';
import type { Bytes } from '../types';

const NARROW = 4;
const WIDEST = 28;
/** Bits of a word's hash: few where few words are indexed. */
const NARROW_BITS = 12;
const WIDE_BITS = 17;
/** From here on the wide index is worth making. */
const WIDE_FROM = 64 * 1024;
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

const BASE64 = fromUtf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const LOWER = fromUtf8('0123456789abcdef');
const UPPER = fromUtf8('0123456789ABCDEF');
const DIGITS = new Int8Array(256).fill(-1);
BASE64.forEach((code, i) => {
  DIGITS[code] = i;
});

export class SecretSearch {
  readonly #needles: Needle[] = [];
  readonly #whole: Needle[] = [];
  readonly #narrow = new WordIndex(NARROW, NARROW_BITS);
  #wide: WordIndex | undefined;

  /** Looks from now on for `bytes` raw, in base64 (at any alignment) and in hex, and reports them as `id`. */
  add(id: string, bytes: Bytes): void {
    for (const { bytes: form, before, after } of forms(bytes)) {
      const needle = { id, bytes: form, before, after };
      if (form.length >= SHORTEST) {
        this.#needles.push(needle);
        this.#narrow.add(needle);
        if (this.#wide?.fits(needle)) this.#wide.add(needle);
        else this.#wide = undefined;
      } else if (form.length > 0) this.#whole.push(needle);
    }
  }

  /** Ids of all that occurs in `haystack`. */
  find(haystack: Bytes): Set<string> {
    const found = new Set<string>();
    for (const needle of this.#whole) {
      if (sameBytes(haystack, needle.bytes)) found.add(needle.id);
    }
    if (this.#needles.length > 0) this.#indexFor(haystack).find(haystack, found);
    return found;
  }

  #indexFor({ length }: Bytes): WordIndex {
    if (length < WIDE_FROM) return this.#narrow;
    this.#wide ??= wideIndex(this.#needles);
    return this.#wide;
  }
}

function wideIndex(needles: readonly Needle[]): WordIndex {
  const shortest = needles.reduce((least, { bytes }) => Math.min(least, bytes.length), Infinity);
  // Multiples of 4, so that words stay aligned.
  const index = new WordIndex(Math.min(WIDEST, ((shortest - 3) >>> 2) * 4), WIDE_BITS);
  for (const needle of needles) index.add(needle);
  return index;
}

/** Needles of `stride` + 3 bytes or more, by each of their first `stride` words. */
class WordIndex {
  readonly #stride: number;
  readonly #words = new Map<number, { readonly needle: Needle; readonly offset: number }[]>();
  /** 1 where a word with this hash is indexed. */
  readonly #hashes: Uint8Array;
  readonly #shift: number;

  constructor(stride: number, bits: number) {
    this.#stride = stride;
    this.#hashes = new Uint8Array(1 << bits);
    this.#shift = 32 - bits;
  }

  fits({ bytes }: Needle): boolean {
    return bytes.length >= this.#stride + 3;
  }

  add(needle: Needle): void {
    for (let offset = 0; offset < this.#stride; offset++) {
      const word = wordAt(needle.bytes, offset);
      const list = this.#words.get(word);
      if (list) list.push({ needle, offset });
      else this.#words.set(word, [{ needle, offset }]);
      this.#hashes[hash(word, this.#shift)] = 1;
    }
  }

  find(haystack: Bytes, found: Set<string>): void {
    const hashes = this.#hashes;
    const shift = this.#shift;
    const stride = this.#stride;
    const last = haystack.length - 4;
    const words =
      haystack.length >= WIDE_FROM && haystack.byteOffset % 4 === 0
        ? new Int32Array(haystack.buffer, haystack.byteOffset, haystack.length >>> 2)
        : undefined;
    /** A word of which all needles are found: a long run of it has nothing more to tell. */
    let done: number | undefined;
    for (let at = 0; at <= last; at += stride) {
      const word = words ? (words[at >>> 2] as number) : wordAt(haystack, at);
      if (hashes[hash(word, shift)] === 0 || word === done) continue;
      if (this.#match(word, haystack, at, found)) done = word;
    }
  }

  /** True when all needles with this word are found. */
  #match(word: number, haystack: Bytes, at: number, found: Set<string>): boolean {
    let all = true;
    for (const { needle, offset } of this.#words.get(word) ?? []) {
      if (found.has(needle.id)) continue;
      if (matchesAt(haystack, at - offset, needle)) found.add(needle.id);
      else all = false;
    }
    return all;
  }
}

function forms(bytes: Bytes): Form[] {
  if (bytes.length === 0) return [];
  if (bytes.length < SHORTEST || bytes.length > ENCODED_UP_TO) return [{ bytes }];
  return [
    { bytes },
    { bytes: hexOf(bytes, LOWER) },
    { bytes: hexOf(bytes, UPPER) },
    base64At(bytes, 0),
    base64At(bytes, 1),
    base64At(bytes, 2),
  ];
}

function hexOf(bytes: Bytes, digits: Uint8Array): Uint8Array {
  const text = new Uint8Array(bytes.length * 2);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    text[i * 2] = digits[byte >>> 4] as number;
    text[i * 2 + 1] = digits[byte & 15] as number;
  }
  return text;
}

/** Base64 as it comes out when `shift` bytes (modulo 3) go before: the digits that depend on `bytes` alone, and two edges. */
function base64At(bytes: Bytes, shift: number): Form {
  const digits = sextets(bytes, shift);
  const start = Math.ceil((shift * 4) / 3);
  const end = Math.floor(((shift + bytes.length) * 4) / 3);
  const text = new Uint8Array(end - start);
  for (let i = 0; i < text.length; i++) text[i] = BASE64[digits[start + i] as number] as number;
  const edge = (place: number, mask: number): Edge | undefined =>
    mask === 0 ? undefined : { mask, bits: (digits[place] as number) & mask };
  const bitsBefore = start * 6 - shift * 8;
  const bitsAfter = (shift + bytes.length) * 8 - end * 6;
  return {
    bytes: text,
    before: edge(start - 1, (1 << bitsBefore) - 1),
    after: edge(end, (0b111111 << (6 - bitsAfter)) & 0b111111),
  };
}

/** The values of the base64 digits of `shift` zero bytes and `bytes`. */
function sextets(bytes: Bytes, shift: number): Uint8Array {
  const values = new Uint8Array(Math.ceil(((shift + bytes.length) * 8) / 6));
  let held = shift * 8;
  let bits = 0;
  let at = 0;
  for (; held >= 6; held -= 6) at++; // zeros
  for (let i = 0; i < bytes.length; i++) {
    bits = ((bits << 8) | (bytes[i] as number)) & 0xffff;
    held += 8;
    for (; held >= 6; at++) {
      held -= 6;
      values[at] = (bits >>> held) & 0b111111;
    }
  }
  if (held > 0) values[at] = (bits << (6 - held)) & 0b111111;
  return values;
}

/** Little-endian, as Int32Array reads on every platform that runs a browser. */
function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

const hash = (word: number, shift: number): number => Math.imul(word, 0x9e3779b1) >>> shift;

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
