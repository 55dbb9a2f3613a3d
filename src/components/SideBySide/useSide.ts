// The room's state: what stands side by side is in its address, the runs of it come from a lab.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type AlignedRow, align, type Comparison, comparisonOf } from '../../flows';
import { type Loaded, load } from '../../player';
import { usePlayed, usePlayer } from '../context';
import { type Column, readSide, type Side, writeSide } from './columns';

export interface Beside {
  readonly column: Column;
  readonly loaded: Loaded;
  readonly comparison: Comparison;
}

export interface SideState {
  readonly side: Side;
  readonly wrong: readonly string[];
  /** Undefined while they run. */
  readonly beside: readonly Beside[] | undefined;
  readonly rows: readonly AlignedRow[];
  readonly broken: string | undefined;
  /** 0 at rest; never beyond the last row. */
  readonly row: number;
  go(row: number): void;
  choose(change: Partial<Side>): void;
  retry(): void;
}

type Found = ReadonlyMap<string, Beside>;
const nameOf = ({ flow, variant }: Column): string => `${flow}.${variant}`;

export function useSide(): SideState {
  const player = usePlayer();
  const query = usePlayed((s) => s.room.query);
  const { side, wrong } = useMemo(() => readSide(query), [query]);
  const [found, setFound] = useState<Found>(new Map());
  const [broken, setBroken] = useState<string>();
  const [tries, setTries] = useState(0);
  const { seed, columns, level } = side;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks again
  useEffect(() => {
    let isWanted = true;
    const work = async (): Promise<void> => {
      for (const column of columns) {
        const name = `${nameOf(column)} ${seed}`;
        if (found.has(name)) continue;
        const run = await player.sample(column.flow, column.variant, seed);
        if (!isWanted) return;
        const one = { column, loaded: load(run), comparison: comparisonOf(run) };
        // Under the seed that was drawn for it, too: with the first step it stands in the address.
        const drawn = `${nameOf(column)} ${run.scenario.seed}`;
        setFound((before) => new Map(before).set(name, one).set(drawn, one));
      }
    };
    work().catch((error: Error) => isWanted && setBroken(error.message));
    return () => {
      isWanted = false;
    };
  }, [player, columns, seed, tries]);

  const beside = useMemo(() => {
    const all = columns.flatMap((column) => found.get(`${nameOf(column)} ${seed}`) ?? []);
    return all.length === columns.length ? all : undefined;
  }, [columns, found, seed]);
  const rows = useMemo(
    () =>
      align(
        (beside ?? []).map(({ loaded }) => ({
          trace: loaded.run.trace,
          visible: loaded.visible[level],
        })),
      ),
    [beside, level],
  );
  const row = beside ? Math.min(side.row, rows.length) : side.row;

  const choose = useCallback(
    (change: Partial<Side>) =>
      player.enter({ id: 'compare', query: writeSide({ ...side, ...change }) }),
    [player, side],
  );
  const go = useCallback(
    (to: number) => {
      const next = Math.max(0, Math.min(rows.length, to));
      if (beside && next !== row)
        choose({ row: next, seed: side.seed ?? beside[0]?.loaded.run.scenario.seed });
    },
    [beside, rows.length, row, choose, side.seed],
  );
  const retry = (): void => {
    setBroken(undefined);
    setTries(tries + 1);
  };
  return { side, wrong, beside, rows, broken, row, go, choose, retry };
}
