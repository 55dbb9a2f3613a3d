import { beforeAll, describe, expect, it } from 'vitest';
import type { StepKey } from '../sim';
import sentences from '../words/en/claims.json';
import { CLAIM_IDS, CLAIM_STATUSES, claimsOf, SOURCES } from './claims';
import { DEFAULT_OWN, DEFAULT_SEED } from './defaults';
import { FLOWS, runScenario } from './index';
import type { FaultId, FlowId, Run, VariantId } from './types';

async function play(flow: FlowId, variant: VariantId, fault?: FaultId): Promise<Run> {
  return runScenario({ flow, variant, fault, seed: DEFAULT_SEED, own: DEFAULT_OWN });
}

const every = Object.values(FLOWS).flatMap((flow) =>
  flow.variants.flatMap((variant) =>
    [undefined, ...variant.faults].map((fault) => ({ flow: flow.id, variant: variant.id, fault })),
  ),
);

const idsAt = (run: Run, key: StepKey): readonly string[] => {
  const step = run.trace.steps.filter((s) => s.key === key).at(-1);
  return step ? claimsOf(run, step).map(({ id }) => id) : [];
};

describe('claims about every step of every flow, variant and fault', () => {
  const runs: Run[] = [];
  beforeAll(async () => {
    for (const { flow, variant, fault } of every) runs.push(await play(flow, variant, fault));
  }, 60_000);

  it('gives each step one to four claims', () => {
    const wrong = runs.flatMap((run) =>
      run.trace.steps
        .map((step) => ({ step, count: claimsOf(run, step).length }))
        .filter(({ count }) => count < 1 || count > 4)
        .map(
          ({ step, count }) =>
            `${run.scenario.flow}/${run.scenario.variant} ${step.key}${step.failed ? ' failed' : ''}: ${count}`,
        ),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('puts what is documented before what is observed, and that before what is modelled', () => {
    for (const run of runs) {
      for (const step of run.trace.steps) {
        const ranks = claimsOf(run, step).map(({ status }) => CLAIM_STATUSES.indexOf(status));
        expect(ranks).toEqual([...ranks].sort());
      }
    }
  });

  it('says that a key comes from the seed only when it does', async () => {
    const key = 'you generates customer key';
    expect(idsAt(await play('sse-c', 'unblocked'), key)).toContain('seeded-randomness');
    const customerKey = new Uint8Array(32).fill(7);
    const own = { ...DEFAULT_OWN, customerKey };
    const run = await runScenario({
      ...{ flow: 'sse-c', variant: 'unblocked', fault: undefined, seed: DEFAULT_SEED },
      own,
    });
    expect(idsAt(run, key)).toEqual(['customer-key-is-yours']);
    expect(run.trace.steps.find((step) => step.key === key)).toMatchObject({
      algorithm: 'as given',
      outputs: { customerKey },
    });
  });

  it('uses every claim and every source', async () => {
    const own = { ...DEFAULT_OWN };
    const base = { flow: 'sse-s3', variant: 'default', fault: undefined, own } as const;
    const changes = [{ at: 12, kind: 'drop' }] as const;
    const forked = await runScenario({ ...base, seed: DEFAULT_SEED, changes });
    const claims = [...runs, forked].flatMap((run) =>
      run.trace.steps.flatMap((step) => claimsOf(run, step)),
    );
    expect(CLAIM_IDS.filter((id) => !claims.some((claim) => claim.id === id))).toEqual([]);
    const cited = new Set(claims.flatMap(({ sources }) => sources));
    expect(Object.keys(SOURCES).filter((id) => !cited.has(id as keyof typeof SOURCES))).toEqual([]);
  });

  it('has a source for whatever is not modelled', () => {
    const claims = runs.flatMap((run) => run.trace.steps.flatMap((step) => claimsOf(run, step)));
    const bare = claims.filter(({ status, sources }) => status !== 'modelled' && !sources.length);
    expect(bare).toEqual([]);
  });
});

describe('the catalogue of claims', () => {
  it('has a sentence for every claim, and no other', () => {
    const names = Object.keys(sentences).filter((key) => !key.startsWith('status '));
    expect(names.sort()).toEqual([...CLAIM_IDS].sort());
  });

  it('names every status', () => {
    for (const status of CLAIM_STATUSES) expect(sentences[`status ${status}`]).toBeTruthy();
  });
});

describe('claims that depend on more than the step', () => {
  it('says whose key the outer layer of DSSE-KMS has only where there is one', async () => {
    expect(idsAt(await play('dsse-kms', 'customer-key'), 's3 generates object key')).toContain(
      'outer-key-is-s3s',
    );
    expect(idsAt(await play('sse-s3', 'default'), 's3 generates object key')).toContain(
      'unique-object-key',
    );
  });

  it('speaks of a forward access session only when S3 asks', async () => {
    const asked = await play('cse-kms', 'v2');
    expect(idsAt(asked, 'kms authorises request')).not.toContain('as-the-caller');
    const forwarded = await play('sse-kms', 'customer-key');
    expect(idsAt(forwarded, 'kms authorises request')).toContain('as-the-caller');
  });

  it('knows an error by its code', async () => {
    const disabled = await play('sse-kms', 'customer-key', 'key-disabled');
    expect(idsAt(disabled, 'client <- s3 GetObject')).toContain('key-state-through-s3');
    const denied = await play('sse-kms', 'customer-key', 'no-decrypt');
    expect(idsAt(denied, 'client <- s3 GetObject')).toContain('denied-through-s3');
    const flipped = await play('sse-kms', 'customer-key', 'object-bit');
    expect(idsAt(flipped, 'client <- s3 GetObject')).toContain('failed-tag');
  });

  it('names the block on SSE-C where it is decided', async () => {
    const blocked = await play('sse-c', 'unblocked', 'bucket-blocks');
    expect(idsAt(blocked, 's3 authorises request')).toContain('sse-c-blocked');
  });
});
