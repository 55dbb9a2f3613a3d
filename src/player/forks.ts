// Forks: what a person changes in a world, and takes back. Lists of changes; the runs are the store's.
import type { StoreApi } from 'zustand/vanilla';
import { type Change, counterpartOf, hasTaken, isInFlight, type Run } from '../flows';
import { writeChange, writeChanges } from './changes';
import { nearestVisible } from './cursor';
import type { AddressProblem, Place } from './place';
import type { Player, PlayerState } from './types';

type Changes = readonly Change[];

export const sameChanges = (a: Changes, b: Changes): boolean => writeChanges(a) === writeChanges(b);

/** A message meets one fate; of a policy, the last one counts. */
const replaces = (one: Change, other: Change): boolean =>
  one.at === other.at &&
  (one.kind === 'policy' && other.kind === 'policy'
    ? one.of === other.of
    : isInFlight(one) && isInFlight(other));

/** What changes nothing in the run that has it: told, and left out. */
export function idle({ changes }: Place, run: Run): { kept: Changes; problems: AddressProblem[] } {
  const kept = changes.filter((change) => hasTaken(change, run));
  const left = changes.filter((change) => !kept.includes(change));
  return { kept, problems: left.map((one) => ({ part: 'what', value: writeChange(one) })) };
}

export function createForks(
  { getState, setState }: Pick<StoreApi<PlayerState>, 'getState' | 'setState'>,
  goTo: (place: Place) => void,
): Pick<Player, 'change' | 'undo' | 'redo' | 'unchange' | 'look'> {
  /** `step`: where one stands in the world with these changes. */
  function fork(changes: Changes, step: number, rest: Pick<PlayerState, 'past' | 'future'>): void {
    const { place } = getState();
    if (!place || sameChanges(changes, place.changes)) return;
    setState({ ...rest, notice: undefined });
    goTo({ ...place, changes, unchanged: false, step });
  }

  /** Both worlds are the same up to the first change that only one of them has. */
  function upTo(changes: Changes): number {
    const { place } = getState();
    const before = place?.changes ?? [];
    const length = Math.max(before.length, changes.length);
    const text = (change: Change | undefined) => change && writeChange(change);
    for (let i = 0; i < length; i++)
      if (text(before[i]) !== text(changes[i]))
        return Math.min(before[i]?.at ?? Infinity, changes[i]?.at ?? Infinity, place?.step ?? -1);
    return place?.step ?? -1;
  }

  return {
    change(what, at) {
      const { place, loaded, past } = getState();
      if (!place || !loaded) return;
      const change: Change = { ...what, at: at ?? place.step };
      if (change.at < 0) return;
      const before = place.unchanged ? [] : place.changes;
      const kept = before.filter((one) => one.at <= change.at && !replaces(one, change));
      const step = Math.min(place.step, Math.max(change.at, 0));
      fork([...kept, change], step, { past: [...past, place.changes], future: [] });
    },
    undo() {
      const { place, past, future } = getState();
      const to = past.at(-1) ?? place?.changes.slice(0, -1);
      if (!place || !to) return;
      fork(to, upTo(to), { past: past.slice(0, -1), future: [...future, place.changes] });
    },
    redo() {
      const { place, past, future } = getState();
      const to = future.at(-1);
      if (!place || !to) return;
      fork(to, upTo(to), { past: [...past, place.changes], future: future.slice(0, -1) });
    },
    unchange() {
      const { place, past } = getState();
      if (place) fork([], upTo([]), { past: [...past, place.changes], future: [] });
    },
    look(unchanged) {
      const { place, loaded, other } = getState();
      if (!place || !loaded || !other || place.unchanged === unchanged) return;
      const there = counterpartOf(place.step, loaded.run.trace, other.run.trace);
      goTo({ ...place, unchanged, step: nearestVisible(other.visible[place.level], there) });
    },
  };
}
