import { describe, expect, it } from 'vitest';
import { runScenario } from './run';
import { named, runOf, SOUND, scenarioOf } from './testing/cases';
import { counterpartOf, handlesAt, hasTaken, partingOf } from './what-if';

const SSE_KMS = scenarioOf({ flow: 'sse-kms', variant: 'customer-key', fault: undefined });

describe('two histories', () => {
  it.each(named(SOUND))('of %s do not part from themselves', async (_, one) => {
    const { trace } = await runOf(one);
    expect(partingOf(trace, structuredClone(trace))).toBeUndefined();
    for (const { index } of trace.steps) expect(counterpartOf(index, trace, trace)).toBe(index);
  });

  it('part right behind a message that was changed, and each step finds its like', async () => {
    const whole = (await runOf(SSE_KMS)).trace;
    const at = whole.steps.find(({ key }) => key === 's3 -> storage WriteObject')?.index ?? 0;
    const { trace } = await runScenario({ ...SSE_KMS, changes: [{ at, kind: 'flip', bit: 3 }] });
    expect(partingOf(whole, trace)).toBe(at + 1);
    expect(counterpartOf(at, trace, whole)).toBe(at);
    const written = (steps: typeof whole.steps) =>
      steps.findIndex(({ key }) => key === 's3 <- storage WriteObject');
    expect(counterpartOf(written(trace.steps), trace, whole)).toBe(written(whole.steps));
  });
});

describe('handles', () => {
  it('are on what is there', async () => {
    const run = await runOf(SSE_KMS);
    const at = (key: string) => run.trace.steps.find((s) => s.key === key)?.index ?? -1;
    expect(handlesAt(run, at('you -> s3 CreateBucket'))).toBeUndefined();
    expect(handlesAt(run, run.trace.steps.length - 1)).toBeUndefined();
    expect(handlesAt(run, at('you -> client PutObject'))).toMatchObject({
      message: undefined,
      stored: undefined,
      key: true,
    });
    expect(handlesAt(run, at('client -> s3 PutObject'))?.message?.kind).toBe('request');
    expect(handlesAt(run, at('s3 -> storage WriteObject'))?.stored).toBeUndefined();
    const stored = handlesAt(run, at('client <- s3 PutObject'))?.stored;
    expect(stored?.length).toBe(run.scenario.own.object.length + 16);
  });

  it('take what they can, and nothing else', async () => {
    const at = 13;
    const run = await runScenario({ ...SSE_KMS, changes: [{ at, kind: 'flip', bit: 7 }] });
    expect(hasTaken({ at, kind: 'flip', bit: 7 }, run)).toBe(true);
    expect(hasTaken({ at, kind: 'flip', bit: 8 * 31 }, run)).toBe(false);
    expect(hasTaken({ at, kind: 'stored-swap' }, run)).toBe(false);
    expect(hasTaken({ at: 999, kind: 'drop' }, run)).toBe(false);
  });
});
