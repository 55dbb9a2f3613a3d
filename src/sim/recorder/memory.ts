// What lies on each actor's desk (until the request in hand is done) and on its shelves (until taken down).
import { ACTORS, type ActorId, type Bytes, type Knowledge } from '../types';
import { freezeDeep } from './freeze';
import type { Ledger } from './ledger';
import type { Snapshots } from './snapshots';

/** What lies on a shelf; in a long-lived world only what was found in it when it was put there. */
interface Shelf {
  readonly things: readonly Bytes[];
  readonly found: Set<string>;
  /** Those of `found` that are a thing on it by itself: keys that are kept. */
  readonly keys: readonly string[];
}

interface Place {
  readonly working: Set<string>;
  readonly shelves: Map<string, Shelf>;
  /** As computed last. */
  contents: Contents;
  /** Something here has changed since. */
  isStale: boolean;
  /** How much could be found on the shelves then. */
  findable: number;
}

interface Contents {
  readonly knows: readonly string[];
  readonly has: readonly string[];
  readonly shelf: readonly string[];
}

const EMPTY: Contents = { knows: [], has: [], shelf: [] };

/** `before` when nothing has changed. */
const unlessSame = (before: readonly string[], now: readonly string[]): readonly string[] =>
  now.length === before.length && now.every((id, i) => id === before[i]) ? before : now;

export class Memory {
  readonly #places = new Map<ActorId, Place>();
  readonly #ledger: Ledger;
  readonly #snapshots: Snapshots;
  readonly #isLongLived: boolean;
  #last: Knowledge | undefined;

  /**
   * In a long-lived world shelves hold more than can be searched at each step: they are searched once, when something is
   * put there, and what was put there before all that is recorded is told no more.
   */
  constructor(ledger: Ledger, snapshots: Snapshots, isLongLived = false) {
    this.#isLongLived = isLongLived;
    this.#ledger = ledger;
    this.#snapshots = snapshots;
    for (const actor of ACTORS)
      this.#places.set(actor, {
        working: new Set(),
        shelves: new Map(),
        contents: EMPTY,
        isStale: false,
        findable: 0,
      });
  }

  /** A request arrives: its receiver reads it. Returns what to give to `leave`. */
  enter(actor: ActorId, ids: Iterable<string>): ReadonlySet<string> {
    const before = new Set(this.#of(actor).working);
    this.learn(actor, ids);
    return before;
  }

  /** The request is done: the desk is as it was before, shelves apart. */
  leave(actor: ActorId, before: ReadonlySet<string>): void {
    const place = this.#of(actor);
    place.working.clear();
    for (const id of before) place.working.add(id);
    place.isStale = true;
  }

  learn(actor: ActorId, ids: Iterable<string>): void {
    const place = this.#of(actor);
    for (const id of ids) place.working.add(id);
    place.isStale = true;
  }

  forget(actor: ActorId, id: string): void {
    const place = this.#of(actor);
    place.working.delete(id);
    place.isStale = true;
  }

  shelve(actor: ActorId, shelf: string, things: readonly Bytes[]): void {
    const place = this.#of(actor);
    if (things.length === 0) place.shelves.delete(shelf);
    else place.shelves.set(shelf, this.#isLongLived ? this.#searched(things) : this.#kept(things));
    place.isStale = true;
  }

  #kept(things: readonly Bytes[]): Shelf {
    return {
      things: things.map((thing) => this.#snapshots.of(thing)),
      found: new Set(),
      keys: [],
    };
  }

  #searched(things: readonly Bytes[]): Shelf {
    const found = things.map((thing) =>
      this.#snapshots.isRecorded(thing) ? this.#ledger.find(thing) : this.#ledger.findOnce(thing),
    );
    const keys = things.flatMap((thing, i) => {
      const ids = [...(found[i] as ReadonlySet<string>)];
      return ids.filter(
        (id) => this.#ledger.isSecret(id) && this.#ledger.lengthOf(id) === thing.length,
      );
    });
    return { things: [], found: new Set(found.flatMap((ids) => [...ids])), keys };
  }

  /** Keys that somebody keeps, however long ago they were made. */
  keysOnShelves(): readonly string[] {
    return [...this.#places.values()].flatMap(({ shelves }) =>
      [...shelves.values()].flatMap(({ keys }) => keys),
    );
  }

  /** Forgets all names but these. */
  retain(names: ReadonlySet<string>): void {
    for (const place of this.#places.values()) {
      place.isStale = true;
      for (const id of place.working) if (!names.has(id)) place.working.delete(id);
      for (const [name, { found }] of place.shelves) {
        for (const id of found) if (!names.has(id)) found.delete(id);
        if (found.size === 0) place.shelves.delete(name);
      }
    }
  }

  /** Equal consecutive states are one object, so a trace of many steps stays small. */
  state(): Knowledge {
    const last = this.#last;
    let isNew = last === undefined;
    for (const actor of ACTORS) {
      const contents = this.#contentsOf(this.#of(actor));
      isNew ||=
        last?.knows[actor] !== contents.knows ||
        last.has[actor] !== contents.has ||
        last.shelf[actor] !== contents.shelf;
    }
    if (last && !isNew) return last;
    const knows = {} as Record<ActorId, readonly string[]>;
    const has = {} as Record<ActorId, readonly string[]>;
    const shelf = {} as Record<ActorId, readonly string[]>;
    for (const actor of ACTORS) {
      const { contents } = this.#of(actor);
      knows[actor] = contents.knows;
      has[actor] = contents.has;
      shelf[actor] = contents.shelf;
    }
    this.#last = freezeDeep({ knows, has, shelf });
    return this.#last;
  }

  #contentsOf(place: Place): Contents {
    const { working, shelves, contents: before } = place;
    const { size } = this.#ledger;
    // What lies on a shelf may by now hold more that can be found.
    const mayHoldMore = !this.#isLongLived && shelves.size > 0 && place.findable !== size;
    if (!place.isStale && !mayHoldMore) return before;
    const shelved = new Set<string>();
    for (const { things, found } of shelves.values()) {
      for (const id of found) shelved.add(id);
      for (const thing of things) for (const id of this.#ledger.find(thing)) shelved.add(id);
    }
    const all = [...new Set([...working, ...shelved])].sort();
    const isSecret = (id: string): boolean => this.#ledger.isSecret(id);
    place.contents = {
      knows: unlessSame(before.knows, all.filter(isSecret)),
      has: unlessSame(
        before.has,
        all.filter((id) => !isSecret(id)),
      ),
      shelf: unlessSame(before.shelf, [...shelved].sort()),
    };
    place.isStale = false;
    place.findable = size;
    return place.contents;
  }

  #of(actor: ActorId): Place {
    return this.#places.get(actor) as Place;
  }
}
