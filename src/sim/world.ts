// The network and its recorder: the one place where anything becomes a step.
//
//   1. An actor sends. The request is copied, recorded as `from -> to Operation`, and delivered.
//   2. The receiver works at its own desk: what it does is recorded too, also when it fails.
//   3. It answers. Its memory goes back to what it was, the answer is recorded as `from <- to Operation`.
//
// Calls nest and are awaited one at a time; a second call from the same desk before the first is done is refused, so
// request and response always pair. What an actor can read is found by searching the bytes it was given.
import { type Clock, isoWriter } from './clock';
import { defaultDepth } from './depth';
import { type Fate, type Hand, Lost, type Message } from './hand';
import type { RandomSource } from './random';
import { createDeeds } from './recorder/deeds';
import { Ledger } from './recorder/ledger';
import { Memory } from './recorder/memory';
import { type Bounds, Recording } from './recorder/recording';
import { Snapshots } from './recorder/snapshots';
import { type Moment, requestStep, responseStep } from './recorder/steps';
import type {
  Actor,
  ActorId,
  ChapterId,
  Depth,
  Desk,
  Headers,
  HttpRequest,
  HttpResponse,
  MessageKey,
  Operation,
  Step,
  StepKey,
  Trace,
} from './types';

export interface WorldOptions {
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly actors: Partial<Record<ActorId, Actor>>;
  /** Steps that in this world are shown at the Deep level only, unless they fail. */
  readonly deep?: readonly StepKey[];
  /** Called after each step, for progress. */
  readonly onStep?: (step: Step) => void;
  /** How much of a long life is recorded; all of it unless told. */
  readonly bounds?: Bounds;
  /** Reaches into the world from outside, between its steps and into its messages. */
  readonly hand?: Hand | undefined;
}

export interface World {
  /** Your own desk: whoever sits there starts everything. */
  readonly you: Desk;
  /** Another actor's desk, for what befalls it from outside (a disk that rots, an operator's hand). */
  desk(actor: ActorId): Desk;
  /** Steps in here set the scene: they are shown at the Deep level only. */
  aside(work: () => Promise<void>): Promise<void>;
  /** The hand's last chance, when nothing else is to come. */
  reach(): Promise<void>;
  /** Opens a chapter: steps from here on belong to it. */
  chapter(id: ChapterId): void;
  trace(): Trace;
}

export function createWorld(options: WorldOptions): World {
  const { clock, actors, onStep, bounds, hand } = options;
  const snapshots = new Snapshots();
  const ledger = new Ledger(snapshots);
  const memory = new Memory(ledger, snapshots, bounds !== undefined);
  const recording = new Recording(bounds);
  const initial = memory.state();
  const iso = isoWriter();
  let nesting = 0;
  let aside = false;
  /** The hand is in the world, and everybody else stands still: desks that are busy may be asked all the same. */
  let reached = false;
  // What the hand does draws from a stream of its own, so that the world goes on with the bytes it would have had.
  const random: RandomSource = (length) => (reached && hand ? hand : options).random(length);

  async function reach(work: () => Promise<void>): Promise<void> {
    const before = { nesting, aside };
    reached = true;
    try {
      await work();
    } finally {
      reached = false;
      ({ nesting, aside } = before);
    }
  }

  /** Gives the hand its chance, before whatever comes next. */
  async function pause(): Promise<void> {
    const work = reached ? undefined : hand?.due(recording.next);
    if (!work) return;
    await reach(() => {
      nesting = 0;
      return work();
    });
  }

  const depthOf = (key: StepKey, failed: boolean): Depth =>
    aside || (!failed && options.deep?.includes(key)) ? 'deep' : defaultDepth(key, failed);

  function momentOf(key: StepKey, failed: boolean, cargo: Iterable<string>): Moment {
    clock.advance(1);
    const { knows, has, shelf } = memory.state();
    return {
      index: recording.next,
      chapter: recording.chapter,
      depth: depthOf(key, failed),
      at: iso(clock.now()),
      nesting,
      cargo: Object.freeze([...cargo]),
      knows,
      has,
      shelf,
    };
  }

  function record(step: Step): void {
    recording.add(step);
    onStep?.(step);
  }

  /** After a request from outside: what is no longer recorded is not looked for any more, either. */
  function forgetOldest(): void {
    const named = recording.trim(snapshots.recordedBytes);
    if (!named) return;
    const kept = ledger.closure([...named, ...memory.keysOnShelves()]);
    ledger.retain(kept);
    memory.retain(kept);
    snapshots.retain(ledger.registered());
  }

  const freezeRequest = ({ method, path, headers, body }: HttpRequest): HttpRequest =>
    Object.freeze({
      method,
      path,
      headers: Object.freeze({ ...headers }),
      body: snapshots.of(body),
    });
  const freezeResponse = ({ status, headers, body }: HttpResponse): HttpResponse =>
    Object.freeze({ status, headers: Object.freeze({ ...headers }), body: snapshots.of(body) });
  /** Whoever gets a message may change its headers and, up to a size, its body; the recording stays. */
  const deliver = <M extends { headers: Headers; body: HttpRequest['body'] }>(m: M): M => ({
    ...m,
    headers: { ...m.headers },
    body: snapshots.forReceiver(m.body),
  });

  const deeds = createDeeds({ ledger, memory, snapshots, record, momentOf });

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
      if (busy && !reached)
        throw new Error(`${actor} started something before the last thing was done`);
      const before = busy;
      busy = true;
      try {
        if (hand) await pause();
        const done = await work();
        if (hand) await pause();
        return done;
      } finally {
        busy = before;
      }
    }

    /** What you say yourself is on no line. */
    const fateOf = (message: Message): Fate | undefined =>
      reached || actor === 'you' ? undefined : hand?.fate(recording.next, message);

    async function exchange(
      to: ActorId,
      operation: Operation,
      message: HttpRequest,
      fate: Fate | undefined,
    ): Promise<HttpResponse> {
      const handler = actors[to];
      if (!handler) throw new Error(`nobody answers for ${to}`);
      if (nesting === 0) recording.begins(snapshots.recordedBytes);
      const arriving = fate?.changed ? freezeRequest({ ...message, ...fate.changed }) : message;
      ledger.altered(message.body, arriving.body);
      const cargo = ledger.findInMessage(message.path, message.headers, message.body);
      const incoming =
        arriving === message
          ? cargo
          : ledger.findInMessage(arriving.path, arriving.headers, arriving.body);
      const lost = fate?.deed === 'drops';
      const before = lost ? undefined : memory.enter(to, incoming);
      const asked = messageKey(actor, '->', to, operation);
      const moment = momentOf(asked, false, cargo);
      record(
        requestStep({ key: asked, from: actor, to, operation, message, failed: false }, moment),
      );
      if (fate && fate.deed !== 'repeats') deeds.meddle(fate, message, arriving);
      if (!before) throw new Lost();
      nesting++;
      let answer: HttpResponse;
      try {
        if (hand) await pause();
        answer = freezeResponse(await handler(deliver(arriving), deskOf(to), actor));
      } finally {
        nesting--;
        memory.leave(to, before);
      }
      const back = fateOf(answer);
      const coming = back?.changed ? freezeResponse({ ...answer, ...back.changed }) : answer;
      ledger.altered(answer.body, coming.body);
      const outgoing = ledger.findInMessage('', answer.headers, answer.body);
      if (back?.deed !== 'drops')
        memory.learn(
          actor,
          coming === answer ? outgoing : ledger.findInMessage('', coming.headers, coming.body),
        );
      const key = messageKey(actor, '<-', to, operation);
      const failed = answer.status >= 400;
      record(
        responseStep(
          {
            key,
            from: to,
            to: actor,
            operation,
            message: answer,
            answers: moment.index,
            failed,
          },
          momentOf(key, failed, outgoing),
        ),
      );
      if (back) deeds.meddle(back, answer, coming);
      if (nesting === 0) forgetOldest();
      if (back?.deed === 'drops') throw new Lost();
      return deliver(coming);
    }

    return {
      actor,
      random: (length) => random(length),
      now: () => clock.now(),

      send: (to, operation, request) =>
        alone(async () => {
          const message = freezeRequest(request);
          const fate = fateOf(message);
          const answer = await exchange(to, operation, message, fate);
          // The copy is answered too; whoever asked has an answer already, and does not look at it.
          if (fate?.deed === 'repeats')
            await reach(async () => {
              deeds.meddle(fate, message, message);
              await exchange(to, operation, message, undefined);
            });
          return answer;
        }),

      does: (deed, thing, work) => alone(() => deeds.carryOut(actor, deed, thing, work)),

      holds(kind, secret) {
        const id = ledger.secret(kind, secret);
        memory.learn(actor, [id]);
        return id;
      },

      keeps(shelf, things) {
        memory.shelve(actor, shelf, things);
      },

      forgets: (thing, secret) => deeds.forget(actor, thing, secret),
    };
  }

  return {
    you: deskOf('you'),
    desk: deskOf,
    async aside(work) {
      const before = aside;
      aside = true;
      try {
        await work();
      } finally {
        aside = before;
      }
    },
    chapter: (id) => recording.open(id),
    reach: () => pause(),
    trace() {
      return Object.freeze({
        ...recording.trace(),
        secrets: [...ledger.secrets],
        sealed: [...ledger.sealed],
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
