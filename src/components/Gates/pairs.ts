// Names and values as a decision recorded them.
import type { Run } from '../../flows';
import type { Bytes, DeedStep } from '../../sim/types';

type Pair = readonly [string, string];

function read(bytes: Bytes | undefined): Readonly<Record<string, unknown>> {
  if (!bytes) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export const pairsOf = (bytes: Bytes | undefined): readonly Pair[] =>
  Object.entries(read(bytes)).map(([name, value]): Pair => [name, [value].flat().join(', ')]);

/** What the request that is decided about gives as encryption context. */
export function contextOf({ trace }: Run, decision: DeedStep): readonly Pair[] {
  if (decision.actor !== 'kms') return [];
  const asked = trace.steps
    .slice(0, decision.index)
    .findLast((step) => step.kind === 'request' && step.to === 'kms');
  const body = asked?.kind === 'request' ? read(asked.message.body) : {};
  return Object.entries(body.EncryptionContext ?? {}).map(([k, v]): Pair => [k, String(v)]);
}
