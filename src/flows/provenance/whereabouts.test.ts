import { describe, expect, it } from 'vitest';
import type { Step } from '../../sim';
import { ALL, named, runOf, SOUND } from '../testing/cases';
import { originOf, usesOf } from './whereabouts';

/** Everything of a step in which bytes can lie, in the forms in which they can: a search that shares nothing with ours. */
function liesIn(step: Step, bytes: Uint8Array): boolean {
  const wanted = Buffer.from(bytes);
  if (step.kind === 'deed')
    return [...Object.values(step.inputs), ...Object.values(step.outputs)].some((one) =>
      wanted.equals(one),
    );
  const path = step.kind === 'request' ? step.message.path : '';
  const all = Buffer.concat([
    Buffer.from([path, ...Object.values(step.message.headers), ''].join('\n')),
    Buffer.from(step.message.body),
  ]);
  return [wanted, Buffer.from(wanted.toString('base64')), Buffer.from(wanted.toString('hex'))].some(
    (form) => all.includes(form),
  );
}

describe('where bytes come from', () => {
  it.each(named(ALL))(
    '%s: is an earlier step that has them, made before carried',
    async (_, one) => {
      const { trace } = await runOf(one);
      for (const step of trace.steps) {
        if (step.kind !== 'deed') continue;
        for (const bytes of Object.values(step.inputs)) {
          const origin = originOf(trace, step.index, bytes);
          if (!origin) continue;
          expect(origin.step).toBeLessThan(step.index);
          const from = trace.steps[origin.step] as Step;
          expect(liesIn(from, bytes)).toBe(true);
          expect(origin.how === 'made').toBe(from.kind === 'deed');
        }
      }
    },
  );

  it.each(named(SOUND))('%s: every key that opens or seals has one', async (_, one) => {
    const { trace } = await runOf(one);
    for (const step of trace.steps)
      if (step.kind === 'deed' && step.inputs.key)
        expect([step.key, originOf(trace, step.index, step.inputs.key)]).toEqual([
          step.key,
          expect.objectContaining({ step: expect.any(Number) }),
        ]);
  });

  it.each(named(SOUND))('%s: and forward is the way back', async (_, one) => {
    const { trace } = await runOf(one);
    for (const step of trace.steps) {
      if (step.kind !== 'deed') continue;
      for (const bytes of Object.values(step.inputs)) {
        const origin = originOf(trace, step.index, bytes);
        if (!origin) continue;
        expect(usesOf(trace, origin.step, bytes).map((use) => use.step)).toContain(step.index);
      }
    }
  });
});
