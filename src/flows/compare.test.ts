import { describe, expect, it } from 'vitest';
import { DEFAULT_OWN, FLOW_IDS, FLOWS, type FlowId, runScenario } from '.';
import { type Comparison, comparisonOf, kmsCost } from './compare';

const of = async (flow: FlowId): Promise<Comparison> => {
  const variant = FLOWS[flow].variants[0].id;
  const scenario = { flow, variant, fault: undefined, seed: 'compare', own: DEFAULT_OWN };
  return comparisonOf(await runScenario(scenario));
};

/** What AWS documents of each scheme (facts §1 to §8), not what was seen here. */
const KNOWN: Readonly<Record<FlowId, Partial<Comparison>>> = {
  'cse-kms': { keyFrom: 'hsm', kmsCalls: { put: 1, get: 1 }, kmsEvents: 2, yours: [] },
  'cse-local': { keyFrom: 'client', kmsCalls: { put: 0, get: 0 }, kmsEvents: 0, yours: ['W1'] },
  'sse-s3': { keyFrom: 's3', kmsCalls: { put: 0, get: 0 }, kmsEvents: 0, yours: [] },
  'sse-kms': { keyFrom: 'hsm', kmsCalls: { put: 1, get: 1 }, kmsEvents: 2, yours: [] },
  'dsse-kms': { keyFrom: 'hsm', kmsCalls: { put: 1, get: 1 }, kmsEvents: 2, yours: [] },
  'sse-c': { keyFrom: 'you', kmsCalls: { put: 0, get: 0 }, kmsEvents: 0, yours: ['C1'] },
};

describe.each(FLOW_IDS)('%s, compared', (flow) => {
  it('is what is documented of it', async () => {
    expect(await of(flow)).toMatchObject(KNOWN[flow]);
  });

  it('leaves nothing readable on the disks; S3 reads the object only where it encrypts', async () => {
    const { readableOnDisks, objectReadableInS3, keyReadableInS3, encryptedBy, kept } =
      await of(flow);
    expect(readableOnDisks).toBe(0);
    const isClientSide = flow.startsWith('cse');
    expect([objectReadableInS3 === 0, keyReadableInS3 === 0]).toEqual([isClientSide, isClientSide]);
    // S3 encrypts what a client sends encrypted, too.
    expect(encryptedBy).toEqual(isClientSide ? ['client', 's3'] : ['s3']);
    expect(kept.length).toBeGreaterThan(0);
  });
});

it('a million objects under SSE-KMS cost two million requests of KMS, SSE-S3 none', async () => {
  expect(kmsCost(await of('sse-kms'), 1_000_000)).toBeCloseTo(6);
  expect(kmsCost(await of('sse-s3'), 1_000_000)).toBe(0);
});
