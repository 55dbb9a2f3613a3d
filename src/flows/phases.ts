// Parts of a chapter, so that a row of steps reads as a few things: ask, get a key, encrypt, store, confirm.
import { type ChapterId, DEPTHS, type Depth, type Step, type Trace } from '../sim';

export const PHASE_IDS = [
  'set-up',
  'ask',
  'key',
  'encrypt',
  'store',
  'fetch',
  'decrypt',
  'answer',
  'change',
] as const;
export type PhaseId = (typeof PHASE_IDS)[number];

export interface Phase {
  readonly id: PhaseId;
  readonly chapter: ChapterId;
  readonly start: number;
  readonly end: number;
}

const KEY_TALK = /GenerateDataKey|Decrypt$|WrapObjectKey|UnwrapObjectKey|BackingKey/;
const KEY_WORK = /(generates|wraps|unwraps|derives|commits|hashes|checks) (?!upload)/;

function phaseOf(step: Step, previous: PhaseId | undefined): PhaseId {
  if (step.chapter === 'prepare') return 'set-up';
  if (step.chapter === 'change') return 'change';
  const get = step.chapter === 'get';
  const { key } = step;
  if (/^you generates/.test(key)) return 'key';
  if (/^you|client (->|<-) s3/.test(key)) {
    const asks = step.kind === 'request';
    return asks ? (previous === 'encrypt' && !get ? 'store' : 'ask') : 'answer';
  }
  if (/ storage /.test(key)) return get ? 'fetch' : 'store';
  if (/(hashes|checks) customer key/.test(key)) return get ? 'decrypt' : 'encrypt';
  if (KEY_TALK.test(key)) return 'key';
  if (/(encrypts|decrypts) object/.test(key)) return get ? 'decrypt' : 'encrypt';
  if (/authorises|checks (upload|signature)|chooses/.test(key)) return previous ?? 'ask';
  if (KEY_WORK.test(key)) return 'key';
  return previous ?? 'ask';
}

/** Consecutive steps of one phase, over the whole trace. */
export function phasesOf(trace: Trace): readonly Phase[] {
  const phases: { id: PhaseId; chapter: ChapterId; start: number; end: number }[] = [];
  for (const step of trace.steps) {
    const last = phases.at(-1);
    const open = last?.chapter === step.chapter ? last : undefined;
    const id = phaseOf(step, open?.id);
    if (open?.id === id) open.end = step.index + 1;
    else phases.push({ id, chapter: step.chapter, start: step.index, end: step.index + 1 });
  }
  return phases;
}

/** Indices of the steps that are shown at a level, in order. */
export function visibleAt(trace: Trace, level: Depth): readonly number[] {
  const most = DEPTHS.indexOf(level);
  return trace.steps.filter(({ depth }) => DEPTHS.indexOf(depth) <= most).map(({ index }) => index);
}
