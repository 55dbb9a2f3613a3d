// Whatever comes over the line: a message of this version, or nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../player/place';
import { readMessage, stepOf, withoutView, withView, writeMessage } from './messages';

const DRAFT = { text: 'a', bucket: 'b', key: 'c', context: '', customerKey: '' };
const PLACE = { kind: 'place', hash: '#/sse-kms?step=3', draft: DRAFT, file: undefined } as const;

describe('a message', () => {
  it('is read as it was written', () => {
    const all = [
      PLACE,
      { kind: 'black', isBlack: true },
      { kind: 'ask' },
      { kind: 'here' },
      { kind: 'bye' },
    ] as const;
    for (const said of all)
      expect(readMessage(structuredClone(writeMessage({ role: 'speaker', said })))).toEqual({
        role: 'speaker',
        said,
      });
  });

  it('of another version, or half of one, is none', () => {
    const good = writeMessage({ role: 'audience', said: PLACE });
    for (const bad of [
      { ...good, sealed: 0 },
      { ...good, sealed: 2 },
      { ...good, role: 'judge' },
      { ...good, said: { ...PLACE, hash: 'https://elsewhere.example/' } },
      { ...good, said: { ...PLACE, hash: `#/${'x'.repeat(200_000)}` } },
      { ...good, said: { ...PLACE, draft: { ...DRAFT, text: 7 } } },
      { ...good, said: { ...PLACE, file: 'a file' } },
      { ...good, said: { kind: 'black', isBlack: 'yes' } },
    ])
      expect(readMessage(bad)).toBeUndefined();
  });

  it('whatever it is, is read without a throw', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        const read = readMessage(data);
        if (read) expect(readMessage(writeMessage(read))).toEqual(read);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (said, role) => {
        readMessage({ sealed: 1, role, said });
      }),
    );
  });
});

it('a place keeps all but its view', () => {
  const hash = '#/sse-kms?variant=bucket-key&step=12&chapter=get&level=deep&seed=k3&view=present';
  expect(withoutView(hash)).not.toContain('view');
  expect(stepOf(hash)).toEqual({
    run: '#/sse-kms?variant=bucket-key&level=deep&seed=k3',
    step: 12,
  });
  const defaults = { level: 'standard', seed: 'x' } as const;
  expect(readAddress(withView(hash, 'speaker'), defaults)).toMatchObject({
    place: { ...readAddress(hash, defaults).place, view: 'speaker' },
    problems: [],
  });
});
