// A run as a transcript or as one JSON document, in pieces.
import { json, type Pieces } from '../cloud/trace/json';
import { lines, secretsOf, stepsOf, words } from '../cloud/trace/steps';
import { captionOf, type Run, verdictOf, whyOf } from '../src/flows';
import type { Step } from '../src/sim';

export function* asJson(run: Run, steps: readonly Step[]): Pieces {
  const { scenario, trace } = run;
  const { flow, variant, fault, seed } = scenario;
  yield* json({
    flow,
    variant,
    fault: fault ?? null,
    seed,
    verdict: verdictOf(run) ?? null,
    steps: stepsOf(steps, (step) => captionOf(run, step)),
    secrets: secretsOf(trace.secrets),
  });
  yield '\n';
}

export function* asText(run: Run, steps: readonly Step[]): Pieces {
  const { flow, variant, fault, seed } = run.scenario;
  const named = [
    words.t(`flow ${flow}`, { ns: 'flows' }),
    words.t(`variant ${variant}`, { ns: 'flows' }),
    ...(fault ? [words.t(`fault ${fault}`, { ns: 'faults' })] : []),
    `seed ${seed}`,
  ];
  yield `${named.join(', ')}\n`;
  let chapter = '';
  for (const step of steps) {
    if (step.chapter !== chapter) {
      chapter = step.chapter;
      yield `\n${words.t(`chapter ${chapter}`, { ns: 'flows' })}\n`;
    }
    yield* lines(step, captionOf(run, step));
  }
  const verdict = verdictOf(run);
  if (!verdict) return;
  const id = verdict.kind === 'caught' ? `caught ${verdict.by}` : `unnoticed ${verdict.object}`;
  yield `\n${words.t(id, { ns: 'faults' })}\n${words.t([...whyOf(run)], { ns: 'faults' })}\n`;
}
