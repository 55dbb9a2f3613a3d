import { describe, expect, it } from 'vitest';
import type { StepKey } from '../sim';
import { variantOf } from './outline';
import { inChapter, named, runOf, SOUND } from './testing/cases';
import type { Story, StoryLine } from './types';

const keysOf = (story: Story): readonly StepKey[] =>
  story.map((line) => (typeof line === 'string' ? line : line[0]));

describe('a story is what is seen, in order', () => {
  for (const [name, one] of named(SOUND)) {
    it.each(['prepare', 'put', 'get'] as const)(`${name}: %s`, async (chapter) => {
      const seen = inChapter(await runOf(one), chapter).map(({ key }) => key);
      expect(seen).toEqual(keysOf(variantOf(one).story[chapter]));
    });
  }

  it.each(named(SOUND))('%s has no other chapters, and no step fails', async (_, one) => {
    const { chapters, steps } = (await runOf(one)).trace;
    expect(chapters.map(({ id }) => id)).toEqual(['prepare', 'put', 'get']);
    expect(steps.filter(({ failed }) => failed)).toEqual([]);
  });

  it('knows only steps that there can be', () => {
    const right: StoryLine[] = [
      's3 -> kms GenerateDataKey',
      ['s3 encrypts object', 'dsse: s3 encrypts object'],
    ];
    // @ts-expect-error an operation that does not exist
    right.push('s3 -> kms GenerateDatakey');
    // @ts-expect-error an actor that does not exist
    right.push('s4 encrypts object');
    // @ts-expect-error a deed in the wrong form
    right.push('s3 encrypt object');
    // @ts-expect-error a caption that is in no catalogue
    right.push(['s3 encrypts object', 'dsse: s3 encrypts objects']);
    expect(right).toHaveLength(6);
  });
});
