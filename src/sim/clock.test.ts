import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoWriter } from './clock';

describe('writing times', () => {
  it('is as Date writes them, in whatever order they come', () => {
    const near = fc.integer({ min: -5000, max: 5000 });
    const far = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) });
    fc.assert(
      fc.property(far, fc.array(near), (start, offsets) => {
        const write = isoWriter();
        for (const offset of offsets) {
          const date = new Date(start.getTime() + offset);
          expect(write(date)).toBe(date.toISOString());
        }
      }),
    );
  });
});
