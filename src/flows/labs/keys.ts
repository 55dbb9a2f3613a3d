// The world of the key hierarchy, kept between questions: one at a time, the last that was opened. Whoever asks about
// another is told so, and asks no more.
import type { Answered, AtRest, Done, Hierarchy, KeyOrder, LeakTry, Rows } from '../keys/types';
import { Vault } from '../keys/vault';

/** Which world is meant, by the number that its page gave it. */
interface Which {
  readonly world: number;
}

let open: { readonly world: number; readonly vault: Vault } | undefined;

function vaultOf({ world }: Which): Vault {
  if (open?.world !== world) throw new Error('another world was opened since');
  return open.vault;
}

export interface Grown {
  readonly hierarchy: Hierarchy;
  /** New or changed objects. */
  readonly rows: Rows;
}

/** Buckets and keys, and the first objects. */
export async function keysOpen({
  world,
  seed,
  objects,
}: Which & { readonly seed: string; readonly objects: number }): Promise<Grown> {
  const vault = await Vault.open(seed);
  open = { world, vault };
  return keysGrow({ world, objects });
}

/** Stores objects until there are so many. */
export async function keysGrow({
  objects,
  ...which
}: Which & { readonly objects: number }): Promise<Grown> {
  const vault = vaultOf(which);
  const rows = await vault.grow(objects);
  return { hierarchy: vault.hierarchy(), rows };
}

export async function keysDo({
  order,
  ...which
}: Which & { readonly order: KeyOrder }): Promise<Grown & { readonly done: Done }> {
  const vault = vaultOf(which);
  const count = vault.count;
  const done = await vault.carryOut(order);
  const rows = order.do === 'move' ? vault.rows(order.object, 1) : vault.rows(count);
  return { done, hierarchy: vault.hierarchy(), rows };
}

type One = Which & { readonly object: number };

export const keysRead = async ({ object, ...which }: One): Promise<Answered> =>
  vaultOf(which).read(object);
export const keysTryLeaked = async ({ object, ...which }: One): Promise<LeakTry> =>
  vaultOf(which).tryLeaked(object);
export const keysAtRest = async ({ object, ...which }: One): Promise<AtRest> =>
  vaultOf(which).atRest(object);
