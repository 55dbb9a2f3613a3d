import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPTHS } from '../sim';
import { align, together } from './align';
import { PHASE_IDS, phasesOf, visibleAt } from './phases';
import { ALL, runOf } from './testing/cases';

const isWithin = (part: readonly string[], whole: readonly string[]): boolean => {
  let next = 0;
  for (const one of whole) if (one === part[next]) next++;
  return next === part.length;
};

describe('two rows of phases together', () => {
  const row = fc.array(fc.constantFrom(...PHASE_IDS), { maxLength: 8 });
  it('have both in them, and no more than both', () =>
    fc.assert(
      fc.property(row, row, (a, b) => {
        const both = together(a, b);
        expect(isWithin(a, both) && isWithin(b, both)).toBe(true);
        expect(both.length).toBeLessThanOrEqual(a.length + b.length);
        expect(together(a, a)).toEqual(a);
      }),
    ));
});

describe('runs side by side', () => {
  it('have each step in one row, in order, beside the same chapter and phase', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...ALL), { minLength: 2, maxLength: 4 }),
        fc.constantFrom(...DEPTHS),
        async (cases, level) => {
          const runs = await Promise.all(cases.map(runOf));
          const shown = runs.map(({ trace }) => ({ trace, visible: visibleAt(trace, level) }));
          const rows = align(shown);
          for (const [column, { trace, visible }] of shown.entries()) {
            const cells = rows.map(({ cells }) => cells[column]);
            expect(cells.filter((cell) => cell !== undefined)).toEqual(visible);
            const phases = phasesOf(trace);
            for (const { chapter, phase, cells: all } of rows) {
              const cell = all[column];
              if (cell === undefined) continue;
              const found = phases.find(({ start, end }) => start <= cell && cell < end);
              expect([found?.chapter, found?.id]).toEqual([chapter, phase]);
            }
          }
          expect(rows.every(({ cells }) => cells.some((cell) => cell !== undefined))).toBe(true);
        },
      ),
      { numRuns: 40 },
    ));
});
