// A notice in sentences: what was wrong, named, and what is shown instead.
import { useMemo } from 'react';
import type { AddressProblem, Notice, Place } from '../../player';
import { MAX_OBJECT_BYTES } from '../../player';
import { usePlayed, useWords } from '../context';
import { useSize } from '../useSize';

const LONGEST = 40;
const named = (value: string): string =>
  [...value].length > LONGEST ? `${[...value].slice(0, LONGEST).join('')}…` : value;

/** Which entry tells of a problem: a step that is a number is one past the end. */
export const entryOf = ({ part, value }: AddressProblem): string =>
  part === 'step' && /^\d{1,6}$/.test(value) ? 'address step beyond' : `address ${part}`;

export function useNotice(): readonly string[] {
  const words = useWords('panels');
  const flows = useWords('flows');
  const size = useSize();
  const notice = usePlayed((s) => s.notice);
  const place = usePlayed((s) => s.place);
  const total = usePlayed((s) => s.loaded?.run.trace.steps.length ?? 0);
  return useMemo(() => {
    const address = (problem: AddressProblem, at: Place | undefined): string =>
      words(entryOf(problem), {
        value: named(problem.value),
        total,
        last: Math.max(0, total - 1),
        flow: at ? flows(`flow ${at.flow}`) : '',
        variant: at ? flows(`variant ${at.variant}`) : '',
        seed: at?.seed ?? '',
      });
    const sentences = (one: Notice): readonly string[] => {
      if (one.kind === 'address') return one.problems.map((problem) => address(problem, place));
      const values =
        one.kind === 'file-too-large'
          ? { size: size(one.size, MAX_OBJECT_BYTES), limit: size(MAX_OBJECT_BYTES) }
          : undefined;
      return [words(`notice ${one.kind}`, values)];
    };
    return notice ? sentences(notice) : [];
  }, [notice, place, total, words, flows, size]);
}
