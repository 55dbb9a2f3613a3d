// What the stage shows at a step, read from the trace: what lies on each desk and what just changed, which ways have been
// gone in this chapter, and what is carried. A projection; it decides nothing.
import { ACTORS, type Run } from '../../flows';
import type { Loaded } from '../../player';
import { ordinalOf } from '../../player';
import type { ActorId, Depth, Knowledge, Step, Trace } from '../../sim/types';
import { seenAt } from './seen';

export interface Holding {
  readonly id: string;
  readonly kept: boolean;
  readonly change: 'none' | 'new' | 'gone';
}

/** An arrow of an earlier step: who to whom, and the numbers of the steps that went this way. */
export interface Gone {
  readonly from: ActorId;
  readonly to: ActorId;
  readonly isAnswer: boolean;
  readonly numbers: readonly number[];
  readonly failed: boolean;
}

export interface Scene {
  readonly step: Step | undefined;
  /** 1-based among the steps that the level shows; 0 at rest. */
  readonly number: number;
  readonly holdings: Readonly<Record<ActorId, readonly Holding[]>>;
  readonly gone: readonly Gone[];
  readonly cargo: CargoFlow;
  readonly inPlay: ReadonlySet<ActorId>;
  /** Actors that take part in this run at all. */
  readonly takesPart: ReadonlySet<ActorId>;
}

const actorsOf = (step: Step): readonly ActorId[] =>
  step.kind === 'deed' ? [step.actor] : [step.from, step.to];

const takers = new WeakMap<Trace, ReadonlySet<ActorId>>();
function takersOf(trace: Trace): ReadonlySet<ActorId> {
  const known = takers.get(trace);
  if (known) return known;
  const found = new Set(trace.steps.flatMap(actorsOf));
  takers.set(trace, found);
  return found;
}

/** The knowledge that stands before a visible step: what the one before it, as seen at this level, left. */
function knowledgeBefore(trace: Trace, visible: readonly number[], step: number): Knowledge {
  const at = step < 0 ? 0 : ordinalOf(visible, step);
  const before = at > 0 ? visible[at - 1] : (visible[0] ?? 0) - 1;
  return trace.steps[before ?? -1] ?? trace.initial;
}

type Seen = (ids: readonly string[]) => readonly string[];

/** Everything an actor has, readable or sealed, objects first. */
const allOf = ({ knows, has }: Knowledge, actor: ActorId, seen: Seen): readonly string[] =>
  seen([
    ...knows[actor].filter((id) => id.startsWith('O')),
    ...knows[actor].filter((id) => !id.startsWith('O')),
    ...has[actor],
  ]);

function holdingsOf(before: Knowledge, now: Knowledge, actor: ActorId, seen: Seen): Holding[] {
  const had = allOf(before, actor, seen);
  const has = allOf(now, actor, seen);
  const kept = seen(now.shelf[actor]);
  const wasKept = seen(before.shelf[actor]);
  const present = has.map(
    (id): Holding => ({
      id,
      kept: kept.includes(id),
      change: had.includes(id) ? 'none' : 'new',
    }),
  );
  const lost = had
    .filter((id) => !has.includes(id))
    .map((id): Holding => ({ id, kept: wasKept.includes(id), change: 'gone' }));
  return [...present, ...lost];
}

function goneOf(trace: Trace, visible: readonly number[], at: number): Gone[] {
  const current = trace.steps[visible[at] as number] as Step;
  const ways = new Map<
    string,
    { from: ActorId; to: ActorId; isAnswer: boolean; numbers: number[]; failed: boolean }
  >();
  for (let i = at - 1; i >= 0; i--) {
    const step = trace.steps[visible[i] as number] as Step;
    if (step.chapter !== current.chapter) break;
    if (step.kind === 'deed') continue;
    const name = `${step.from} ${step.to} ${step.kind}`;
    const way = ways.get(name);
    if (way) way.numbers.unshift(i + 1);
    else
      ways.set(name, {
        from: step.from,
        to: step.to,
        isAnswer: step.kind === 'response',
        numbers: [i + 1],
        failed: step.failed,
      });
  }
  return [...ways.values()];
}

export function sceneOf({ run, visible: byLevel }: Loaded, level: Depth, index: number): Scene {
  // A key for one call lies on no desk for long: below the Deep level it is left out there.
  const seen: Seen = (ids) =>
    seenAt(run, level, level === 'deep' ? ids : ids.filter((id) => !id.startsWith('P')));
  const { trace } = run;
  const visible = byLevel[level];
  const step = trace.steps[index];
  const before = knowledgeBefore(trace, visible, index);
  const now: Knowledge = step ?? before;
  const at = step ? ordinalOf(visible, index) : -1;
  const holdings = Object.fromEntries(
    ACTORS.map((actor) => [actor, holdingsOf(before, now, actor, seen)]),
  ) as unknown as Scene['holdings'];
  return {
    step,
    number: at + 1,
    holdings,
    gone: at > 0 ? goneOf(trace, visible, at) : [],
    cargo: step ? cargoOf(run, level, step) : { inputs: [], outputs: [] },
    inPlay: new Set(step ? actorsOf(step) : []),
    takesPart: takersOf(trace),
  };
}

/** What is carried; of a deed, what the actor had before and what came out. */
export interface CargoFlow {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

function cargoOf(run: Run, level: Depth, step: Step): CargoFlow {
  const seen: Seen = (ids) => seenAt(run, level, ids);
  if (step.kind !== 'deed') return { inputs: [], outputs: seen(step.cargo) };
  const previous: Knowledge = run.trace.steps[step.index - 1] ?? run.trace.initial;
  const had = [...previous.knows[step.actor], ...previous.has[step.actor]];
  return {
    inputs: seen(step.cargo.filter((id) => had.includes(id))),
    outputs: seen(step.cargo.filter((id) => !had.includes(id))),
  };
}
