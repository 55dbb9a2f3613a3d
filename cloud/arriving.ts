// A body as it arrives: into one piece, at once where there is room for it from the beginning.
import type { Bytes } from '../src/sim';

export class Arriving {
  #bytes: Bytes;
  #length = 0;

  /** `expected`: how many bytes there is room for at first. */
  constructor(expected = 0) {
    this.#bytes = unwritten(expected);
  }

  get length(): number {
    return this.#length;
  }

  add(part: Uint8Array): void {
    const length = this.#length + part.length;
    if (length > this.#bytes.length) {
      const more = unwritten(Math.max(length, 2 * this.#bytes.length));
      more.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = more;
    }
    this.#bytes.set(part, this.#length);
    this.#length = length;
  }

  /** All of it. Nothing is added afterwards. */
  done(): Bytes {
    return this.#length === this.#bytes.length ? this.#bytes : this.#bytes.slice(0, this.#length);
  }
}

/** Not zeroed: every byte that is handed on is written first. */
const unwritten = (length: number): Bytes =>
  new Uint8Array(Buffer.allocUnsafeSlow(length).buffer as ArrayBuffer, 0, length);
