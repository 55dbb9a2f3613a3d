import { describe, expect, it } from 'vitest';
import type { Step } from '../sim';
import { captionText } from '../words';
import { createWords } from '../words/all';
import catalogue from '../words/en/captions.json';
import faults from '../words/en/faults.json';
import { answerOf, captionOf } from './captions';
import { runScenario } from './run';
import {
  ALL,
  type Case,
  FAULTY,
  inChapter,
  named,
  runOf,
  SOUND,
  scenarioOf,
} from './testing/cases';
import { forkedRuns } from './testing/forks';
import type { Run } from './types';
import { verdictOf, whyOf } from './verdict';

const words = createWords();
const entries: Readonly<Record<string, string>> = catalogue;
const entryOf = (run: Run, step: Step): string =>
  captionOf(run, step).ids.find((id) => entries[id] !== undefined) ?? 'none';
const textOf = (run: Run, step: Step): string => captionText(words, captionOf(run, step));
const textsAt = (run: Run, key: string): string[] =>
  run.trace.steps.filter((step) => step.key === key).map((step) => textOf(run, step));
const at = (flow: Case['flow'], variant: Case['variant'], fault?: Case['fault']) =>
  runOf({ flow, variant, fault });

describe.each(named(ALL))('%s', (_, one) => {
  it('has words of its own for every step, filled in', async () => {
    const run = await runOf(one);
    for (const step of run.trace.steps) {
      expect(entryOf(run, step)).not.toMatch(/^(any |none$)/);
      expect(textOf(run, step)).not.toMatch(/\{\{|\}\}|undefined|: \.|, \.|\s\s|^\s*$/);
    }
  });

  it('tells a failure as a failure, and nothing else as one', async () => {
    const run = await runOf(one);
    for (const step of run.trace.steps)
      expect(/failed: /.test(entryOf(run, step))).toBe(step.failed);
  });

  it('says that you have your object back only when you do', async () => {
    const run = await runOf(one);
    const back = textsAt(run, 'you <- client GetObject').filter((t) => t.includes('byte for byte'));
    const verdict = verdictOf(run);
    const mine =
      verdict === undefined || (verdict.kind === 'unnoticed' && verdict.object === 'yours');
    expect(back).toHaveLength(mine ? 1 : 0);
  });
});

describe('the catalogue of captions', () => {
  it('has no entry that no run needs', async () => {
    const used = new Set<string>();
    const runs = [...(await Promise.all(ALL.map(runOf))), ...(await forkedRuns())];
    for (const run of runs) {
      for (const step of run.trace.steps) used.add(entryOf(run, step));
    }
    const idle = Object.keys(entries).filter(
      (id) => !used.has(id) && !/^(any |outside: )/.test(id),
    );
    expect(idle).toEqual([]);
  });

  it.each(Object.entries(entries))('%s holds no number that the trace has', (_, text) => {
    // Names of services, keys and algorithms are names.
    expect(text.replace(/\bSSE-S3\b|\baws\/s3\b|\bS3\b|\bMD5\b/g, '')).not.toMatch(/\d/);
  });

  it.each(Object.entries(entries))('%s is one or two plain sentences', (id, text) => {
    expect(text).toMatch(/^[A-Z{].*[.]$/);
    expect(text.length).toBeLessThanOrEqual(150);
    if (!id.startsWith('any ')) expect(text).not.toMatch(/\b(encode|secure|process|utilize|CMK)/i);
  });
});

describe('a caption', () => {
  it('takes its numbers from the step', async () => {
    const aes = await at('cse-local', 'aes');
    expect(textsAt(aes, 'client wraps data key')).toEqual([expect.stringContaining('60 bytes')]);
    const rsa = await at('cse-local', 'rsa');
    expect(textsAt(rsa, 'client wraps data key')).toEqual([expect.stringContaining('256 bytes')]);
    const flip = await at('sse-s3', 'default', 'object-bit');
    // 31 bytes of object and 16 of tag: the middle is byte 23.
    expect(textsAt(flip, 'storage flips stored object')[0]).toContain('bit 0 of byte 23');
  });

  it('says who decides about whom', async () => {
    const kms = await at('sse-kms', 'customer-key');
    const [create, alias, put, get] = textsAt(kms, 'kms authorises request');
    expect(create).not.toContain('your name');
    expect(alias).toBe(create);
    expect(put).toContain('S3 called in your name');
    expect(get).toBe(put);
    for (const text of textsAt(await at('cse-kms', 'v2'), 'kms authorises request'))
      expect(text).not.toContain('S3 called');
  });

  it('tells a second object from yours', async () => {
    const put = inChapter(await at('sse-kms', 'bucket-key'), 'put');
    const run = await at('sse-kms', 'bucket-key');
    const textsOf = (key: string) => put.filter((s) => s.key === key).map((s) => textOf(run, s));
    expect(textsOf('you -> client PutObject')[1]).toContain('second object');
    expect(textsOf('you <- client PutObject')[1]).toContain('second object');
    expect(textsOf('you forgets object')[1]).toContain('second object');
    expect(textsOf('s3 wraps object key')[0]).not.toContain('KMS is not asked');
    expect(textsOf('s3 wraps object key')[1]).toContain('KMS is not asked');
  });

  it('tells the two layers of DSSE-KMS apart, also for a second object and in a failure', async () => {
    for (const fault of [undefined, 'bodies-swapped'] as const) {
      const texts = textsAt(await at('dsse-kms', 'customer-key', fault), 's3 encrypts object');
      expect(texts.map((text) => text.slice(0, 9))).toEqual(
        texts.map((_, i) => (i % 2 === 0 ? 'The inner' : 'The outer')),
      );
    }
    const failed = await at('dsse-kms', 'customer-key', 'object-bit');
    expect(textsAt(failed, 's3 decrypts object')[0]).toContain('does not fit');
  });

  it('says whether a key goes with the request', async () => {
    const without = await at('sse-c', 'unblocked', 'no-customer-key');
    expect(textsAt(without, 'client -> s3 GetObject')[0]).toContain('No key goes');
    const lost = await at('cse-local', 'rsa', 'wrapping-key-lost');
    expect(textsAt(lost, 'you -> client GetObject')[0]).toContain('no private key');
    expect(textsAt(lost, 'you <- client GetObject')[0]).toContain('No wrapping key');
    const sound = await at('sse-c', 'unblocked');
    expect(textsAt(sound, 'client -> s3 GetObject')[0]).toContain('A key goes');
  });

  it('knows your object by its bytes: another that contains yours is another', async () => {
    const object = Uint8Array.from(Buffer.from('Bread, pears'));
    const one = { flow: 'sse-s3', variant: 'default', fault: 'objects-swapped' } as const;
    const run = await runScenario(scenarioOf(one, { object }));
    expect(verdictOf(run)).toMatchObject({ object: 'another' });
    const empty = await runScenario(scenarioOf(one, { object: new Uint8Array(0) }));
    expect(verdictOf(empty)).toMatchObject({ object: 'another' });
  });
});

describe('answerOf', () => {
  it('reads a message as it was meant, out of XML', async () => {
    const run = await at('sse-c', 'unblocked', 'bucket-blocks');
    const { message } = answerOf(run.trace.steps.at(-1) as Step);
    expect(message).toContain('"arn:aws:s3:::diary/today.txt"');
    const odd = await runScenario(
      scenarioOf({ flow: 'sse-c', variant: 'unblocked', fault: 'bucket-blocks' }, { key: `<&'">` }),
    );
    expect(answerOf(odd.trace.steps.at(-1) as Step).message).toContain(`diary/<&'">"`);
  });
});

describe('why', () => {
  const texts: Readonly<Record<string, string>> = faults;
  const found = (run: Run) => whyOf(run).find((id) => texts[id] !== undefined);

  it.each(named(FAULTY))('%s has a reason', async (_, one) => {
    expect(found(await runOf(one))).toBeDefined();
  });

  it.each(named(SOUND))('%s needs none', async (_, one) => {
    expect(whyOf(await runOf(one))).toEqual([]);
  });

  it('has no reason that no run needs', async () => {
    const used = await Promise.all(FAULTY.map(async (one) => found(await runOf(one))));
    const idle = Object.keys(texts).filter((id) => id.startsWith('why ') && !used.includes(id));
    expect(idle).toEqual([]);
  });

  it('gives the most particular reason', async () => {
    const why = async (...one: Parameters<typeof at>) => found(await at(...one));
    expect(await why('sse-kms', 'aws-s3', 'no-decrypt')).toBe('why no-decrypt aws-s3');
    expect(await why('sse-s3', 'header', 'no-decrypt')).toBe('why no-decrypt sse-s3');
    expect(await why('sse-kms', 'customer-key', 'objects-swapped')).toBe('why objects-swapped kms');
    expect(await why('cse-local', 'aes', 'objects-swapped')).toBe('why objects-swapped');
  });
});
