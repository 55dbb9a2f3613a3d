import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, toHex } from './bytes';
import { canonicalContext, contextFromHeader, contextToHeader, parseContext } from './context';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const pairs = fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, maxLength: 8 });

/** Reads the canonical form back with Node's Buffer. */
function readCanonical(bytes: Uint8Array): [string, string][] {
  const buffer = Buffer.from(bytes);
  if (buffer.length === 0) return [];
  let at = 2;
  const field = (): string => {
    const end = at + 2 + buffer.readUInt16BE(at);
    const value = buffer.toString('utf8', at + 2, end);
    at = end;
    return value;
  };
  const read = Array.from({ length: buffer.readUInt16BE(0) }, () => [field(), field()]);
  expect(at).toBe(buffer.length);
  return read as [string, string][];
}

describe('the canonical encryption context', () => {
  it('is zero bytes for an empty map', () => {
    expect(canonicalContext({})).toHaveLength(0);
  });

  it('has a count, then each key and value with its length', () => {
    const bytes = canonicalContext({ b: 'é', a: '' });
    expect(toHex(bytes)).toBe(
      ['0002', '0001', '61', '0000', '0001', '62', '0002', 'c3a9'].join(''),
    );
  });

  it('does not depend on the order of the pairs', () => {
    fc.assert(
      fc.property(
        pairs.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        ([one, other]) => {
          expect(canonicalContext(Object.fromEntries(other))).toEqual(
            canonicalContext(Object.fromEntries(one)),
          );
        },
      ),
    );
  });

  it('sorts by the UTF-8 bytes of the key and loses nothing', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const sorted = all.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(readCanonical(canonicalContext(Object.fromEntries(all)))).toEqual(sorted);
      }),
    );
  });

  it('puts U+FFFD before U+10000, which the order of UTF-16 would not', () => {
    const [first] = readCanonical(canonicalContext({ '\u{10000}': 'later', '\uFFFD': 'first' }));
    expect(first).toEqual(['\uFFFD', 'first']);
  });
});

describe('the encryption context header', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const header = contextToHeader(Object.fromEntries(all));
        const json = Buffer.from(header, 'base64').toString('utf8');
        expect(Object.entries(JSON.parse(json))).toEqual(Object.entries(Object.fromEntries(all)));
        expect(contextFromHeader(header)).toEqual(Object.fromEntries(all));
      }),
    );
  });

  it.each([
    ['not base64', '{"a":"b"}'],
    ['base64 of no JSON', 'YWJj'],
    ['an array', Buffer.from('["a"]').toString('base64')],
    ['null', Buffer.from('null').toString('base64')],
    ['a string', Buffer.from('"a"').toString('base64')],
    ['a map with a number', Buffer.from('{"a":1}').toString('base64')],
    ['a map within a map', Buffer.from('{"a":{"b":"c"}}').toString('base64')],
    ['no UTF-8', Buffer.from('7b2261223a22ff227d', 'hex').toString('base64')],
  ])('is not taken when it is %s', (_what, header) => {
    expect(contextFromHeader(header)).toBeUndefined();
  });

  it('is a JSON object of strings', () => {
    expect(parseContext('{"diary":"today"}')).toEqual({ diary: 'today' });
    expect(parseContext('')).toBeUndefined();
    expect(contextFromHeader(Buffer.from(fromUtf8('{}')).toString('base64'))).toEqual({});
  });
});
