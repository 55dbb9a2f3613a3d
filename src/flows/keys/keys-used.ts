// Keys as actors were seen to use them, read from a recorded GET.
import type { Bytes, Trace } from '../../sim';

/** The deeds in which a key opens what hangs under it. */
const OPENERS: readonly (readonly [RegExp, string])[] = [
  [/^root$/, 's3-keys unwraps object key'],
  [/^bucket\./, 's3 unwraps object key'],
  [/./, 'hsm derives per-call key'],
];

/** The key of a node, from the deed in which it opened something; undefined when it opened nothing. */
export function keyUsed({ steps }: Trace, node: string): Bytes | undefined {
  const opener = OPENERS.find(([pattern]) => pattern.test(node))?.[1];
  const step = steps.find(({ key }) => key === opener);
  return step?.kind === 'deed' ? step.inputs.key : undefined;
}

const UNWRAPS = [
  'client unwraps data key',
  's3 unwraps object key',
  'hsm unwraps data key',
  's3-keys unwraps object key',
];

/** The data key of what was read; of two layers the innermost, which is yours or KMS's. */
export function dataKeyOf({ steps }: Trace): Bytes | undefined {
  for (const key of UNWRAPS) {
    const step = steps.find((one) => one.key === key && !one.failed);
    if (step?.kind === 'deed') return step.outputs.plaintext;
  }
  return undefined;
}
