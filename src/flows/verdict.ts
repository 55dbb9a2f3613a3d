// What came of a fault: which check caught it, read from the first step that failed; or that nothing did.
import type { Step, StepKey } from '../sim';
import { returnsAnother } from './captions';
import type { Run } from './types';

export const CHECK_IDS = [
  's3-policies',
  'blocked-encryption',
  'kms-policies',
  'key-state',
  'hsm-tag',
  's3-tag',
  'client-tag',
  'wrap-integrity',
  'key-commitment',
  'customer-key-hmac',
  'request-headers',
  'no-key',
  'upload-checksum',
  'no-answer',
  'other',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export type Verdict =
  | { readonly kind: 'caught'; readonly by: CheckId; readonly step: number }
  | { readonly kind: 'unnoticed'; readonly object: 'yours' | 'another'; readonly step: number };

const CHECK_OF: Partial<Record<StepKey, CheckId>> = {
  's3 authorises request': 's3-policies',
  'kms authorises request': 'kms-policies',
  'kms checks key state': 'key-state',
  'hsm unwraps data key': 'hsm-tag',
  's3 checks upload': 'upload-checksum',
  's3 decrypts object': 's3-tag',
  'client decrypts object': 'client-tag',
  's3-keys unwraps object key': 'wrap-integrity',
  's3 unwraps object key': 'wrap-integrity',
  'client unwraps data key': 'wrap-integrity',
  'client checks key commitment': 'key-commitment',
  's3 checks customer key': 'customer-key-hmac',
  'client <- s3 GetObject': 'request-headers',
  'client <- s3 PutObject': 'request-headers',
  'you <- client GetObject': 'no-key',
};

/** A message was lost, and this is the answer of somebody who waited for another. */
const isForWantOfAnswer = (step: Step, { steps }: Run['trace']): boolean =>
  step.kind === 'response' && steps.slice(0, step.index).some((s) => s.key === 'you drops message');

function checkOf(step: Step, trace: Run['trace']): CheckId {
  if (isForWantOfAnswer(step, trace)) return 'no-answer';
  if (step.kind === 'deed' && step.facts.blockedEncryptionTypes !== undefined)
    return 'blocked-encryption';
  return CHECK_OF[step.key] ?? 'other';
}

/** Undefined when nothing was changed. */
export function verdictOf(run: Run): Verdict | undefined {
  const { fault, changes = [] } = run.scenario;
  if (!fault && changes.length === 0) return undefined;
  const { steps } = run.trace;
  const failed = steps.find((step) => step.failed);
  if (failed) return { kind: 'caught', by: checkOf(failed, run.trace), step: failed.index };
  const last = steps.at(-1);
  if (!last) return undefined;
  return {
    kind: 'unnoticed',
    object: returnsAnother(run, last) ? 'another' : 'yours',
    step: last.index,
  };
}

const BY_KMS: readonly CheckId[] = ['kms-policies', 'key-state', 'hsm-tag'];

/** Entries that say why it ended so, the more particular first; the last always exists. None without a change. */
export function whyOf(run: Run): readonly string[] {
  const verdict = verdictOf(run);
  if (!verdict) return [];
  const { flow, variant, fault } = run.scenario;
  if (!fault) return [`end ${verdict.kind}`];
  const byKms = verdict.kind === 'caught' && BY_KMS.includes(verdict.by);
  const particular = [variant, flow, ...(byKms ? ['kms'] : [])];
  return [...particular.map((what) => `why ${fault} ${what}`), `why ${fault}`];
}
