// The calls in a recording that CloudTrail hears of: whatever reaches S3 or KMS, from outside or from S3 in somebody's name.
import { ANONYMOUS, PRINCIPAL } from '../names';
import type { DeedStep, RequestStep, ResponseStep, Step } from '../types';

export interface Call {
  readonly request: RequestStep;
  readonly answer: ResponseStep;
  /** What the service itself did about it, without what it asked of others. */
  readonly deeds: readonly DeedStep[];
  readonly principal: string;
  readonly accessKeyId: string | undefined;
}

const isHeardOf = (step: Step): step is RequestStep =>
  step.kind === 'request' && (step.to === 's3' || step.to === 'kms');

/** In the order in which they were answered, as events come to a log. */
export function callsIn(steps: readonly Step[]): readonly Call[] {
  const byIndex = new Map(steps.map((step) => [step.index, step]));
  return steps.flatMap((answer) => {
    if (answer.kind !== 'response') return [];
    const request = byIndex.get(answer.answers);
    if (!request || !isHeardOf(request)) return [];
    const deeds = steps.filter(
      (step): step is DeedStep =>
        step.kind === 'deed' &&
        step.actor === request.to &&
        step.index > request.index &&
        step.index < answer.index,
    );
    const signed = deeds.find(({ key }) => key.endsWith('checks signature'))?.facts;
    const principal = signed?.principal ?? request.message.headers[PRINCIPAL] ?? ANONYMOUS;
    return [{ request, answer, deeds, principal, accessKeyId: signed?.accessKeyId }];
  });
}

/** A fact of the service's last deed that has it. */
export const factOf = ({ deeds }: Call, deed: string, name: string): string | undefined =>
  deeds.findLast((step) => step.deed === deed && step.facts[name] !== undefined)?.facts[name];
