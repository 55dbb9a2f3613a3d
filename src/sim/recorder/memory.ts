// What lies on each actor's desk (until the request in hand is done) and on its shelves (until taken down).
import { ACTORS, type ActorId, type Bytes, type Knowledge } from '../types';
import { freezeDeep } from './freeze';
import type { Ledger } from './ledger';
import type { Snapshots } from './snapshots';

interface Place {
  readonly working: Set<string>;
  readonly shelves: Map<string, readonly Bytes[]>;
}

export class Memory {
  readonly #places = new Map<ActorId, Place>();
  readonly #ledger: Ledger;
  readonly #snapshots: Snapshots;
  #last: Knowledge | undefined;

  constructor(ledger: Ledger, snapshots: Snapshots) {
    this.#ledger = ledger;
    this.#snapshots = snapshots;
    for (const actor of ACTORS) this.#places.set(actor, { working: new Set(), shelves: new Map() });
  }

  /** A request arrives: its receiver reads it. Returns what to give to `leave`. */
  enter(actor: ActorId, ids: Iterable<string>): ReadonlySet<string> {
    const before = new Set(this.#of(actor).working);
    this.learn(actor, ids);
    return before;
  }

  /** The request is done: the desk is as it was before, shelves apart. */
  leave(actor: ActorId, before: ReadonlySet<string>): void {
    const { working } = this.#of(actor);
    working.clear();
    for (const id of before) working.add(id);
    this.#last = undefined;
  }

  learn(actor: ActorId, ids: Iterable<string>): void {
    const { working } = this.#of(actor);
    for (const id of ids) working.add(id);
    this.#last = undefined;
  }

  forget(actor: ActorId, id: string): void {
    this.#of(actor).working.delete(id);
    this.#last = undefined;
  }

  shelve(actor: ActorId, shelf: string, things: readonly Bytes[]): void {
    const { shelves } = this.#of(actor);
    if (things.length === 0) shelves.delete(shelf);
    else
      shelves.set(
        shelf,
        things.map((thing) => this.#snapshots.of(thing)),
      );
    this.#last = undefined;
  }

  /** Equal consecutive states are one object, so a trace of many steps stays small. */
  state(): Knowledge {
    if (this.#last) return this.#last;
    const knows = {} as Record<ActorId, string[]>;
    const has = {} as Record<ActorId, string[]>;
    const shelf = {} as Record<ActorId, string[]>;
    for (const actor of ACTORS) {
      const { working, shelves } = this.#of(actor);
      const shelved = new Set<string>();
      for (const things of shelves.values()) {
        for (const thing of things) for (const id of this.#ledger.find(thing)) shelved.add(id);
      }
      const all = [...new Set([...working, ...shelved])].sort();
      knows[actor] = all.filter((id) => this.#ledger.isSecret(id));
      has[actor] = all.filter((id) => !this.#ledger.isSecret(id));
      shelf[actor] = [...shelved].sort();
    }
    this.#last = freezeDeep({ knows, has, shelf });
    return this.#last;
  }

  #of(actor: ActorId): Place {
    return this.#places.get(actor) as Place;
  }
}
