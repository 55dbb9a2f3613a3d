// What is said of a step, in one short sentence each. Words come from whoever says them.
import { type Loaded, ordinalOf, type Place } from '../../player';
import type { Step } from '../../sim/types';

export interface Sentence {
  readonly id: 'status rest' | 'status step' | 'status failed';
  readonly values: Readonly<Record<string, string | number>>;
}

/** "Step 4 of 15. S3 asks KMS for a data key." */
export function sentenceOf(
  loaded: Loaded,
  place: Pick<Place, 'level' | 'step'>,
  caption: (step: Step) => string,
): Sentence {
  const shown = loaded.visible[place.level];
  const step = loaded.run.trace.steps[place.step];
  const total = shown.length;
  if (!step) return { id: 'status rest', values: { total } };
  return {
    id: step.failed ? 'status failed' : 'status step',
    values: { number: ordinalOf(shown, step.index) + 1, total, caption: caption(step) },
  };
}
