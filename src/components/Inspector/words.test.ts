// Nothing that a run shows is without its words.
import { describe, expect, it } from 'vitest';
import { ALL, named, runOf } from '../../flows/testing/cases';
import words from '../../words/en/inspector.json';

const has = (id: string): boolean => id in words;

describe('the words of the inspector', () => {
  it.each(named(ALL))('say why for every step of %s', async (_, one) => {
    const { trace } = await runOf(one);
    const mute = trace.steps.filter(
      ({ key, failed }) => !has(`why ${failed ? 'failed: ' : ''}${key}`),
    );
    expect(mute.map(({ key, failed }) => `${key} ${failed}`)).toEqual([]);
  });

  it.each(named(ALL))('name every deed, fact and byte string of %s', async (_, one) => {
    const { trace } = await runOf(one);
    for (const step of trace.steps) {
      if (step.kind !== 'deed') continue;
      expect(has(`does ${step.deed} ${step.thing}`)).toBe(true);
      for (const fact of Object.keys(step.facts)) expect(words).toHaveProperty([`fact ${fact}`]);
      for (const name of Object.keys({ ...step.inputs, ...step.outputs })) {
        // A key that is forgotten is called by its kind already.
        if (step.deed !== 'forgets') expect(words).toHaveProperty([`bytes ${name}`]);
      }
    }
  });
});
