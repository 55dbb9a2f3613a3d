import { describe, expect, it } from 'vitest';
import { ALL, named, runOf } from '../testing/cases';
import { type MermaidWords, mermaidOf } from './mermaid';

const words: MermaidWords = {
  title: 'A run; with #1 <odd> words',
  actor: (id) => id,
  chapter: (id) => id,
  label: (step) => step.key,
};

/** The lines that are used of the language, as its grammar has them. */
const LINES = [
  /^sequenceDiagram$/,
  /^ {2}title [^\n]+$/,
  /^ {2}autonumber$/,
  /^ {2}(actor|participant) [a-z0-9]+ as [^\n]+$/,
  /^ {2}Note over [a-z0-9]+(,[a-z0-9]+)?: [^\n]+$/,
  /^ {2}Note right of [a-z0-9]+: [^\n]+$/,
  /^ {2}[a-z0-9]+(->>|-->>|--x)[a-z0-9]+: [^\n]+$/,
];
/** Entities put back. */
const read = (text: string): string =>
  text
    .replaceAll('#35;', '#')
    .replaceAll('#59;', ';')
    .replaceAll('#lt;', '<')
    .replaceAll('#gt;', '>');

describe('a sequence diagram', () => {
  it.each(named(ALL))(
    '%s: has an arrow for each message, a note for each deed, in order',
    async (_, one) => {
      const { trace } = await runOf(one);
      const lines = mermaidOf(trace.steps, words).trimEnd().split('\n');
      for (const line of lines) expect(LINES.some((form) => form.test(line))).toBe(true);
      const told = lines.flatMap((line) => {
        const arrow = /^ {2}([a-z0-9]+)(->>|-->>|--x)([a-z0-9]+): (.*)$/.exec(line);
        const note = /^ {2}Note right of ([a-z0-9]+): (.*)$/.exec(line);
        if (arrow) return [[arrow[1], arrow[3], read(arrow[4] ?? '')]];
        return note ? [[note[1], note[1], read(note[2] ?? '')]] : [];
      });
      const plain = (id: string): string => id.replaceAll('-', '');
      expect(told).toEqual(
        trace.steps.map((step) =>
          step.kind === 'deed'
            ? [plain(step.actor), plain(step.actor), step.key]
            : [plain(step.from), plain(step.to), step.key],
        ),
      );
    },
  );

  it('writes what has a meaning there as entities', () => {
    expect(mermaidOf([], words)).toContain('title A run#59; with #35;1 #lt;odd#gt; words');
  });
});
