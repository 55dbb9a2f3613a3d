import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, toHex } from './crypto/bytes';
import { seededRandom } from './random';

/** The construction in random.ts, computed by OpenSSL. */
function blocks(seed: string, length: number): Buffer {
  const parts = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`sealed:${seed}:${i}`, 'utf8').digest(),
  );
  return Buffer.concat(parts).subarray(0, length);
}

const seeds = fc.string({ unit: 'grapheme' });

describe('the seeded random source', () => {
  it('begins with SHA-256 of "sealed:demo:0" for the seed demo', () => {
    expect(toHex(seededRandom('demo')(32))).toBe(
      createHash('sha256').update('sealed:demo:0').digest('hex'),
    );
  });

  it('is the blocks in a row, for any seed and length', () => {
    fc.assert(
      fc.property(seeds, fc.nat(500), (seed, length) => {
        expect(Buffer.from(seededRandom(seed)(length))).toEqual(blocks(seed, length));
      }),
    );
  });

  it('gives the same bytes however they are asked for', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.nat(70), { maxLength: 20 }), (seed, lengths) => {
        const random = seededRandom(seed);
        const drawn = concat(...lengths.map((length) => random(length)));
        expect(Buffer.from(drawn)).toEqual(blocks(seed, drawn.length));
      }),
    );
  });

  it('hands out buffers of their own', () => {
    const random = seededRandom('own');
    random(10).fill(0);
    expect(Buffer.from(random(60))).toEqual(blocks('own', 70).subarray(10));
  });
});
