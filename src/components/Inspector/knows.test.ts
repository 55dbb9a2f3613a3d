import { describe, expect, it } from 'vitest';
import { ALL, type Case, named, runOf } from '../../flows/testing/cases';
import { ACTORS, type ActorId, type Step, type StepKey, type Trace } from '../../sim/types';
import { cellOf, knownBefore, openingOf, secretsUntil } from './knows';

const SSE_KMS = { flow: 'sse-kms', variant: 'customer-key', fault: undefined } as const;

function stepOf(trace: Trace, key: StepKey): Step {
  const step = trace.steps.find((one) => one.key === key);
  if (!step) throw new Error(`no ${key}`);
  return step;
}

async function howAt(one: Case, key: StepKey, actor: ActorId, id: string) {
  const { trace } = await runOf(one);
  return openingOf(trace, stepOf(trace, key).index, actor, id);
}

describe('who knows what', () => {
  it('is new when KMS hands the data key to S3, and lost at KMS', async () => {
    const { trace } = await runOf(SSE_KMS);
    const step = stepOf(trace, 's3 <- kms GenerateDataKey');
    const earlier = knownBefore(trace, [...trace.steps.keys()], step);
    const cells = ACTORS.map((actor) => cellOf(earlier, step, actor, 'D1'));
    expect(cells).toEqual(['no', 'no', 'new', 'no', 'lost', 'no', 'no']);
  });

  it('is compared with the step that was shown before, not with one in between', async () => {
    const { trace } = await runOf(SSE_KMS);
    expect(knownBefore(trace, [2, 5], trace.steps[5])).toBe(trace.steps[2]);
    expect(knownBefore(trace, [5], trace.steps[5])).toBe(trace.initial);
  });

  it('lists secrets once they exist, in order of appearance', async () => {
    const { trace } = await runOf(SSE_KMS);
    expect(secretsUntil(trace, -1)).toEqual([]);
    expect(secretsUntil(trace, stepOf(trace, 'you -> client PutObject').index)).toEqual([
      'K1',
      'O1',
    ]);
  });
});

describe('what could be opened', () => {
  it('S3 opens a stored data key only by asking KMS', async () => {
    expect(await howAt(SSE_KMS, 's3 <- storage ReadObject', 's3', 'D1<K1')).toEqual({
      how: 'kms',
      key: 'K1',
    });
  });

  it('and the object under it only after that', async () => {
    const opening = await howAt(SSE_KMS, 's3 <- storage ReadObject', 's3', 'O1<D1');
    expect(opening).toEqual({ how: 'kms first', key: 'D1', first: 'D1<K1' });
  });

  it('KMS has only its HSM, and the HSM has the key', async () => {
    const key = 'kms -> hsm Decrypt';
    expect((await howAt(SSE_KMS, key, 'kms', 'D1<K1')).how).toBe('hsm');
    expect((await howAt(SSE_KMS, key, 'hsm', 'D1<K1')).how).toBe('now');
  });

  it('a disk opens nothing', async () => {
    expect((await howAt(SSE_KMS, 's3 <- storage WriteObject', 'storage', 'D1<K1')).how).toBe(
      'disk',
    );
  });

  it('S3 cannot open what a client sealed with a key of its own', async () => {
    const one = { flow: 'cse-local', variant: 'aes', fault: undefined } as const;
    const opening = await howAt(one, 's3 <- storage ReadObject', 's3', 'D1<W1');
    expect(opening).toEqual({ how: 'needs', key: 'W1', holders: ['you', 'client'] });
  });

  it('nobody can once that key is lost', async () => {
    const one = { flow: 'cse-local', variant: 'aes', fault: 'wrapping-key-lost' } as const;
    expect((await howAt(one, 'client <- s3 GetObject', 'client', 'D1<W1')).how).toBe('nobody');
  });

  it('changed bytes open no more', async () => {
    const one = { ...SSE_KMS, fault: 'data-key-bit' } as const;
    expect((await howAt(one, 's3 <- storage ReadObject', 's3', 'D1<K1~')).how).toBe('altered');
  });

  it('KMS is not said to open what it refuses to open', async () => {
    const before = await howAt(SSE_KMS, 's3 <- storage ReadObject', 's3', 'D1<K1');
    expect(before.how).toBe('kms');
    for (const fault of ['no-decrypt', 'key-disabled', 'key-pending-deletion'] as const) {
      const one = { ...SSE_KMS, fault };
      expect((await howAt(one, 's3 <- kms GenerateDataKey', 's3', 'D1<K1')).how, fault).toBe('kms');
      expect((await howAt(one, 's3 <- storage ReadObject', 's3', 'D1<K1')).how, fault).toBe(
        'refused',
      );
      expect((await howAt(one, 's3 <- storage ReadObject', 's3', 'O1<D1')).how, fault).toBe(
        'refused',
      );
    }
  });

  it('with client-side encryption, S3 is not said to ask KMS for the object', async () => {
    const one = { flow: 'cse-kms', variant: 'v3', fault: undefined } as const;
    expect(await howAt(one, 's3 <- storage ReadObject', 's3', 'D1<K1')).toEqual({
      how: 'needs',
      key: 'K1',
      holders: ['hsm'],
    });
    expect((await howAt(one, 'client <- s3 GetObject', 'client', 'D1<K1')).how).toBe('kms');
  });

  it.each(named(ALL))('only who asks KMS in the run is said to ask KMS: %s', async (_, one) => {
    const { trace } = await runOf(one);
    const asking = new Set(
      trace.steps.flatMap((step) =>
        step.kind === 'request' && step.to === 'kms' && /Key$|^Decrypt$/.test(step.operation)
          ? [step.from]
          : [],
      ),
    );
    for (const step of trace.steps) {
      for (const actor of ACTORS.filter((id) => !asking.has(id))) {
        for (const id of step.has[actor])
          expect(openingOf(trace, step.index, actor, id).how).not.toMatch(/^kms/);
      }
    }
  });
});
