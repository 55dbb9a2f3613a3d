// The room's state: its address, the world that follows it, and what is about to be done.
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type Effects, effectsOf, type KeyOrder, openLayersOf, readableNow } from '../../flows';
import { usePlayed, usePlayer } from '../context';
import { type KeysPlace, readKeys, writeKeys } from './address';
import { cut, World, type WorldState } from './world';

export interface KeysState {
  readonly world: World;
  readonly state: WorldState;
  readonly place: KeysPlace;
  readonly wrong: readonly string[];
  /** Per object: 1 where a GET gives it, and how many of its layers leaked keys open. */
  readonly readable: Uint8Array;
  readonly open: Uint8Array;
  /** Said, not done yet; with what it would do. */
  readonly armed: KeyOrder | undefined;
  readonly effects: Effects | undefined;
  arm(order: KeyOrder | undefined): void;
  carryOut(order: KeyOrder): void;
  /** So many orders are taken back; without a number, the last. */
  undo(count?: number): void;
  choose(at: string | undefined): void;
  change(change: Partial<KeysPlace>): void;
  /** The picture's colours follow it. */
  readonly theme: string;
}

export function useKeys(): KeysState {
  const player = usePlayer();
  const query = usePlayed((s) => s.room.query);
  const { place, wrong } = useMemo(() => readKeys(query), [query]);
  const [world] = useState(() => new World(player));
  const state = useSyncExternalStore(world.subscribe, world.getState);
  const theme = usePlayed((s) => s.settings.theme);
  const [armed, arm] = useState<KeyOrder>();
  const { objects, orders, seed } = place;

  useEffect(() => {
    void world.reach({ objects, orders, seed: seed ?? player.seed });
  }, [world, player, objects, orders, seed]);

  const { hierarchy, columns } = state;
  const rows = useMemo(() => cut(columns), [columns]);
  const readable = useMemo(
    () => (hierarchy ? readableNow(hierarchy, rows) : new Uint8Array(0)),
    [hierarchy, rows],
  );
  const open = useMemo(
    () => (hierarchy ? openLayersOf(hierarchy, rows) : new Uint8Array(0)),
    [hierarchy, rows],
  );
  const effects = useMemo(
    () => (armed && hierarchy ? effectsOf(hierarchy, rows, armed) : undefined),
    [armed, hierarchy, rows],
  );

  const change = useCallback(
    (change: Partial<KeysPlace>) =>
      player.enter({ id: 'keys', query: writeKeys({ ...place, ...change }) }),
    [player, place],
  );
  const choose = useCallback(
    (at: string | undefined) => {
      arm(undefined);
      change({ at });
    },
    [change],
  );
  const carryOut = useCallback(
    (order: KeyOrder) => {
      arm(undefined);
      // With the first order the world is one to come back to: its seed stands in the address.
      change({ orders: [...orders, order], seed: seed ?? player.seed });
    },
    [change, orders, seed, player],
  );
  const undo = useCallback(
    (count = 1) => {
      arm(undefined);
      change({ orders: orders.slice(0, -count) });
    },
    [change, orders],
  );
  return {
    ...{ world, state, place, wrong, readable, open, armed, effects, theme },
    ...{ arm, carryOut, undo, choose, change },
  };
}
