// Where a cursor can stand in a trace: on the steps that a level shows, or at rest before the first.
import { type Phase, phasesOf, type Run, visibleAt } from '../flows';
import type { Depth } from '../sim/types';
import type { Place } from './place';

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
