import { describe, expect, it } from 'vitest';
import { DEPTHS } from '../sim';
import captions from '../words/en/captions.json';
import { PHASE_IDS, phasesOf, visibleAt } from './phases';
import { ALL, inChapter, named, runOf, SOUND } from './testing/cases';

describe.each(named(ALL))('%s', (_, one) => {
  it('is covered by its phases, without a gap and without an overlap', async () => {
    const { trace } = await runOf(one);
    const phases = phasesOf(trace);
    let next = 0;
    for (const { id, start, end, chapter } of phases) {
      expect(PHASE_IDS).toContain(id);
      expect(start).toBe(next);
      expect(end).toBeGreaterThan(start);
      const chapters = new Set(trace.steps.slice(start, end).map((step) => step.chapter));
      expect([...chapters]).toEqual([chapter]);
      next = end;
    }
    expect(next).toBe(trace.steps.length);
  });

  it('shows at each level all of the level before, and at Deep everything', async () => {
    const { trace } = await runOf(one);
    const [overview, standard, deep] = DEPTHS.map((level) => visibleAt(trace, level));
    expect(deep).toEqual(trace.steps.map(({ index }) => index));
    expect(standard).toEqual(deep?.filter((index) => standard?.includes(index)));
    expect(overview).toEqual(standard?.filter((index) => overview?.includes(index)));
    expect(overview?.length).toBeGreaterThan(0);
    expect(standard?.length).toBeGreaterThan(overview?.length ?? 0);
    expect(deep?.length).toBeGreaterThan(standard?.length ?? 0);
  });

  it('shows at every level what failed, what was changed, and how it ends', async () => {
    const { trace } = await runOf(one);
    const shown = visibleAt(trace, 'overview');
    const must = trace.steps.filter(
      (step) => (step.kind === 'deed' && step.failed) || step.key === 'you <- client GetObject',
    );
    for (const { index } of must) expect(shown).toContain(index);
    if (!one.fault) return;
    expect(
      trace.steps.some(({ chapter, index }) => chapter === 'change' && shown.includes(index)),
    ).toBe(true);
    const failed = trace.steps.some((step) => step.failed && shown.includes(step.index));
    expect(failed).toBe(trace.steps.some((step) => step.failed));
  });

  it('shows at every level an answer to each request it shows', async () => {
    const { trace } = await runOf(one);
    for (const level of DEPTHS) {
      const shown = visibleAt(trace, level).map((index) => trace.steps[index]);
      const requests = shown.filter((step) => step?.kind === 'request' && step.from !== 'you');
      for (const request of requests) {
        const answered = shown.some((s) => s?.kind === 'response' && s.answers === request?.index);
        expect([request?.key, answered]).toEqual([request?.key, true]);
      }
    }
  });
});

describe('the phases', () => {
  const put = ['ask', 'key', 'encrypt', 'store', 'answer'];
  const get = ['ask', 'fetch', 'key', 'decrypt', 'answer'];
  const rows: Readonly<Record<string, readonly string[]>> = {
    'sse-s3/default': ['set-up', ...put, ...get],
    'sse-kms/customer-key': ['set-up', ...put, ...get],
    'sse-kms/bucket-key': ['set-up', ...put, ...put, ...get],
    'sse-c/unblocked': [
      'set-up',
      'key',
      'ask',
      'encrypt',
      ...put.slice(3),
      ...get.filter((id) => id !== 'key'),
    ],
    'dsse-kms/customer-key': ['set-up', 'ask', 'key', 'encrypt', ...put.slice(1), ...get],
  };

  it.each(Object.entries(rows))('of %s read as a few things', async (name, expected) => {
    const [flow, variant] = name.split('/');
    const one = SOUND.find((c) => c.flow === flow && c.variant === variant);
    const { trace } = await runOf(one as (typeof SOUND)[number]);
    expect(phasesOf(trace).map(({ id }) => id)).toEqual(expected);
  });
});

describe('with client-side encryption', () => {
  const cse = SOUND.filter(({ flow }) => flow.startsWith('cse-'));

  it.each(named(cse))(
    '%s: what S3 encrypts of its own accord is seen at Deep only',
    async (_, one) => {
      const { trace } = await runOf(one);
      const own = trace.steps.filter(
        ({ key }) => /s3-keys/.test(key) || /^s3 (encrypts|decrypts|generates|forgets)/.test(key),
      );
      expect(own.map(({ key }) => key)).toContain('s3 encrypts object');
      expect(own.map(({ depth }) => depth)).toEqual(own.map(() => 'deep'));
    },
  );

  it.each(named(cse))('%s: and is said in a sentence at every level', async (_, one) => {
    const run = await runOf(one);
    const stores = inChapter(run, 'put').find(({ key }) => key === 's3 -> storage WriteObject');
    expect(stores?.depth).toBe('overview');
    const id = `${one.flow}: s3 -> storage WriteObject` as keyof typeof captions;
    expect(captions[id]).toContain('SSE-S3 is always on');
  });

  it.each(named(cse))('%s: the client’s own work is seen at Overview', async (_, one) => {
    const { trace } = await runOf(one);
    const depths = trace.steps
      .filter(({ key }) => /^client (encrypts|decrypts) object|^client (un)?wraps/.test(key))
      .map(({ depth }) => depth);
    expect(depths.length).toBeGreaterThanOrEqual(2);
    expect(new Set(depths)).toEqual(new Set(['overview']));
  });
});
