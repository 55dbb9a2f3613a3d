// The runs that are measured: every scheme's first variant, and SSE-KMS with a bucket key.
import { DEFAULT_OWN, DEFAULT_SEED, FLOW_IDS, FLOWS, type Scenario } from '../src/flows';
import type { Bytes } from '../src/sim';

export const KIB = 1024;
export const MIB = 1024 * KIB;

/** Bytes that look random and are the same each time. */
export function someBytes(length: number): Bytes {
  const words = new Uint32Array(length / 4);
  let state = 0x9e3779b9;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer);
}

const scenario = (
  flow: Scenario['flow'],
  variant: Scenario['variant'],
  object: Bytes,
): Scenario => ({
  flow,
  variant,
  fault: undefined,
  seed: DEFAULT_SEED,
  own: { ...DEFAULT_OWN, object },
});

export const sseKms = (object: Bytes): Scenario => scenario('sse-kms', 'customer-key', object);
export const rsa = (object: Bytes): Scenario => scenario('cse-local', 'rsa', object);

export const schemes = (object: Bytes): readonly Scenario[] => [
  ...FLOW_IDS.map((id) => scenario(id, FLOWS[id].variants[0].id, object)),
  scenario('sse-kms', 'bucket-key', object),
];
