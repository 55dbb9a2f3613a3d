// The one hook: a part of the player's state, in React.
import { useStore } from 'zustand';
import type { Player, PlayerState } from './types';

export const usePlayerState = <T>(player: Player, select: (state: PlayerState) => T): T =>
  useStore(player, select);
