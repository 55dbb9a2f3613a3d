import { describe, expect, it } from 'vitest';
import {
  asciiOf,
  heightOf,
  offsetDigits,
  ROWS_IN_SIGHT,
  readOffset,
  rowAt,
  rowsOf,
  TALLEST,
  topOf,
} from './hex';

describe('the hex grid', () => {
  it('has a row for every begun sixteen bytes', () => {
    expect([0, 1, 16, 17].map((length) => rowsOf(length, 16))).toEqual([0, 1, 1, 2]);
  });

  it('writes offsets with as many digits as the last one needs', () => {
    expect([1, 256, 257, 65_537, 64 << 20].map(offsetDigits)).toEqual([2, 2, 4, 6, 8]);
  });

  it('shows what is not printable as a dot', () => {
    expect([0x41, 0x20, 0x00, 0x7f, 0xff].map(asciiOf).join('')).toBe('A ···');
  });

  it.each([20, 1000, 4 << 20, 8 << 20])(
    'comes back to the row it was scrolled to: %i rows',
    (rows) => {
      const last = rows - ROWS_IN_SIGHT;
      for (const row of [0, 1, last >> 1, last - 1, last])
        expect(rowAt(topOf(row, rows), rows)).toBe(row);
    },
  );

  it('is never taller than a browser draws', () => {
    expect(heightOf(8 << 20)).toBe(TALLEST);
  });

  it('reads an offset in decimal or hex, and no other', () => {
    expect(readOffset('31', 64)).toBe(31);
    expect(readOffset(' 0x1F ', 64)).toBe(31);
    for (const typed of ['', '64', '0x40', '-1', '1.5', 'ff', '0x'])
      expect(readOffset(typed, 64)).toBeUndefined();
  });
});
