// The face of the player.
export { isHeader } from './changes';
export { type Loaded, load, ordinalOf } from './cursor';
export { createEngine } from './engine';
export { usePlayerState } from './hook';
export { createLab } from './lab';
export {
  createLive,
  createLiveEngine,
  type Live,
  type LiveRequest,
  type LiveState,
  ownEndpoint,
} from './live';
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
export { type AddressProblem, type Place, type Room, VIEWS, type View } from './place';
export { createMemory, type Memory, SPEEDS, type Speed, THEMES, type Theme } from './settings';
export { createPlayer } from './store';
export type { Notice, Player, PlayerState, Typed } from './types';
export { keepForOffline } from './worker';
