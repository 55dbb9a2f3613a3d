// Which steps of a recording belong to which request from outside.
import type { RequestStep, Step, Trace } from '../../src/sim';

export interface Answered {
  readonly request: RequestStep;
  /** The request itself first, its answer last. */
  readonly steps: readonly Step[];
}

/** The last `count` requests, the oldest first. */
export function lastRequests({ steps }: Trace, count: number): readonly Answered[] {
  const starts = steps.filter(
    (step): step is RequestStep => step.kind === 'request' && step.nesting === 0,
  );
  return starts.slice(Math.max(0, starts.length - count)).map((request) => {
    const next = starts[starts.indexOf(request) + 1]?.index ?? steps.length;
    return { request, steps: steps.slice(request.index, next) };
  });
}
