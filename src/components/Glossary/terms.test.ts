import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import captions from '../../words/en/captions.json';
import claims from '../../words/en/claims.json';
import faults from '../../words/en/faults.json';
import flows from '../../words/en/flows.json';
import glossary from '../../words/en/glossary.json';
import inspector from '../../words/en/inspector.json';
import panels from '../../words/en/panels.json';
import { createFinder, TERMS } from './terms';

const entries = Object.entries(glossary);
const forms = entries
  .filter(([key]) => key.endsWith(' forms'))
  .map(([key, written]) => [key.slice('term '.length, -' forms'.length), written] as const);
const find = createFinder(forms);

describe('the glossary', () => {
  it('explains each term, and nothing else', () => {
    const named = entries
      .map(([key]) => key)
      .filter((key) => !/ (is|forms)$/.test(key))
      .map((key) => key.slice('term '.length));
    expect([...TERMS].sort()).toEqual(named.sort());
    for (const term of TERMS) expect(glossary).toHaveProperty([`term ${term} is`]);
  });

  it('gives each written form to one term, as it stands inside a sentence', () => {
    const all = forms.flatMap(([, written]) => written.split('|'));
    expect(new Set(all).size).toBe(all.length);
    for (const form of all) expect(find(form)).toHaveLength(1);
  });

  it('looks for no term that stands nowhere', () => {
    const told = [captions, claims, faults, flows, inspector, panels];
    const used = new Set(
      told.flatMap((words) =>
        Object.values(words).flatMap((text) => find(text).map(({ term }) => term)),
      ),
    );
    expect(forms.map(([term]) => term).filter((term) => !used.has(term))).toEqual([]);
  });
});

const termsIn = (text: string) =>
  find(text).flatMap(({ term, text: form }) => (term ? [[term, form]] : []));

describe('finding terms', () => {
  it('takes the longest form, with or without a capital', () => {
    expect(termsIn('Encrypted data keys lie beside the data key.')).toEqual([
      ['encrypted data key', 'Encrypted data keys'],
      ['data key', 'data key'],
    ]);
  });

  it('finds whole words only', () => {
    expect(termsIn('DSSE-KMS stage, private, kms:tag, x-amz-iv')).toEqual([
      ['dsse-kms', 'DSSE-KMS'],
    ]);
  });

  it('marks a term where it first stands', () => {
    expect(termsIn('A tag, the tag, two tags.')).toEqual([['tag', 'tag']]);
  });

  it('loses nothing of a text, and adds nothing', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom(...forms.flatMap(([, f]) => f.split('|'))));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join(' ');
        expect(
          find(text)
            .map((one) => one.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
