// The steps in order, and the chapters they are in. A world that lives long keeps the last of them only: whole requests
// from outside, dropped many at a time, so that each costs the same however long the world has lived.
import type { Chapter, ChapterId, Step, Trace } from '../types';

/** What is kept at least, as far as it has happened; up to twice as much is. */
export interface Bounds {
  /** Requests from outside. */
  readonly requests: number;
  /** Bytes recorded of them; the last request is kept whatever its size. */
  readonly bytes: number;
}

interface Start {
  readonly index: number;
  /** Bytes recorded in this world before it. */
  readonly bytes: number;
}

export class Recording {
  readonly #bounds: Bounds | undefined;
  #steps: Step[] = [];
  /** How many steps are gone. */
  #dropped = 0;
  readonly #chapters: { id: ChapterId; start: number }[] = [{ id: 'prepare', start: 0 }];
  #starts: Start[] = [];

  constructor(bounds: Bounds | undefined) {
    this.#bounds = bounds;
  }

  /** Index of the next step. */
  get next(): number {
    return this.#dropped + this.#steps.length;
  }

  get chapter(): ChapterId {
    return (this.#chapters.at(-1) as { id: ChapterId }).id;
  }

  open(id: ChapterId): void {
    const current = this.#chapters.at(-1) as { start: number };
    if (current.start === this.next) this.#chapters.pop();
    this.#chapters.push({ id, start: this.next });
  }

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** A request from outside begins. */
  begins(bytes: number): void {
    if (this.#bounds) this.#starts.push({ index: this.next, bytes });
  }

  /** Drops what is too much. The ids in what is left; undefined when nothing was dropped. */
  trim(bytes: number): ReadonlySet<string> | undefined {
    const bounds = this.#bounds;
    const [first] = this.#starts;
    if (!bounds || !first) return undefined;
    const isTooMuch =
      this.#starts.length > 2 * bounds.requests || bytes - first.bytes > 2 * bounds.bytes;
    if (!isTooMuch) return undefined;
    const least = Math.max(0, this.#starts.length - bounds.requests);
    const fits = this.#starts.findIndex((s, i) => i >= least && bytes - s.bytes <= bounds.bytes);
    this.#starts = this.#starts.slice(fits < 0 ? -1 : fits);
    const { index } = this.#starts[0] as Start;
    this.#steps = this.#steps.slice(index - this.#dropped);
    this.#dropped = index;
    return new Set(this.#steps.flatMap(({ cargo }) => cargo));
  }

  /** What is kept, as if nothing had been before it. */
  trace(): Pick<Trace, 'steps' | 'chapters'> {
    const dropped = this.#dropped;
    const kept = this.#chapters.map(({ id, start }, i) => ({
      id,
      start: Math.max(0, start - dropped),
      end: (this.#chapters[i + 1]?.start ?? this.next) - dropped,
    }));
    return {
      steps: dropped === 0 ? [...this.#steps] : this.#steps.map((step) => moved(step, dropped)),
      chapters: kept.filter(({ end }): boolean => dropped === 0 || end > 0) satisfies Chapter[],
    };
  }
}

const moved = (step: Step, by: number): Step =>
  Object.freeze(
    step.kind === 'response'
      ? { ...step, index: step.index - by, answers: step.answers - by }
      : { ...step, index: step.index - by },
  );
