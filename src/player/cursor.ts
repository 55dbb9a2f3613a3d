// Where a cursor can stand in a trace: on the steps that a level shows, or at rest before the first.
import { type Phase, phasesOf, type Run, visibleAt } from '../flows';
import type { Depth } from '../sim/types';
import type { AddressProblem, Place } from './place';

/** A run with what is derived from it once: which steps each level shows, and the parts of its chapters. */
export interface Loaded {
  readonly run: Run;
  readonly visible: Readonly<Record<Depth, readonly number[]>>;
  readonly phases: readonly Phase[];
}

export const load = (run: Run): Loaded => ({
  run,
  visible: {
    overview: visibleAt(run.trace, 'overview'),
    standard: visibleAt(run.trace, 'standard'),
    deep: visibleAt(run.trace, 'deep'),
  },
  phases: phasesOf(run.trace),
});

/** How many of `visible` come before `step`. Binary search: long traces cost no more. */
function countBefore(visible: readonly number[], step: number): number {
  let low = 0;
  let high = visible.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((visible[middle] as number) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last of `visible` that is not after `step`; -1 before the first. */
export function nearestVisible(visible: readonly number[], step: number): number {
  return visible[countBefore(visible, step + 1) - 1] ?? -1;
}

/** Position of the cursor among the visible steps; -1 at rest. */
export function ordinalOf(visible: readonly number[], step: number): number {
  const at = countBefore(visible, step);
  return visible[at] === step ? at : -1;
}

/** Where an asked-for place is in this trace: its step, else the start of its chapter, else at rest. */
export function landing({ step, chapter, level }: Place, { run, visible }: Loaded): number {
  const shown = visible[level];
  if (step >= 0) return nearestVisible(shown, step);
  const opened = chapter && run.trace.chapters.find(({ id }) => id === chapter);
  return opened ? (shown.find((index) => index >= opened.start && index < opened.end) ?? -1) : -1;
}

/** How the step that is shown differs from what an address says. */
export function astray({ step, chapter }: Place, { run }: Loaded, shown: number): AddressProblem[] {
  const { steps, chapters } = run.trace;
  if (step < 0) {
    const isThere =
      !chapter || chapters.some(({ id, start, end }) => id === chapter && start < end);
    return isThere ? [] : [{ part: 'chapter', value: chapter }];
  }
  if (step >= steps.length) return [{ part: 'step', value: String(step) }];
  const own = steps[step]?.chapter;
  return [
    ...(chapter && chapter !== own ? [{ part: 'other-chapter' as const, value: chapter }] : []),
    ...(shown !== step ? [{ part: 'hidden-step' as const, value: String(step) }] : []),
  ];
}

/** The place itself, or, where it lies behind the change of a fault, the last step before the change. */
export function beforeChange(place: Place, { run }: Loaded): Place {
  const change = run.trace.chapters.find(({ id }) => id === 'change');
  return change && place.step >= change.start ? { ...place, step: change.start - 1 } : place;
}
