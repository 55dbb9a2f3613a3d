// Medians, and the lines of the report.
import { cpus, loadavg } from 'node:os';

export interface Line {
  readonly area: string;
  readonly what: string;
  readonly figure: string;
  /** What it is held against; none for what is only told. */
  readonly target?: string;
  readonly isOver?: boolean;
}

/** Hears each line as soon as it is measured. */
export type Report = (line: Line) => void;

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

const decimals = (value: number): number => (value < 10 ? 2 : value < 100 ? 1 : 0);
export const number = (value: number): string => value.toFixed(decimals(Math.abs(value)));
export const ms = (value: number): string => `${number(value)} ms`;
export const times = (value: number): string => `${value.toFixed(2)}×`;

/** A line whose `value` must not be above `limit`; `show` writes both. */
export const atMost = (
  area: string,
  what: string,
  value: number,
  limit: number,
  show: (value: number) => string,
  note = '',
): Line => ({
  area,
  what,
  figure: `${show(value)}${note && `  (${note})`}`,
  target: `≤ ${show(limit)}`,
  isOver: !(value <= limit),
});

/** Milliseconds that a work takes; one that returns a number has begun to count at that moment. */
export async function clocked(work: () => unknown): Promise<number> {
  const start = performance.now();
  const began = await work();
  return performance.now() - (typeof began === 'number' ? began : start);
}

/** Takes turns, so that whatever else the machine does meets all of them alike. Milliseconds of each, in order. */
export async function takeTurns<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
  rounds: number,
  warmUp: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let round = -warmUp; round < rounds; round++) {
    // Whoever goes first in one round goes last in the next.
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const time = await clocked(works[name]);
      if (round >= 0) taken[name].push(time);
    }
  }
  return taken;
}

export function table(lines: readonly Line[]): string {
  const rows = lines.map(({ area, what, figure, target = '', isOver }) => [
    area,
    what,
    isOver === undefined ? '' : isOver ? 'OVER' : 'ok',
    target,
    figure,
  ]);
  const all = [['part', 'what', '', 'target', 'figure'], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...all.map((row) => (row[column] as string).length)),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What the figures were measured on, and what that means for them. */
export function machine(): string {
  const { length } = cpus();
  const [load = 0] = loadavg();
  return [
    `Node ${process.version}, ${length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, load ${load.toFixed(1)} at the end.`,
    'Medians; what is compared took turns in one process. On a busy machine times grow, ratios less so.',
  ].join('\n');
}
