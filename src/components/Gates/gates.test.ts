import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenAt } from './broken';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('a policy that is being written', () => {
  it('is broken where it ends to be JSON', () => {
    expect(brokenAt('{\n  "a": 1,\n  b\n}')).toEqual({ line: 3, column: 3 });
    expect(brokenAt('{"Effect": Allow}')).toEqual({ line: 1, column: 12 });
    expect(brokenAt('')).toEqual({ line: 1, column: 1 });
  });

  it('is broken somewhere just when it is no JSON', () => {
    const edited = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '}', ',', 'x'))
      .map(([text, at, put]) => {
        const i = at % (text.length + 1);
        return text.slice(0, i) + put + text.slice(i + 1);
      });
    fc.assert(
      fc.property(edited, (text) => {
        expect(brokenAt(text) === undefined).toBe(isJson(text));
      }),
    );
  });
});
