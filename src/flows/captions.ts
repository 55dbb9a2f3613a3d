// Which words go with a step. The words are in the catalogues; here is only which entry, and what to fill in from the
// step. Ids are tried in order: the more particular first, and the last one always exists.
import { fromUtf8, readJson, type Step, toUtf8, unreachable } from '../sim';
import type { CaptionId } from '../words/types';
import { variantOf } from './outline';
import type { Run, Story } from './types';

export interface Caption {
  readonly ids: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** The entry that fits any step of a kind, so that whatever happens is narrated. */
function anyStep(step: Step): CaptionId {
  switch (step.kind) {
    case 'request':
      return 'any request';
    case 'response':
      return step.failed ? 'any failed response' : 'any response';
    case 'deed':
      return step.failed ? 'any failed deed' : 'any deed';
    default:
      return unreachable(step);
  }
}

/** The caption that the story itself gives a step, as long as the trace has kept to the story. */
function told(run: Run, step: Step): CaptionId | undefined {
  if (step.chapter === 'change') return undefined;
  const story: Story = variantOf(run.scenario).story[step.chapter];
  const start = run.trace.chapters.find(({ id }) => id === step.chapter)?.start ?? 0;
  const at = step.index - start;
  for (let i = 0; i <= at; i++) {
    const line = story[i];
    const key = typeof line === 'string' ? line : line?.[0];
    if (key !== run.trace.steps[start + i]?.key) return undefined;
  }
  const line = story[at];
  return typeof line === 'string' ? undefined : line?.[1];
}

const ERROR_CODE = /<Code>([^<]*)<\/Code>/;

/** The error code in an answer of S3 (XML), KMS (`__type`) or the client library (`name`). */
function errorOf(body: Uint8Array<ArrayBuffer>): { code: string; message: string } {
  if (body.length > 4096) return { code: '', message: '' };
  const text = toUtf8(body);
  const json = readJson(fromUtf8(text));
  const code = ERROR_CODE.exec(text)?.[1] ?? String(json?.__type ?? json?.name ?? '');
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? String(json?.message ?? '');
  return { code, message };
}

/** What an answer says about itself; empty strings for a step that is no answer. */
export function answerOf(step: Step): { status: string; code: string; message: string } {
  if (step.kind !== 'response') return { status: '', code: '', message: '' };
  const error = step.failed ? errorOf(step.message.body) : { code: '', message: '' };
  return { status: String(step.message.status), ...error };
}

function valuesOf(step: Step): Record<string, string> {
  if (step.kind === 'deed') {
    return { ...step.facts, actor: step.actor, deed: step.deed, thing: step.thing };
  }
  return { ...answerOf(step), from: step.from, to: step.to, operation: step.operation };
}

/** Your object is the first that a world hears of. */
export const YOUR_OBJECT = 'O1';

/** True when a GET has ended and returned another object than yours. */
export const returnsAnother = (run: Run, step: Step): boolean =>
  step.key === 'you <- client GetObject' &&
  step.kind === 'response' &&
  !step.failed &&
  (run.scenario.own.object.length === 0
    ? step.message.body.length > 0
    : !step.cargo.includes(YOUR_OBJECT));

export function captionOf(run: Run, step: Step): Caption {
  const { flow, variant } = run.scenario;
  const own = told(run, step);
  const key = returnsAnother(run, step)
    ? `${step.key} (other)`
    : step.failed
      ? `failed: ${step.key}`
      : step.key;
  const particular = step.failed ? [] : [`${flow}/${variant}: ${key}`, `${flow}: ${key}`];
  return {
    ids: [...(own ? [own] : []), ...particular, key, anyStep(step)],
    values: valuesOf(step),
  };
}
