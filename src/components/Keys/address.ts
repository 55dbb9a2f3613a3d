// The room's address: which world, what was done in it, what is looked at.
//   #/keys?objects=1000&seed=k3f9&do=disable.diary~wait.7d&at=o17
// What is wrong in it is told, and the nearest is shown.
import { FEWEST_OBJECTS, type KeyOrder, MOST_OBJECTS, readOrder, writeOrder } from '../../flows';

export interface KeysPlace {
  readonly objects: number;
  /** Undefined: the player's own for this visit. */
  readonly seed: string | undefined;
  readonly orders: readonly KeyOrder[];
  /** A node's id, or `o17`; undefined: nothing is chosen. */
  readonly at: string | undefined;
}

const USUAL_OBJECTS = 300;
const SEED = /^[a-z0-9-]{1,32}$/;
const AT = /^[a-z0-9./]{1,32}$/;
const KNOWN = ['objects', 'seed', 'do', 'at'];

/** `wrong`: the parts of the address that say nothing, as they were written. */
export function readKeys(query: string): {
  readonly place: KeysPlace;
  readonly wrong: readonly string[];
} {
  const parameters = new URLSearchParams(query);
  const wrong: string[] = [];
  const asked = parameters.get('objects');
  const number = asked !== null && /^\d{1,7}$/.test(asked) ? Number(asked) : USUAL_OBJECTS;
  const objects = Math.max(FEWEST_OBJECTS, Math.min(MOST_OBJECTS, number));
  if (asked !== null && String(objects) !== asked) wrong.push(`objects=${asked}`);
  const given = parameters.get('seed');
  const seed = given !== null && SEED.test(given) ? given : undefined;
  if (given !== null && seed === undefined) wrong.push(`seed=${given}`);
  const orders: KeyOrder[] = [];
  for (const text of parameters.get('do')?.split('~') ?? []) {
    const order = readOrder(text);
    if (order) orders.push(order);
    else wrong.push(text);
  }
  const looked = parameters.get('at');
  const at = looked !== null && AT.test(looked) ? looked : undefined;
  if (looked !== null && at === undefined) wrong.push(`at=${looked}`);
  for (const name of parameters.keys()) if (!KNOWN.includes(name)) wrong.push(name);
  return { place: { objects, seed, orders, at }, wrong };
}

export function writeKeys({ objects, seed, orders, at }: KeysPlace): string {
  const parameters = new URLSearchParams();
  if (objects !== USUAL_OBJECTS) parameters.set('objects', String(objects));
  if (seed !== undefined) parameters.set('seed', seed);
  if (orders.length > 0) parameters.set('do', orders.map(writeOrder).join('~'));
  if (at !== undefined) parameters.set('at', at);
  return String(parameters).replaceAll('%7E', '~').replaceAll('%2F', '/');
}
