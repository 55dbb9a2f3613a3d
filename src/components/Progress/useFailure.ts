// Why there is no run, in a sentence.
import { usePlayed, useWords } from '../context';

export interface Failure {
  readonly why: 'unreadable' | 'broken' | 'cancelled';
  readonly text: string;
  /** What the machine said: only of our own bugs. */
  readonly detail: string | undefined;
}

export function useFailure(): Failure | undefined {
  const words = useWords('panels');
  const work = usePlayed((s) => s.work);
  if (work.kind !== 'failed') return undefined;
  const { why, message } = work;
  return {
    why,
    text: words(`failed ${why}`),
    detail: why === 'broken' ? message : undefined,
  };
}
