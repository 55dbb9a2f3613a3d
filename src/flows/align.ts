// Several runs next to one another: which step of one stands beside which of another.
import type { ChapterId, Trace } from '../sim';
import { type PhaseId, phasesOf } from './phases';

export interface AlignedRow {
  readonly chapter: ChapterId;
  readonly phase: PhaseId;
  /** A run's step in this row, as an index of its trace; undefined: nothing happens there in that run. */
  readonly cells: readonly (number | undefined)[];
}

interface Part {
  readonly phase: PhaseId;
  readonly steps: readonly number[];
}

/** The shortest row that has both rows in it, each in its own order. */
export function together<T>(a: readonly T[], b: readonly T[]): T[] {
  // longest[i][j]: of the longest row common to a from i and b from j
  const longest = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(b.length + 1).fill(0),
  );
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = longest[i] as number[];
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const out: T[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length)
    if (i < a.length && a[i] === b[j]) {
      out.push(a[i++] as T);
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1)))
      out.push(a[i++] as T);
    else out.push(b[j++] as T);
  return out;
}

/** The visible steps of a chapter, in parts of one phase each. */
function partsOf(trace: Trace, visible: ReadonlySet<number>, chapter: ChapterId): Part[] {
  const parts: { phase: PhaseId; steps: number[] }[] = [];
  for (const { id, chapter: of, start, end } of phasesOf(trace)) {
    if (of !== chapter) continue;
    const steps: number[] = [];
    for (let index = start; index < end; index++) if (visible.has(index)) steps.push(index);
    if (steps.length === 0) continue;
    const last = parts.at(-1);
    if (last?.phase === id) last.steps.push(...steps);
    else parts.push({ phase: id, steps });
  }
  return parts;
}

/** One row for all of them, and where each of them is in it: its own in order, undefined where it rests. */
function merged<T>(rows: readonly (readonly T[])[]): {
  readonly places: readonly T[];
  /** For each of the rows, and each place: which of its own stands there. */
  readonly columns: readonly (readonly (number | undefined)[])[];
} {
  const places = rows.reduce<T[]>((all, row) => together(all, row), []);
  const columns = rows.map((row) => {
    let next = 0;
    return places.map((place) => (next < row.length && row[next] === place ? next++ : undefined));
  });
  return { places, columns };
}

/**
 * Chapter beside chapter and phase beside phase: every visible step of each run is in exactly one row, and in its order.
 */
export function align(
  runs: readonly { readonly trace: Trace; readonly visible: readonly number[] }[],
): AlignedRow[] {
  const chapters = merged(runs.map(({ trace }) => trace.chapters.map(({ id }) => id)));
  return chapters.places.flatMap((chapter, nth) => {
    const all = runs.map(({ trace, visible }, column) =>
      chapters.columns[column]?.[nth] === undefined
        ? []
        : partsOf(trace, new Set(visible), chapter),
    );
    const { places, columns } = merged(all.map((parts) => parts.map(({ phase }) => phase)));
    return places.flatMap((phase, place) => {
      const steps = columns.map((column, i) => all[i]?.[column[place] ?? -1]?.steps ?? []);
      const rows = Math.max(...steps.map(({ length }) => length));
      return Array.from({ length: rows }, (_, row) => ({
        chapter,
        phase,
        cells: steps.map((column) => column[row]),
      }));
    });
  });
}
