// Steps as lines of text, and as what is written in JSON documents.
import type { Secret, Step } from '../../sim';
import { Encoded, hexed, type Pieces } from './json';

/** The words of a step's caption. */
export type Told = (step: Step) => string;

/** One step. `message` and `deed` are present according to the kind. */
function stepOf(step: Step, caption: string) {
  const common = {
    index: step.index,
    key: step.key,
    kind: step.kind,
    chapter: step.chapter,
    at: step.at,
    depth: step.depth,
    caption,
    failed: step.failed,
    knows: step.knows,
  };
  if (step.kind === 'deed') {
    const { actor, algorithm, inputs, outputs, facts } = step;
    const deed = { algorithm, inputs: hexed(inputs), outputs: hexed(outputs), facts };
    return { ...common, from: actor, to: actor, operation: `${step.deed} ${step.thing}`, deed };
  }
  const { headers, body } = step.message;
  const first =
    step.kind === 'request'
      ? { method: step.message.method, path: step.message.path }
      : { status: step.message.status };
  const message = { ...first, headers, bodyBase64: new Encoded(body, 'base64') };
  return { ...common, from: step.from, to: step.to, operation: step.operation, message };
}

export function* stepsOf(steps: readonly Step[], told: Told) {
  for (const step of steps) yield stepOf(step, told(step));
}

export const secretsOf = (secrets: readonly Secret[]) =>
  secrets.map(({ id, kind, bytes }) => ({ id, thing: kind, hex: new Encoded(bytes, 'hex') }));

/** Index and key, and below them the caption. */
export function* lines(step: Step, caption: string): Pieces {
  yield `${String(step.index).padStart(4)}  ${step.key}${step.failed ? ' ✗' : ''}\n`;
  yield `      ${caption}\n`;
}
