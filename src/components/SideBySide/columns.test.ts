import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPTHS, FLOW_IDS, FLOWS } from '../../flows';
import { type Column, LEAST, MOST, readSide, type Side, writeSide } from './columns';

const ALL: readonly Column[] = FLOW_IDS.flatMap((flow) =>
  FLOWS[flow].variants.map(({ id }) => ({ flow, variant: id })),
);
const sides: fc.Arbitrary<Side> = fc.record({
  columns: fc.shuffledSubarray([...ALL], { minLength: LEAST, maxLength: MOST }),
  level: fc.constantFrom(...DEPTHS),
  seed: fc.option(fc.stringMatching(/^[a-z0-9-]{1,32}$/), { nil: undefined }),
  row: fc.integer({ min: 0, max: 9999 }),
});

describe('the address of side by side', () => {
  it('leads back to what it was made from', () =>
    fc.assert(
      fc.property(sides, (side) => {
        expect(readSide(writeSide(side))).toEqual({ side, wrong: [] });
      }),
    ));

  it('whatever it is, gives two to four different columns', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const { side } = readSide(`with=${a}&${b}`);
        expect(side.columns.length).toBeGreaterThanOrEqual(LEAST);
        expect(side.columns.length).toBeLessThanOrEqual(MOST);
        expect(new Set(side.columns.map((one) => JSON.stringify(one))).size).toBe(
          side.columns.length,
        );
      }),
    ));

  it('says what in it says nothing', () => {
    expect(readSide('with=sse-s3,moon,sse-kms.gold,sse-s3&row=-1&level=high&x=1').wrong).toEqual([
      ...['moon', 'sse-kms.gold', 'sse-s3', 'level=high', 'row=-1', 'x'],
    ]);
    expect(readSide('').wrong).toEqual([]);
  });
});
