import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concat,
  copy,
  equalConstantTime,
  fromBase64,
  fromHex,
  fromUtf8,
  isUtf8,
  sameBytes,
  toBase64,
  toHex,
  toUtf8,
  uintBE,
} from './bytes';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('encodings', () => {
  it('writes and reads the hex and base64 that Node writes and reads', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const buffer = Buffer.from(data);
        expect(toHex(data)).toBe(buffer.toString('hex'));
        expect(toBase64(data)).toBe(buffer.toString('base64'));
        expect(fromHex(buffer.toString('hex'))).toEqual(data);
        expect(fromBase64(buffer.toString('base64'))).toEqual(data);
      }),
    );
  });

  it('writes and reads the UTF-8 that Node writes and reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Buffer.from(fromUtf8(text))).toEqual(Buffer.from(text, 'utf8'));
        expect(isUtf8(fromUtf8(text))).toBe(true);
      }),
    );
    expect(toUtf8(fromUtf8('Zürich, 東京 🔐'))).toBe('Zürich, 東京 🔐');
  });

  it.each(['QQ=', 'QQ', 'Q===', 'QR==', 'QQ==\n', 'Q Q=', 'QUI_', 'å'])(
    'refuses %j as base64',
    (text) => {
      expect(() => fromBase64(text)).toThrow();
    },
  );

  it.each(['ff', 'c328', 'e28228', 'eda080', 'f8a1a1a1a1', 'c080'])(
    'does not take the bytes %s for UTF-8',
    (hex) => {
      expect(isUtf8(fromHex(hex))).toBe(false);
    },
  );

  it('writes integers big end first', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), fc.nat(0xffffffff), (short, long) => {
        const expected = Buffer.alloc(6);
        expected.writeUInt16BE(short);
        expected.writeUInt32BE(long, 2);
        expect(Buffer.from(concat(uintBE(short, 2), uintBE(long, 4)))).toEqual(expected);
      }),
    );
  });
});

describe('copies', () => {
  it('are independent of what they were made from', () => {
    const original = Uint8Array.of(1, 2, 3);
    const own = copy(original);
    const joined = concat(original, original);
    original.fill(0);
    expect([...own]).toEqual([1, 2, 3]);
    expect([...joined]).toEqual([1, 2, 3, 1, 2, 3]);
  });
});

/** Eight bytes that a comparison of floating-point words could get wrong. */
const trickyWord = fc.constantFrom(
  '0000000000000000', // 0
  '0000000000000080', // -0
  '000000000000f87f', // NaN
  '010000000000f87f', // another NaN
  '000000000000f8ff', // and a negative one
  '010000000000f07f', // a signalling NaN
  '000000000000f07f', // infinity
  '0100000000000000', // the smallest subnormal
  '0100000000000080', // and its negative
);
const tricky = fc
  .tuple(fc.array(trickyWord, { maxLength: 4 }), fc.uint8Array({ maxLength: 9 }))
  .map(([words, rest]) => concat(fromHex(words.join('')), rest));

/** The same bytes at an offset of a larger buffer. */
function viewAt(data: Uint8Array, offset: number): Uint8Array {
  const buffer = new Uint8Array(offset + data.length + 3).fill(0xaa);
  buffer.set(data, offset);
  return buffer.subarray(offset, offset + data.length);
}

describe.each([
  ['sameBytes', sameBytes],
  ['equalConstantTime', equalConstantTime],
])('%s', (_name, same) => {
  it('agrees with Buffer.compare on words that are NaN, 0 or -0, at any alignment', () => {
    fc.assert(
      fc.property(tricky, tricky, fc.nat(9), fc.nat(9), (a, b, i, j) => {
        expect(same(viewAt(a, i), viewAt(b, j))).toBe(Buffer.compare(a, b) === 0);
        expect(same(viewAt(a, i), viewAt(a, j))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('tells 0 from -0 and one NaN from another in an aligned word', () => {
    const word = (bits: string) => concat(fromHex(`${bits}${'11'.repeat(8)}`));
    const words = ['0000000000000000', '0000000000000080', '000000000000f87f', '010000000000f87f'];
    for (const a of words) {
      for (const b of words) expect(same(word(a), word(b))).toBe(a === b);
    }
  });

  it('sees one changed bit wherever it is', () => {
    fc.assert(
      fc.property(tricky, fc.nat(), fc.nat(9), fc.nat(9), (a, where, i, j) => {
        fc.pre(a.length > 0);
        const b = copy(a);
        const at = where % (a.length * 8);
        b[at >> 3] = (b[at >> 3] as number) ^ (1 << (at & 7));
        expect(same(viewAt(a, i), viewAt(b, j))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('tells a prefix from the whole', () => {
    fc.assert(
      fc.property(tricky, (a) => {
        expect(same(a, concat(a, Uint8Array.of(0)))).toBe(false);
        expect(same(concat(a, Uint8Array.of(0)), a)).toBe(false);
      }),
    );
  });
});
