// What lies on each actor's desk (until the request in hand is done) and on its shelves (until taken down).
import { ACTORS, type ActorId, type Bytes, type Knowledge } from '../types';
import { freezeDeep } from './freeze';
import type { Ledger } from './ledger';
import type { Snapshots } from './snapshots';

interface Place {
  readonly working: Set<string>;
  readonly shelves: Map<string, readonly Bytes[]>;
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
  #last: Knowledge | undefined;

  constructor(ledger: Ledger, snapshots: Snapshots) {
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
    const { shelves } = place;
    if (things.length === 0) shelves.delete(shelf);
    else
      shelves.set(
        shelf,
        things.map((thing) => this.#snapshots.of(thing)),
      );
    place.isStale = true;
  }

  /** Equal consecutive states are one object, so a trace of many steps stays small. */
  state(): Knowledge {
    const last = this.#last;
    const knows = {} as Record<ActorId, readonly string[]>;
    const has = {} as Record<ActorId, readonly string[]>;
    const shelf = {} as Record<ActorId, readonly string[]>;
    let isNew = last === undefined;
    for (const actor of ACTORS) {
      const contents = this.#contentsOf(this.#of(actor));
      knows[actor] = contents.knows;
      has[actor] = contents.has;
      shelf[actor] = contents.shelf;
      isNew ||=
        last?.knows[actor] !== contents.knows ||
        last.has[actor] !== contents.has ||
        last.shelf[actor] !== contents.shelf;
    }
    if (last && !isNew) return last;
    this.#last = freezeDeep({ knows, has, shelf });
    return this.#last;
  }

  #contentsOf(place: Place): Contents {
    const { working, shelves, contents: before } = place;
    const { size } = this.#ledger;
    // What lies on a shelf may by now hold more that can be found.
    const mayHoldMore = shelves.size > 0 && place.findable !== size;
    if (!place.isStale && !mayHoldMore) return before;
    const shelved = new Set<string>();
    for (const things of shelves.values()) {
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
