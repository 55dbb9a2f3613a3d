// What the stage shows at a step, read from the trace: what lies on each desk and what just changed, which ways have been
// gone in this chapter, and what is carried. A projection; it decides nothing.
import { ACTORS } from '../../flows';
import type { Loaded } from '../../player';
import { ordinalOf } from '../../player';
import type { ActorId, Depth, Knowledge, Step, Trace } from '../../sim/types';

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

/** Everything an actor has, readable or sealed; per-call keys only where they are looked for. */
function allOf({ knows, has }: Knowledge, actor: ActorId, deep: boolean): readonly string[] {
  const objectsFirst = [...knows[actor]].sort(
    (a, b) => Number(b.startsWith('O')) - Number(a.startsWith('O')),
  );
  const all = [...objectsFirst, ...has[actor]];
  return deep ? all : all.filter((id) => !id.startsWith('P'));
}

function holdingsOf(before: Knowledge, now: Knowledge, actor: ActorId, deep: boolean): Holding[] {
  const had = allOf(before, actor, deep);
  const has = allOf(now, actor, deep);
  const kept = (id: string): boolean =>
    now.shelf[actor].includes(id) || before.shelf[actor].includes(id);
  const present = has.map(
    (id): Holding => ({
      id,
      kept: now.shelf[actor].includes(id),
      change: had.includes(id) ? 'none' : 'new',
    }),
  );
  const lost = had
    .filter((id) => !has.includes(id))
    .map((id): Holding => ({ id, kept: kept(id), change: 'gone' }));
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
  const { trace } = run;
  const visible = byLevel[level];
  const step = trace.steps[index];
  const before = knowledgeBefore(trace, visible, index);
  const now: Knowledge = step ?? before;
  const at = step ? ordinalOf(visible, index) : -1;
  const holdings = Object.fromEntries(
    ACTORS.map((actor) => [actor, holdingsOf(before, now, actor, level === 'deep')]),
  ) as unknown as Scene['holdings'];
  return {
    step,
    number: at + 1,
    holdings,
    gone: at > 0 ? goneOf(trace, visible, at) : [],
    inPlay: new Set(step ? actorsOf(step) : []),
    takesPart: takersOf(trace),
  };
}

/** A deed's cargo, told apart: what the actor had before, and what came out. */
export function deedFlow(
  loaded: Loaded,
  step: Step,
): { readonly inputs: readonly string[]; readonly outputs: readonly string[] } {
  const previous: Knowledge = loaded.run.trace.steps[step.index - 1] ?? loaded.run.trace.initial;
  if (step.kind !== 'deed') return { inputs: [], outputs: step.cargo };
  const had = [...previous.knows[step.actor], ...previous.has[step.actor]];
  return {
    inputs: step.cargo.filter((id) => had.includes(id)),
    outputs: step.cargo.filter((id) => !had.includes(id)),
  };
}
