// The network and its recorder: the one place where anything becomes a step.
//
//   1. An actor sends. The request is copied, recorded as `from -> to Operation`, and delivered.
//   2. The receiver works at its own desk: what it does is recorded too, also when it fails.
//   3. It answers. Its memory goes back to what it was, the answer is recorded as `from <- to Operation`.
//
// Calls nest and are awaited one at a time; a second call from the same desk before the first is done is refused, so
// request and response always pair. What an actor can read is found by searching the bytes it was given.
import type { Clock } from './clock';
import { defaultDepth } from './depth';
import type { RandomSource } from './random';
import { Ledger } from './recorder/ledger';
import { Memory } from './recorder/memory';
import { Snapshots } from './recorder/snapshots';
import type {
  Actor,
  ActorId,
  Chapter,
  ChapterId,
  Deed,
  DeedKey,
  DeedStep,
  Depth,
  Desk,
  Facts,
  Headers,
  HttpRequest,
  HttpResponse,
  MessageKey,
  NamedBytes,
  Operation,
  RequestStep,
  ResponseStep,
  Step,
  StepKey,
  Thing,
  Trace,
  Work,
} from './types';
import { MADE_KINDS } from './types';

export interface WorldOptions {
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly actors: Partial<Record<ActorId, Actor>>;
  /** Steps that in this world are shown at the Deep level only, unless they fail. */
  readonly deep?: readonly StepKey[];
  /** Called after each step, for progress. */
  readonly onStep?: (step: Step) => void;
}

export interface World {
  /** Your own desk: whoever sits there starts everything. */
  readonly you: Desk;
  /** Another actor's desk, for what befalls it from outside (a disk that rots, an operator's hand). */
  desk(actor: ActorId): Desk;
  /** Steps in here set the scene: they are shown at the Deep level only. */
  aside(work: () => Promise<void>): Promise<void>;
  /** Opens a chapter: steps from here on belong to it. */
  chapter(id: ChapterId): void;
  trace(): Trace;
}

/** An expected failure inside a piece of work, with facts to record beside it. */
export interface WithFacts {
  readonly facts: Facts;
}

/** What a step adds to the common fields. */
type Draft<S extends Step> = Omit<
  S,
  'index' | 'chapter' | 'depth' | 'at' | 'knows' | 'has' | 'shelf' | 'nesting' | 'cargo'
>;

const NOTHING = Object.freeze({});

export function createWorld(options: WorldOptions): World {
  const { random, clock, actors, onStep } = options;
  const snapshots = new Snapshots();
  const ledger = new Ledger(snapshots);
  const memory = new Memory(ledger, snapshots);
  const steps: Step[] = [];
  const chapters: { id: ChapterId; start: number }[] = [{ id: 'prepare', start: 0 }];
  const initial = memory.state();
  let nesting = 0;
  let aside = false;

  const depthOf = (key: StepKey, failed: boolean): Depth =>
    aside || (!failed && options.deep?.includes(key)) ? 'deep' : defaultDepth(key, failed);

  /** `draft` is the caller's no more: it becomes the step. What is in it is frozen already. */
  function record<S extends Step>(draft: Draft<S>, cargo: ReadonlySet<string>): S {
    clock.advance(1);
    const { knows, has, shelf } = memory.state();
    const step = draft as unknown as { -readonly [Field in keyof Step]: Step[Field] };
    step.index = steps.length;
    step.chapter = (chapters.at(-1) as { id: ChapterId }).id;
    step.depth = depthOf(draft.key, draft.failed);
    step.at = clock.now().toISOString();
    step.nesting = nesting;
    step.cargo = Object.freeze([...cargo]);
    step.knows = knows;
    step.has = has;
    step.shelf = shelf;
    const whole = Object.freeze(step) as S;
    steps.push(whole);
    onStep?.(whole);
    return whole;
  }

  const freezeRequest = (m: HttpRequest): HttpRequest =>
    Object.freeze({ ...m, headers: Object.freeze({ ...m.headers }), body: snapshots.of(m.body) });
  const freezeResponse = (m: HttpResponse): HttpResponse =>
    Object.freeze({ ...m, headers: Object.freeze({ ...m.headers }), body: snapshots.of(m.body) });
  /** Whoever gets a message may change its headers and, up to a size, its body; the recording stays. */
  const deliver = <M extends { headers: Headers; body: HttpRequest['body'] }>(m: M): M => ({
    ...m,
    headers: { ...m.headers },
    body: snapshots.forReceiver(m.body),
  });

  const desks = new Map<ActorId, Desk>();
  function deskOf(actor: ActorId): Desk {
    const existing = desks.get(actor);
    if (existing) return existing;
    const desk = createDesk(actor);
    desks.set(actor, desk);
    return desk;
  }

  function createDesk(actor: ActorId): Desk {
    let busy = false;

    async function alone<T>(work: () => Promise<T>): Promise<T> {
      if (busy) throw new Error(`${actor} started something before the last thing was done`);
      busy = true;
      try {
        return await work();
      } finally {
        busy = false;
      }
    }

    return {
      actor,
      random: (length) => random(length),
      now: () => clock.now(),

      send: (to, operation, request) =>
        alone(async () => {
          const handler = actors[to];
          if (!handler) throw new Error(`nobody answers for ${to}`);
          const message = freezeRequest(request);
          const incoming = ledger.findInMessage(message.path, message.headers, message.body);
          const before = memory.enter(to, incoming);
          const sent = record<RequestStep>(
            {
              kind: 'request',
              key: messageKey(actor, '->', to, operation),
              from: actor,
              to,
              operation,
              message,
              failed: false,
            },
            incoming,
          );
          nesting++;
          let answer: HttpResponse;
          try {
            answer = freezeResponse(await handler(deliver(message), deskOf(to)));
          } finally {
            nesting--;
            memory.leave(to, before);
          }
          const outgoing = ledger.findInMessage('', answer.headers, answer.body);
          memory.learn(actor, outgoing);
          record<ResponseStep>(
            {
              kind: 'response',
              key: messageKey(actor, '<-', to, operation),
              from: to,
              to: actor,
              operation,
              message: answer,
              answers: sent.index,
              failed: answer.status >= 400,
            },
            outgoing,
          );
          return deliver(answer);
        }),

      does: (deed, thing, work) => alone(() => carryOut(actor, deed, thing, work)),

      holds(kind, secret) {
        const id = ledger.secret(kind, secret);
        memory.learn(actor, [id]);
        return id;
      },

      keeps(shelf, things) {
        memory.shelve(actor, shelf, things);
      },

      forgets(thing, secret) {
        const recorded = snapshots.of(secret);
        const id = ledger.nameOf(recorded);
        if (id) memory.forget(actor, id);
        // A recorded copy is history and stays; the actor's own buffer is zeroed.
        if (!snapshots.isRecorded(secret)) secret.fill(0);
        record<DeedStep>(
          {
            kind: 'deed',
            key: deedKey(actor, 'forgets', thing),
            actor,
            deed: 'forgets',
            thing,
            algorithm: 'zeroing',
            inputs: Object.freeze({ [thing]: recorded }),
            outputs: NOTHING,
            facts: NOTHING,
            failed: false,
          },
          new Set(id ? [id] : []),
        );
      },
    };
  }

  async function carryOut<Out extends NamedBytes>(
    actor: ActorId,
    deed: Deed,
    thing: Thing,
    work: Work<Out>,
  ): Promise<Out> {
    const inputs = recorded(work.inputs, (b) => snapshots.of(b));
    const base = {
      kind: 'deed',
      key: deedKey(actor, deed, thing),
      actor,
      deed,
      thing,
      algorithm: work.algorithm,
      inputs,
    } as const;
    let made: Out;
    try {
      made = await work.run();
    } catch (error) {
      const facts = Object.freeze({ ...work.facts, ...(error as Partial<WithFacts>).facts });
      record<DeedStep>({ ...base, outputs: NOTHING, facts, failed: true }, namesIn(inputs));
      throw error;
    }
    const outputs = recorded(made, (b) => snapshots.take(b));
    if (deed === 'flips' || deed === 'changes') ledger.altered(inputs.before, outputs.after);
    if (deed === 'derives') ledger.derived(inputs.key, outputs);
    const kind = MADE_KINDS[thing];
    const secret = outputs.privateKey ?? Object.values(outputs)[0];
    if ((deed === 'derives' || deed === 'generates') && kind && secret) ledger.secret(kind, secret);
    if (outputs.publicKey && outputs.privateKey)
      ledger.paired(outputs.publicKey, outputs.privateKey);
    if (deed === 'wraps' || deed === 'encrypts') {
      const { ciphertext, blob } = outputs;
      const forms = [ciphertext, blob].filter((form) => form !== undefined);
      ledger.sealing(inputs.plaintext, inputs.key ?? inputs.publicKey, forms);
    }
    const cargo = new Set([...namesIn(inputs), ...namesIn(outputs)]);
    memory.learn(actor, cargo);
    const facts = Object.freeze({ ...work.facts });
    record<DeedStep>({ ...base, outputs, facts, failed: false }, cargo);
    // Small outputs go out as copies of their own, so that zeroing one leaves the recording whole.
    return Object.fromEntries(
      Object.entries(outputs).map(([name, b]) => [name, snapshots.forReceiver(b)]),
    ) as unknown as Out;
  }

  function namesIn(bytes: NamedBytes): Set<string> {
    const names = new Set<string>();
    for (const value of Object.values(bytes)) for (const id of ledger.find(value)) names.add(id);
    return names;
  }

  return {
    you: deskOf('you'),
    desk: deskOf,
    async aside(work) {
      aside = true;
      try {
        await work();
      } finally {
        aside = false;
      }
    },
    chapter(id) {
      const current = chapters.at(-1) as { id: ChapterId; start: number };
      if (current.start === steps.length) chapters.pop();
      chapters.push({ id, start: steps.length });
    },
    trace() {
      return Object.freeze({
        steps: [...steps],
        secrets: [...ledger.secrets],
        sealed: [...ledger.sealed],
        chapters: chapters.map(
          ({ id, start }, i): Chapter => ({
            id,
            start,
            end: chapters[i + 1]?.start ?? steps.length,
          }),
        ),
        initial,
      });
    },
  };
}

const messageKey = (
  near: ActorId,
  arrow: '->' | '<-',
  far: ActorId,
  operation: Operation,
): MessageKey => `${near} ${arrow} ${far} ${operation}`;
const deedKey = (actor: ActorId, deed: Deed, thing: Thing): DeedKey => `${actor} ${deed} ${thing}`;

function recorded(
  bytes: NamedBytes,
  snapshot: (b: NamedBytes[string]) => NamedBytes[string],
): NamedBytes {
  const copies: Record<string, NamedBytes[string]> = {};
  for (const [name, value] of Object.entries(bytes)) copies[name] = snapshot(value);
  return Object.freeze(copies);
}
