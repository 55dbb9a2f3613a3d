// What a live page is told: each request from outside as it is answered, with the steps that it took.
// A request's own recording is cut out of the endpoint's and counted from 0; bytes are written as {"$bytes": base64}.
import { randomUUID } from 'node:crypto';
import type { Knowledge, Step, Trace } from '../../src/sim';
import { lastRequests } from '../trace/requests';

/** The last requests that can be watched. */
const KEPT = 20;
/** More bytes than these are told of and not sent. */
const LARGEST = 4 << 20;

export interface Told {
  readonly id: number;
  readonly operation: string;
  /** Method and path. */
  readonly line: string;
  readonly status: number;
  readonly failed: boolean;
  /** World clock, ISO 8601. */
  readonly at: string;
  /** Bytes in all its steps. */
  readonly bytes: number;
  /** Whether its steps can be asked for. */
  readonly isKept: boolean;
}

const bytesIn = (step: Step): number =>
  step.kind === 'deed'
    ? [...Object.values(step.inputs), ...Object.values(step.outputs)].reduce(
        (sum, { length }) => sum + length,
        0,
      )
    : step.message.body.length;

const idsIn = ({ knows, has, shelf }: Knowledge): string[] => [
  ...Object.values(knows).flat(),
  ...Object.values(has).flat(),
  ...Object.values(shelf).flat(),
];

/** The steps of one request as a trace of its own. */
function cutOut(trace: Trace, steps: readonly Step[]): Trace {
  const [request] = steps;
  const first = request?.index ?? 0;
  const reads = request?.kind === 'request' && /^(Get|Head|List|Describe)/.test(request.operation);
  const chapter = reads ? 'get' : 'put';
  const initial: Knowledge = trace.steps[first - 1] ?? trace.initial;
  const { knows, has, shelf } = initial;
  const ids = new Set([
    ...idsIn(initial),
    ...steps.flatMap((step) => [...idsIn(step), ...step.cargo]),
  ]);
  const named = [...ids].join('\n');
  return {
    steps: steps.map((step) => ({
      ...step,
      chapter,
      index: step.index - first,
      ...(step.kind === 'response' ? { answers: step.answers - first } : {}),
    })),
    // A key that only stands inside the name of a sealed thing is needed, too.
    secrets: trace.secrets.filter(({ id }) => new RegExp(`\\b${id}\\b`).test(named)),
    sealed: trace.sealed.filter(({ id }) => ids.has(id)),
    chapters: [{ id: chapter, start: 0, end: steps.length }],
    initial: { knows, has, shelf },
  };
}

const asText = (trace: Trace): string =>
  JSON.stringify(trace, (_, value: unknown) =>
    value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString('base64') } : value,
  );

export class Feed {
  /** Another one after each start: what a page has seen of an earlier world is no more. */
  readonly world = randomUUID();
  readonly #told: Told[] = [];
  readonly #runs = new Map<number, string>();
  readonly #listeners = new Set<(told: Told) => void>();
  #next = 1;

  /** Call when a request has been answered; it is the last in the trace. */
  add(trace: Trace): void {
    const [last] = lastRequests(trace, 1);
    const answer = last?.steps.at(-1);
    if (!last || answer?.kind !== 'response') return;
    const { request, steps } = last;
    const bytes = steps.reduce((sum, step) => sum + bytesIn(step), 0);
    const told: Told = {
      id: this.#next++,
      operation: request.operation,
      line: `${request.message.method} ${request.message.path}`,
      status: answer.message.status,
      failed: answer.failed,
      at: request.at,
      bytes,
      isKept: bytes <= LARGEST,
    };
    if (told.isKept) this.#runs.set(told.id, asText(cutOut(trace, steps)));
    this.#told.push(told);
    if (this.#told.length > KEPT) this.#runs.delete((this.#told.shift() as Told).id);
    for (const listener of this.#listeners) listener(told);
  }

  all(): readonly Told[] {
    return this.#told;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** The steps of a request, as JSON; undefined when they are not kept. */
  run(id: number): string | undefined {
    return this.#runs.get(id);
  }

  listen(listener: (told: Told) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
