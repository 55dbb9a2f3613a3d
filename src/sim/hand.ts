// A hand that reaches into a world from outside, as no one can who is in it: between two steps, and into a message under
// way, past TLS and signatures. It decides nothing of what follows. What it takes hold of is a recorded step; until then
// the world is, byte for byte, the one without it.
import type { RandomSource } from './random';
import type { Deed, Facts, HttpRequest, HttpResponse } from './types';

export type Message = HttpRequest | HttpResponse;

/** What becomes of one message. `repeats`: a request arrives a second time once it has been answered. */
export interface Fate {
  readonly deed: Extract<Deed, 'drops' | 'repeats' | 'flips' | 'changes'>;
  readonly facts: Facts;
  /** What of it arrives otherwise than it was sent. */
  readonly changed?: Partial<Pick<Message, 'headers' | 'body'>>;
}

export interface Hand {
  /** Bytes for what it does itself. */
  readonly random: RandomSource;
  /** What is to be done before step `next` comes; asked again until there is nothing. */
  due(next: number): (() => Promise<void>) | undefined;
  /** What becomes of the message that is step `index`. */
  fate(index: number, message: Message): Fate | undefined;
}

/** No answer came. Each actor's edge makes of it what its callers are told. */
export class Lost extends Error {
  constructor() {
    super('no answer came');
    this.name = 'TimeoutError';
  }
}
