// What goes into a recording must never change afterwards, whatever an actor does to its own buffers. Every recorded
// byte string is therefore a copy; equal ones share one copy, so that a large object is kept once, not once a message.
import { copy, sameBytes } from '../crypto/bytes';
import type { Bytes } from '../types';

/** From here on a deed's own output is taken over instead of copied; nobody else holds it yet. */
const TAKE_OVER_FROM = 1 << 20;

export class Snapshots {
  readonly #byShape = new Map<string, Bytes[]>();
  readonly #recorded = new WeakSet<Bytes>();
  #recordedBytes = 0;

  /** How many bytes have been recorded, equal ones once. */
  get recordedBytes(): number {
    return this.#recordedBytes;
  }

  /** The recorded copy of `bytes`: an earlier equal one if there is one. */
  of(bytes: Bytes): Bytes {
    return this.#find(bytes) ?? this.#add(copy(bytes));
  }

  /** As `of`, for bytes nobody else may still write to: large ones are taken over without a copy. */
  take(bytes: Bytes): Bytes {
    return bytes.length < TAKE_OVER_FROM ? this.of(bytes) : (this.#find(bytes) ?? this.#add(bytes));
  }

  /** What a receiver gets: its own copy, or, for large bodies, the recorded bytes themselves, to be read only. */
  forReceiver(recorded: Bytes): Bytes {
    const { length } = recorded;
    return length > 0 && length < TAKE_OVER_FROM ? copy(recorded) : recorded;
  }

  isRecorded(bytes: Bytes): boolean {
    return this.#recorded.has(bytes);
  }

  /** From here on only these are shared; what else is recorded lives as long as the steps that show it. */
  retain(kept: Iterable<Bytes>): void {
    this.#byShape.clear();
    for (const bytes of kept) this.#index(bytes);
  }

  #find(bytes: Bytes): Bytes | undefined {
    if (this.#recorded.has(bytes)) return bytes;
    return this.#byShape.get(shape(bytes))?.find((known) => sameBytes(known, bytes));
  }

  #add(own: Bytes): Bytes {
    this.#index(own);
    this.#recorded.add(own);
    this.#recordedBytes += own.length;
    return own;
  }

  #index(own: Bytes): void {
    const key = shape(own);
    const list = this.#byShape.get(key);
    if (list) list.push(own);
    else this.#byShape.set(key, [own]);
  }
}

/** Length and a few bytes: equal strings share it, unequal ones rarely do. */
function shape(bytes: Bytes): string {
  const n = bytes.length;
  return `${n}:${bytes[0]}:${bytes[n >>> 2]}:${bytes[n >>> 1]}:${bytes[n - 1]}`;
}
