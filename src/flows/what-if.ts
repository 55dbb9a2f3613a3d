// What can be changed at a step, and where two histories part. Read from traces alone.
import {
  type Bytes,
  encodeKey,
  type NamedBytes,
  type RequestStep,
  type Step,
  sameBytes,
  type Trace,
} from '../sim';
import type { Change, Run, What } from './types';

const IN_FLIGHT = ['drop', 'replay', 'flip', 'header'];
/** It befalls the message that is its step; other changes come after their step. */
export const isInFlight = ({ kind }: What): boolean => IN_FLIGHT.includes(kind);

interface Handles {
  /** The step's own message, where it is one that goes over a line. */
  readonly message:
    | {
        readonly kind: 'request' | 'response';
        readonly body: Bytes;
        readonly headers: Readonly<Record<string, string>>;
      }
    | undefined;
  /** The object as it was put to rest before. */
  readonly stored: Bytes | undefined;
  /** A KMS key of yours. */
  readonly key: boolean;
  /** By then the scene is set, and there is a bucket. */
  readonly bucket: boolean;
}

function messageAt(step: Step): Handles['message'] {
  if (step.kind === 'deed' || step.from === 'you' || step.to === 'you') return undefined;
  const { headers, body } = step.message;
  return { kind: step.kind, body, headers };
}

/** At the end, and before the scene is set, there is nothing to change. */
export function handlesAt({ scenario, trace, outside }: Run, index: number): Handles | undefined {
  const step = trace.steps[index];
  if (!step || outside || step.chapter === 'prepare' || index === trace.steps.length - 1)
    return undefined;
  const { bucket, key } = scenario.own;
  const path = `/${bucket}/${encodeKey(key)}`;
  const until = trace.steps.slice(0, index + 1);
  const written = until.findLast(
    (s): s is RequestStep =>
      s.kind === 'request' && s.operation === 'WriteObject' && s.message.path === path,
  );
  const isWritten =
    written && until.some((s) => s.kind === 'response' && s.answers === written.index);
  return {
    message: messageAt(step),
    stored: isWritten ? written.message.body : undefined,
    key: until.some((s) => s.key === 'you <- kms CreateKey'),
    bucket: true,
  };
}

/** Whether a change did anything in the run that has it. */
export function hasTaken(change: Change, run: Run): boolean {
  const handles = handlesAt(run, change.at);
  if (!handles) return false;
  const { message, stored, key } = handles;
  switch (change.kind) {
    case 'drop':
    case 'header':
      return message !== undefined;
    case 'replay':
      return message?.kind === 'request';
    case 'flip':
      return message !== undefined && change.bit < message.body.length * 8;
    case 'stored-flip':
      return stored !== undefined && change.bit < stored.length * 8;
    case 'stored-swap':
    case 'stored-back':
      return stored !== undefined;
    case 'key':
      return key;
    case 'policy':
      return change.of !== 'key' || key;
    default:
      return true;
  }
}

const sameNamed = (a: NamedBytes, b: NamedBytes): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, bytes]) => {
    const other = b[name];
    return other !== undefined && sameBytes(bytes, other);
  });

const sameRecord = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

function sameStep(a: Step, b: Step): boolean {
  if (a.key !== b.key || a.failed !== b.failed) return false;
  if (a.kind === 'deed' && b.kind === 'deed')
    return (
      sameRecord(a.facts, b.facts) &&
      sameNamed(a.inputs, b.inputs) &&
      sameNamed(a.outputs, b.outputs)
    );
  if (a.kind === 'deed' || b.kind === 'deed') return false;
  const { body: mine, ...ours } = a.message;
  const { body: others, ...theirs } = b.message;
  return sameRecord(ours, theirs) && sameBytes(mine, others);
}

/** Index of the first step in which two histories differ; undefined when they do not. */
export function partingOf(one: Trace, other: Trace): number | undefined {
  const length = Math.max(one.steps.length, other.steps.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [one.steps[i], other.steps[i]];
    if (!a || !b || !sameStep(a, b)) return i;
  }
  return undefined;
}

/** Where a step is in another history: the same one of its key, or of the nearest step before that is in both. */
export function counterpartOf(index: number, from: Trace, to: Trace): number {
  const places = new Map<string, number[]>();
  for (const { key, index: at } of to.steps) {
    const known = places.get(key);
    if (known) known.push(at);
    else places.set(key, [at]);
  }
  for (let i = index; i >= 0; i--) {
    const key = from.steps[i]?.key ?? '';
    const nth = from.steps.slice(0, i).filter((s) => s.key === key).length;
    const there = places.get(key)?.[nth];
    if (there !== undefined) return there;
  }
  return -1;
}
