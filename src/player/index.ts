// The face of the player.
export { type Loaded, ordinalOf } from './cursor';
export { createEngine, type Engine } from './engine';
export { usePlayerState } from './hook';
export {
  DEFAULT_DRAFT,
  type Draft,
  type DraftField,
  isDefault,
  isShareable,
  MAX_OBJECT_BYTES,
  MAX_SHARED_CHARACTERS,
  problemsOf,
} from './own';
export { type AddressProblem, type Place, VIEWS, type View } from './place';
export { createMemory, type Settings, SPEEDS, type Speed, THEMES, type Theme } from './settings';
export { createPlayer } from './store';
export type { Notice, Player, PlayerState, Typed, Work } from './types';
