import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, copy, fromUtf8 } from '../crypto/bytes';
import { SecretSearch } from './search';

const around = fc.uint8Array({ maxLength: 60 });
const secrets = fc.uint8Array({ minLength: 8, maxLength: 80 });

const includes = (whole: Uint8Array, part: Uint8Array): boolean =>
  Buffer.from(whole).includes(Buffer.from(part));

function searchFor(...needles: readonly Uint8Array[]): SecretSearch {
  const search = new SecretSearch();
  needles.forEach((needle, i) => {
    search.add(`D${i + 1}`, copy(needle));
  });
  return search;
}

/** How bytes travel: as they are, or as text. */
const FORMS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  raw: (bytes) => bytes,
  base64: (bytes) => fromUtf8(Buffer.from(bytes).toString('base64')),
  'lower-case hex': (bytes) => fromUtf8(Buffer.from(bytes).toString('hex')),
  'upper-case hex': (bytes) => fromUtf8(Buffer.from(bytes).toString('hex').toUpperCase()),
};

describe.each(Object.entries(FORMS))('a search in %s', (_name, form) => {
  it('finds a secret between any other bytes, at any offset of the text', () => {
    fc.assert(
      fc.property(secrets, around, around, around, around, (secret, before, after, head, tail) => {
        const haystack = concat(head, form(concat(before, secret, after)), tail);
        expect([...searchFor(secret).find(haystack)]).toEqual(['D1']);
      }),
      { numRuns: 500 },
    );
  });

  it('does not find a secret of which one byte is another', () => {
    const changed = fc.tuple(secrets, fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(changed, around, around, ([secret, where, difference], before, after) => {
        const other = copy(secret);
        const at = where % other.length;
        other[at] = (other[at] as number) ^ difference;
        const whole = concat(before, other, after);
        fc.pre(!includes(whole, secret));
        expect(searchFor(secret).find(concat(form(whole))).size).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('finds several secrets that lie side by side, and no others', () => {
    const several = fc.uniqueArray(fc.uint8Array({ minLength: 16, maxLength: 40 }), {
      minLength: 2,
      maxLength: 6,
      selector: (bytes) => bytes.join(),
    });
    fc.assert(
      fc.property(several, fc.nat(), (needles, mask) => {
        const present = needles.filter((_, i) => mask & (1 << i));
        const whole = concat(...present);
        const expected = needles.flatMap((n, i) => (includes(whole, n) ? [`D${i + 1}`] : []));
        const found = searchFor(...needles).find(concat(form(whole)));
        expect([...found].sort()).toEqual(expected);
      }),
    );
  });
});

describe('a search for something short', () => {
  it('takes fewer than 8 bytes for found only when they are all there is', () => {
    const short = fc.uint8Array({ minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(short, around, (secret, more) => {
        expect(searchFor(secret).find(copy(secret)).size).toBe(1);
        expect(searchFor(secret).find(concat(secret, more)).size).toBe(more.length ? 0 : 1);
      }),
    );
  });

  it('never finds nothing at all', () => {
    expect(searchFor(new Uint8Array(0)).find(new Uint8Array(0)).size).toBe(0);
  });
});

describe('a search in a large object', () => {
  /** More than a MiB that repeats only after a long while. */
  const large = new Uint8Array(1_500_003);
  for (let i = 0, x = 1; i < large.length; i++) {
    x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0;
    large[i] = x >>> 24;
  }

  it.each(Object.entries(FORMS))(
    'finds a data key in %s wherever it lies, and only then',
    (_name, form) => {
      const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
      fc.assert(
        fc.property(key, fc.double({ min: 0, max: 1, noNaN: true }), (secret, where) => {
          const search = searchFor(secret);
          expect(search.find(large).size).toBe(0);
          const haystack = copy(large);
          const text = form(secret);
          haystack.set(text, Math.floor(where * (large.length - text.length)));
          expect([...search.find(haystack)]).toEqual(['D1']);
        }),
        { numRuns: 20 },
      );
    },
  );

  it('reads a view that begins anywhere in its buffer', () => {
    const secret = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
    for (let offset = 0; offset < 8; offset++) {
      const haystack = copy(large).subarray(offset);
      haystack.set(secret, 1_400_000 + offset);
      expect(searchFor(secret).find(haystack).size).toBe(1);
    }
  });

  it('finds a large object inside a larger one', () => {
    const search = searchFor(large);
    expect(search.find(concat(Uint8Array.of(1, 2, 3), large, Uint8Array.of(4))).size).toBe(1);
    const damaged = copy(large);
    damaged[700_000] = (damaged[700_000] as number) ^ 1;
    expect(search.find(damaged).size).toBe(0);
  });
});
