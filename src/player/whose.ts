// Whose data a run has: the example's, your own, or what came with somebody's address.
import { DEFAULT_DRAFT, type Draft, isDefault, isShareable } from './own';
import type { Place } from './place';
import type { PlayerState, Typed } from './types';

export const hasOwn = ({ draft, file }: Typed): boolean => !isDefault(draft) || file !== undefined;

export const ownOf = (state: PlayerState): Place['own'] => {
  if (!hasOwn(state)) return undefined;
  const { draft, file, sharesOwn } = state;
  return sharesOwn && !file && isShareable(draft) ? draft : 'private';
};

export const sameDraft = (a: Draft, b: Draft): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

const EXAMPLE: Typed = { draft: DEFAULT_DRAFT, file: undefined };

/** What an address runs with. `known`: own data that it does not carry is there. `mine`: typed here, if anything was. */
export function ownAt(
  { own }: Place,
  recorded: boolean,
  here: Typed,
  mine: Typed,
): { own: Typed; known: boolean } {
  // Our own page, reloaded or gone back to, still has what was typed; somebody else's has not.
  if (own === 'private') return { own: mine, known: hasOwn(mine) };
  if (own) return { own: { draft: own, file: undefined }, known: true };
  // A record of a run with the example in it: the same bytes again.
  return { own: recorded ? EXAMPLE : here, known: true };
}
