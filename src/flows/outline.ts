// All flows as data: what may be chosen, what can go wrong, what must be seen. Running them is in run.ts.
import { cseKms } from './cse-kms';
import { cseLocal } from './cse-local';
import { dsseKms } from './dsse-kms';
import { sseC } from './sse-c';
import { sseKms } from './sse-kms';
import { sseS3 } from './sse-s3';
import type { Flow, FlowId, Scenario, Variant } from './types';

export const FLOWS: Readonly<Record<FlowId, Flow>> = {
  'cse-kms': cseKms,
  'cse-local': cseLocal,
  'sse-s3': sseS3,
  'sse-kms': sseKms,
  'dsse-kms': dsseKms,
  'sse-c': sseC,
};

/** Throws when the flow has no such variant: whoever takes names from people checks them first. */
export function variantOf({ flow, variant }: Pick<Scenario, 'flow' | 'variant'>): Variant {
  const found = FLOWS[flow].variants.find((v) => v.id === variant);
  if (!found) throw new Error(`${flow} has no variant ${variant}`);
  return found;
}
