// A run as a transcript or as one JSON document, in pieces.
import { told, words } from '../cloud/trace/words';
import { captionOf, type Run, verdictOf, whyOf } from '../src/flows';
import { json, lines, type Pieces, secretsOf, stepsOf } from '../src/flows/export';
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
    steps: stepsOf(steps, (step) => told(captionOf(run, step))),
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
    yield* lines(step, told(captionOf(run, step)));
  }
  const verdict = verdictOf(run);
  if (!verdict) return;
  const id = verdict.kind === 'caught' ? `caught ${verdict.by}` : `unnoticed ${verdict.object}`;
  yield `\n${words.t(id, { ns: 'faults' })}\n${words.t([...whyOf(run)], { ns: 'faults' })}\n`;
}
