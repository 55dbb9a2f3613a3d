// How long each secret was readable, and for whom: read from what a trace says after each step.
import type { ActorId, Knowledge, SecretId, Trace } from '../../sim/types';

/** Positions on the track, 0 (at rest) to the number of visible steps, after which a secret was readable. */
export interface Span {
  readonly first: number;
  readonly last: number;
  /** On a shelf, where it outlasts a request; else in memory for the request only. */
  readonly kept: boolean;
}

export interface Lifetime {
  readonly id: SecretId;
  readonly actor: ActorId;
  readonly spans: readonly Span[];
}

const LAST: ActorId = 'storage';

function spansOf(known: readonly Knowledge[], actor: ActorId, id: SecretId): Span[] {
  const spans: Span[] = [];
  known.forEach(({ knows, shelf }, position) => {
    if (!knows[actor].includes(id)) return;
    const kept = shelf[actor].includes(id);
    const open = spans.at(-1);
    if (open && open.last === position - 1 && open.kept === kept)
      spans[spans.length - 1] = { ...open, last: position };
    else spans.push({ first: position, last: position, kept });
  });
  return spans;
}

/**
 * For each of `secrets` a lifetime with every actor that could ever read it at the steps shown, and one on the disks,
 * where the answer is to be: never. Actors in the order of `actors`, the disks last.
 */
export function lifetimesOf(
  trace: Trace,
  visible: readonly number[],
  secrets: readonly SecretId[],
  actors: readonly ActorId[],
): Lifetime[] {
  const known = [
    trace.initial,
    ...visible.flatMap((index) => trace.steps[index] ?? []),
  ] satisfies Knowledge[];
  const order = [...actors.filter((actor) => actor !== LAST), LAST];
  return secrets.flatMap((id) =>
    order
      .map((actor) => ({ id, actor, spans: spansOf(known, actor, id) }))
      .filter(({ actor, spans }) => spans.length > 0 || actor === LAST),
  );
}

/** The part of a lifetime up to a position. */
export const until = (spans: readonly Span[], at: number): readonly Span[] =>
  spans
    .filter(({ first }) => first <= at)
    .map((span) => ({ ...span, last: Math.min(span.last, at) }));

/** How many of the steps shown a lifetime covers; being there at rest is no step. */
export const stepsOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, { first, last }) => sum + last - Math.max(first, 1) + 1, 0);
