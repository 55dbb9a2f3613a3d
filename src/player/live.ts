// Live: requests that somebody sends to the endpoint on this machine, to be watched as they arrive. The endpoint has
// recorded them; each becomes a run of its own, and a player steps through it like through any other.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Run } from '../flows';
import type { Trace } from '../sim/types';
import type { Engine } from './engine';
import { DEFAULT_DRAFT, ownInputOf } from './own';
import type { Player } from './types';

/** A request as the endpoint tells of it. */
export interface LiveRequest {
  readonly id: number;
  readonly operation: string;
  readonly line: string;
  readonly status: number;
  readonly failed: boolean;
  readonly at: string;
  readonly bytes: number;
  readonly isKept: boolean;
}

export interface LiveState {
  readonly connection: 'connecting' | 'open' | 'lost';
  /** The oldest first. */
  readonly requests: readonly LiveRequest[];
  /** The request on the stage. */
  readonly current: number | undefined;
  /** Goes on to the next request when the one on the stage is over. */
  readonly following: boolean;
  /** The endpoint was started again, and what was here before is no more. */
  readonly restarted: boolean;
}

export interface Live extends StoreApi<LiveState> {
  show(id: number): void;
  follow(): void;
  /** The lines that the endpoint printed when it started. */
  help(): Promise<string>;
}

/** How the endpoint is asked; addresses are relative to the page. */
export interface LiveSource {
  read(address: string): Promise<string>;
  listen(
    address: string,
    hear: { hello(data: string): void; request(data: string): void; lost(): void },
  ): void;
}

const SHOWN = 20;

interface Packed {
  readonly $bytes: string;
}
const isPacked = (value: unknown): value is Packed =>
  typeof value === 'object' && value !== null && typeof (value as Packed).$bytes === 'string';

const unpacked = (_: string, value: unknown): unknown =>
  isPacked(value) ? Uint8Array.from(atob(value.$bytes), (c) => c.charCodeAt(0)) : value;

/** The name of the object that a request is about, for the stage. */
function keyIn({ steps }: Trace): string {
  const path = steps[0]?.kind === 'request' ? (steps[0].message.path.split('?')[0] ?? '') : '';
  return decodeURIComponent(path.split('/').at(-1) ?? '') || 'object';
}

/** An engine that runs nothing: a seed is the number of a request, whose recording is asked for. */
export function createLiveEngine(source: LiveSource): Engine {
  return {
    cancel() {},
    async run({ flow, variant, seed }): Promise<Run> {
      const trace = JSON.parse(await source.read(`../live/${seed}`), unpacked) as Trace;
      const own = { ...ownInputOf(DEFAULT_DRAFT), key: keyIn(trace) };
      return { scenario: { flow, variant, fault: undefined, seed, own }, trace, outside: true };
    },
  };
}

/** `player` is one that was made with a live engine. */
export function createLive(player: Player, source: LiveSource): Live {
  const store = createStore<LiveState>(() => ({
    connection: 'connecting',
    requests: [],
    current: undefined,
    following: true,
    restarted: false,
  }));
  const { getState, setState } = store;
  let world: string | undefined;
  /** Being loaded, or on its way through: nothing follows before it is over. */
  let isUnderWay = false;

  function put(id: number): void {
    isUnderWay = true;
    setState({ current: id });
    player.open(`#/sse-kms?seed=${id}`);
  }

  /** The next request after the one on the stage, if it is time for it. */
  function goOn(): void {
    const { following, requests, current } = getState();
    if (!following || isUnderWay) return;
    const next = requests.find(
      ({ id, isKept }) => isKept && (current === undefined || id > current),
    );
    if (next) put(next.id);
  }

  let playingBefore = false;
  player.subscribe((state, before) => {
    const { loaded, playing, place } = state;
    // What has just been loaded plays by itself while one follows.
    if (loaded && loaded !== before.loaded && getState().following) {
      player.play();
      return;
    }
    if (playingBefore && !playing && loaded && place) {
      const isOver = place.step === loaded.visible[place.level].at(-1);
      isUnderWay = false;
      if (isOver) queueMicrotask(goOn);
      else setState({ following: false });
    } else if (!isUnderWay && !playing && loaded && loaded === before.loaded) {
      // Somebody steps by hand: the stage is theirs.
      if (place?.step !== before.place?.step) setState({ following: false });
    }
    playingBefore = playing;
  });

  source.listen('../live/events', {
    hello(data) {
      const told = JSON.parse(data) as { world: string; requests: LiveRequest[] };
      const restarted = world !== undefined && world !== told.world;
      world = told.world;
      setState({ connection: 'open', requests: told.requests.slice(-SHOWN), restarted });
      if (restarted) {
        isUnderWay = false;
        setState({ current: undefined });
      }
      // Who comes late begins with what was asked last.
      const last = told.requests.findLast(({ isKept }) => isKept);
      if (last && getState().current === undefined) put(last.id);
      else goOn();
    },
    request(data) {
      const { requests } = getState();
      setState({ requests: [...requests, JSON.parse(data) as LiveRequest].slice(-SHOWN) });
      goOn();
    },
    lost: () => setState({ connection: 'lost' }),
  });

  return {
    ...store,
    show(id) {
      setState({ following: false });
      put(id);
      isUnderWay = false;
    },
    follow() {
      const { requests, current } = getState();
      isUnderWay = false;
      const last = requests.findLast(({ isKept }) => isKept);
      setState({ following: true });
      if (last && last.id !== current) put(last.id);
      else if (player.getState().loaded && !player.getState().playing) goOn();
    },
    help: () => source.read('../'),
  };
}

/** The endpoint that served this page. */
export const ownEndpoint: LiveSource = {
  async read(address) {
    const answer = await fetch(new URL(address, location.href));
    if (!answer.ok) throw new Error(`the endpoint answered ${answer.status}`);
    return answer.text();
  },
  listen(address, { hello, request, lost }) {
    const events = new EventSource(new URL(address, location.href));
    events.addEventListener('hello', ({ data }) => hello(data));
    events.addEventListener('request', ({ data }) => request(data));
    events.addEventListener('error', lost);
  },
};
