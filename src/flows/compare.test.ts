import { describe, expect, it } from 'vitest';
import { DEFAULT_OWN, FLOW_IDS, FLOWS, type FlowId, runScenario } from '.';
import { type Comparison, comparisonOf, kmsCost, s3Cost } from './compare';
import { named, runOf, SOUND } from './testing/cases';

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

it('a million objects cost S3 $5 to store and $0.40 to read', () => {
  expect(s3Cost(1_000_000)).toBeCloseTo(5.4);
});

describe('exposure', () => {
  it.each(named(SOUND))('%s: is what the steps say, counted again', async (_, one) => {
    const run = await runOf(one);
    const { exposures, steps } = comparisonOf(run);
    const told = run.trace.steps.filter(({ chapter }) => chapter !== 'prepare');
    expect(steps).toBe(told.length);
    for (const { actor, id, steps: count, from } of exposures) {
      const known = told.flatMap(({ knows, index }) => (knows[actor].includes(id) ? [index] : []));
      expect([count, from]).toEqual([known.length, known[0]]);
      if (actor === 'storage') expect(count).toBe(0);
    }
  });

  it.each(named(SOUND))('%s: what is seen at a step is there', async (_, one) => {
    const { trace } = await runOf(one);
    const { seenAt, kmsCalls, encryptedBy } = comparisonOf({ trace } as never);
    const at = (index: number | undefined) =>
      index === undefined ? undefined : trace.steps[index];
    expect(at(seenAt.encrypted)).toMatchObject({ deed: 'encrypts', actor: encryptedBy[0] });
    expect(at(seenAt.kept)?.key).toBe('s3 -> storage WriteObject');
    const asked = kmsCalls.put + kmsCalls.get > 0;
    expect(seenAt.kms !== undefined).toBe(asked);
    if (asked) expect(at(seenAt.kms)).toMatchObject({ kind: 'request', to: 'kms' });
  });
});

it('under a bucket key the requests of KMS do not grow with the objects', async () => {
  const compared = comparisonOf(
    await runOf({ flow: 'sse-kms', variant: 'bucket-key', fault: undefined }),
  );
  expect(compared.hasBucketKey).toBe(true);
  expect(kmsCost(compared, 1_000_000)).toBe(kmsCost(compared, 1));
  expect((await of('sse-kms')).hasBucketKey).toBe(false);
});
