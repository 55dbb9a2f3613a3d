// A player for tests: real scenarios, run where the test can hold them back or have them fail.

import { runScenario } from '../../flows';
import { LABS } from '../../flows/labs';
import { type Engine, Superseded } from '../engine';
import type { Lab } from '../lab';
import { DEFAULT_DRAFT } from '../own';
import type { Order } from '../protocol';
import { createMemory, type Memory } from '../settings';
import { createPlayer } from '../store';
import type { Player, PlayerState } from '../types';

/** The engine without a worker: same scenarios, same promises. Held back while `held` is on. */
function createFakeEngine() {
  const orders: Order[] = [];
  let reject: ((error: Error) => void) | undefined;
  let release: (() => void) | undefined;
  const engine: Engine & { orders: Order[]; held: boolean; release(): void; fails?: Error } = {
    orders,
    held: false,
    release: () => release?.(),
    cancel() {
      reject?.(new Superseded());
      reject = undefined;
    },
    async run(order, onProgress) {
      engine.cancel();
      orders.push(order);
      const superseded = new Promise<never>((_, no) => {
        reject = no;
      });
      const gate = engine.held
        ? new Promise<void>((yes) => {
            release = yes;
          })
        : undefined;
      const work = async () => {
        onProgress(0.5);
        await gate;
        if (engine.fails) throw engine.fails;
        const { object } = order.own;
        const bytes =
          object instanceof Uint8Array ? object : new Uint8Array(await object.arrayBuffer());
        return runScenario({ ...order, own: { ...order.own, object: bytes } });
      };
      return Promise.race([work(), superseded]);
    },
  };
  return engine;
}

/** The labs on the spot. */
const lab: Lab = {
  ask: async (name, input) => (LABS[name] as (input: unknown) => Promise<never>)(input),
};

export function start({
  memory = createMemory(),
  still = true,
}: {
  memory?: Memory;
  still?: boolean;
} = {}) {
  const engine = createFakeEngine();
  let seeds = 0;
  const player = createPlayer({
    engine,
    lab,
    memory,
    seed: () => `seed-${++seeds}`,
    still: () => still,
  });
  return { engine, player };
}
const isReady = ({ work, loaded }: PlayerState): boolean =>
  work.kind === 'none' && loaded !== undefined;

/** Resolves when a run is there. */
export const ready = (player: Player): Promise<void> =>
  new Promise((done) => {
    if (isReady(player.getState())) return done();
    const stop = player.subscribe((state) => {
      if (!isReady(state)) return;
      stop();
      done();
    });
  });
export async function opened(hash: string, options?: Parameters<typeof start>[0]) {
  const all = start(options);
  all.player.open(hash);
  await ready(all.player);
  return all;
}
export const stepOf = (player: Player) => player.getState().place?.step;
export const problemsTold = (player: Player) => {
  const { notice } = player.getState();
  return notice?.kind === 'address' ? notice.problems : [];
};
export const ownDraft = { ...DEFAULT_DRAFT, text: 'my own text' };
