// The world of the room, as the page follows it: objects are stored a few at a time, so that the picture is there with the
// first of them; then what the address says is done. All of it by a lab; here it is only kept and told.
import {
  type Answered,
  type AtRest,
  type Done,
  GROUP_IDS,
  type GroupId,
  type Hierarchy,
  type KeyOrder,
  type LeakTry,
  objectName,
  type Rows,
  writeOrder,
} from '../../flows';
import type { Player } from '../../player';

const FIRST = 16;
const NEXT = 400;
/** Room for what orders store. */
const SPARE = 64;

/** Objects as columns, with room for more; the first `count` are there. */
export interface Columns extends Omit<Rows, 'from'> {
  readonly count: number;
}

export interface WorldState {
  readonly phase: 'opening' | 'storing' | 'doing' | 'ready' | 'broken';
  readonly planned: number;
  readonly hierarchy: Hierarchy | undefined;
  readonly columns: Columns;
  readonly done: readonly Done[];
  readonly broken: string | undefined;
}

export interface Wanted {
  readonly objects: number;
  readonly seed: string;
  readonly orders: readonly KeyOrder[];
}

const EMPTY: Columns = {
  count: 0,
  group: new Uint8Array(0),
  ordinal: new Uint32Array(0),
  under: new Uint16Array(0),
  outer: new Uint16Array(0),
};

/** The first `count` of each column. */
export const cut = ({ count, ...all }: Columns): Rows => ({
  from: 0,
  group: all.group.subarray(0, count),
  ordinal: all.ordinal.subarray(0, count),
  under: all.under.subarray(0, count),
  outer: all.outer.subarray(0, count),
});

export const groupAt = ({ group }: Pick<Columns, 'group'>, index: number): GroupId =>
  GROUP_IDS[group[index] as number] as GroupId;
export const nameAt = (columns: Columns, index: number): string =>
  objectName(groupAt(columns, index), columns.ordinal[index] as number);

function put(columns: Columns, rows: Rows, capacity: number): Columns {
  const count = Math.max(columns.count, rows.from + rows.group.length);
  const length = Math.max(count, capacity);
  const grown = <T extends Uint8Array | Uint16Array | Uint32Array>(
    had: T,
    add: T,
    make: new (length: number) => T,
  ): T => {
    const all = had.length >= length ? had : new make(length);
    if (all !== had) all.set(had.subarray(0, columns.count));
    all.set(add, rows.from);
    return all;
  };
  return {
    count,
    group: grown(columns.group as Uint8Array, rows.group, Uint8Array),
    ordinal: grown(columns.ordinal as Uint32Array, rows.ordinal, Uint32Array),
    under: grown(columns.under as Uint16Array, rows.under, Uint16Array),
    outer: grown(columns.outer as Uint16Array, rows.outer, Uint16Array),
  };
}

const beginsWith = (orders: readonly KeyOrder[], others: readonly KeyOrder[]): boolean =>
  others.every((other, i) => {
    const order = orders[i];
    return order !== undefined && writeOrder(order) === writeOrder(other);
  });

const sameWish = (a: Wanted, b: Wanted): boolean =>
  a.objects === b.objects &&
  a.seed === b.seed &&
  a.orders.length === b.orders.length &&
  beginsWith(a.orders, b.orders);

let worlds = 0;

export class World {
  #state: WorldState = {
    phase: 'opening',
    planned: 0,
    hierarchy: undefined,
    columns: EMPTY,
    done: [],
    broken: undefined,
  };
  readonly #listeners = new Set<() => void>();
  readonly #player: Pick<Player, 'ask'>;
  #world = 0;
  #made: Wanted | undefined;
  #target = 0;
  #asked = 0;

  constructor(player: Pick<Player, 'ask'>) {
    this.#player = player;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): WorldState => this.#state;

  #set(change: Partial<WorldState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Goes on to what is wanted from what there is, or begins anew. A later wish ends an earlier one. */
  async reach(wanted: Wanted): Promise<void> {
    const { phase, columns, done } = this.#state;
    const made = this.#made;
    if (phase !== 'broken' && made && sameWish(made, wanted)) return;
    this.#made = wanted;
    this.#target = wanted.objects;
    const isSame = made !== undefined && phase !== 'broken' && made.seed === wanted.seed;
    // More objects, or fewer than were on their way: as long as nothing was done, the world goes on as it is.
    const isUntouched = done.length === 0 && wanted.orders.length === 0 && phase !== 'doing';
    if (isSame && isUntouched && phase === 'storing' && wanted.objects >= this.#asked) {
      this.#set({ planned: wanted.objects });
      return;
    }
    const isGrown = isSame && isUntouched && phase === 'ready' && wanted.objects >= columns.count;
    const isLonger =
      isSame &&
      phase === 'ready' &&
      made.objects === wanted.objects &&
      beginsWith(wanted.orders, made.orders);
    const goesOn = isGrown || isLonger;
    if (!goesOn) this.#world = ++worlds;
    const world = this.#world;
    try {
      if (!goesOn) await this.#open(world, wanted);
      await this.#store(world);
      await this.#carryOut(world, wanted.orders.slice(goesOn ? done.length : 0));
      if (world === this.#world) this.#set({ phase: 'ready' });
    } catch (error) {
      if (world === this.#world) this.#set({ phase: 'broken', broken: (error as Error).message });
    }
  }

  /** How many objects there will be if no more are asked for. */
  get asked(): number {
    return this.#asked;
  }

  async #open(world: number, { objects, seed }: Wanted): Promise<void> {
    this.#set({ phase: 'opening', planned: objects, done: [], broken: undefined });
    this.#asked = Math.min(FIRST, objects);
    const grown = await this.#player.ask('keysOpen', { world, seed, objects: this.#asked });
    if (world === this.#world) this.#take(grown, EMPTY);
  }

  #take({ rows, hierarchy }: { rows: Rows; hierarchy: Hierarchy }, had: Columns): void {
    const columns = put(had, rows, this.#target + SPARE);
    this.#set({ phase: 'storing', planned: this.#target, hierarchy, columns });
  }

  async #store(world: number): Promise<void> {
    while (world === this.#world && this.#asked < this.#target) {
      this.#asked = Math.min(this.#target, this.#asked + NEXT);
      const grown = await this.#player.ask('keysGrow', { world, objects: this.#asked });
      if (world === this.#world) this.#take(grown, this.#state.columns);
    }
  }

  async #carryOut(world: number, orders: readonly KeyOrder[]): Promise<void> {
    for (const order of orders) {
      if (world !== this.#world) return;
      this.#set({ phase: 'doing' });
      const { done, hierarchy, rows } = await this.#player.ask('keysDo', { world, order });
      if (world !== this.#world) return;
      const columns = put(this.#state.columns, rows, 0);
      this.#set({ hierarchy, columns, done: [...this.#state.done, done] });
    }
  }

  read(object: number): Promise<Answered> {
    return this.#player.ask('keysRead', { world: this.#world, object });
  }
  tryLeaked(object: number): Promise<LeakTry> {
    return this.#player.ask('keysTryLeaked', { world: this.#world, object });
  }
  atRest(object: number): Promise<AtRest> {
    return this.#player.ask('keysAtRest', { world: this.#world, object });
  }
}
