// S3's own index of a bucket's keys, so that a listing reads no object. It holds nothing of the object but what LIST
// shows, and checksums. How S3 keeps its index is not published (modelled).
import type { Checksum } from './checksums';

export interface PartEntry {
  readonly size: number;
  readonly checksum: Checksum | undefined;
}

export interface IndexEntry {
  readonly size: number;
  readonly etag: string;
  /** World clock, in milliseconds. */
  readonly lastModified: Date;
  readonly checksum: Checksum | undefined;
  /** In order; only of an object that was uploaded in parts. */
  readonly parts?: readonly PartEntry[];
}

export class KeyIndex {
  readonly #entries = new Map<string, IndexEntry>();
  #sorted: readonly string[] | undefined;

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): IndexEntry | undefined {
    return this.#entries.get(key);
  }

  set(key: string, entry: IndexEntry): void {
    if (!this.#entries.has(key)) this.#sorted = undefined;
    this.#entries.set(key, entry);
  }

  delete(key: string): void {
    if (this.#entries.delete(key)) this.#sorted = undefined;
  }

  /** All keys in the order of their UTF-8 bytes. */
  keys(): readonly string[] {
    this.#sorted ??= [...this.#entries.keys()].sort(byUtf8);
    return this.#sorted;
  }
}

/** UTF-16 puts what lies beyond U+FFFF before U+E000; UTF-8 does not. */
const rank = (unit: number): number =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;

/** Compares two texts by their UTF-8 bytes. */
export function byUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}
