// Which panel is open: one at most, opened from anywhere.
import { useSyncExternalStore } from 'react';

export type PanelId = 'own' | 'share' | 'help' | 'where';

let current: PanelId | undefined;
const listeners = new Set<() => void>();

function show(panel: PanelId | undefined): void {
  current = panel;
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const openPanel = (panel: PanelId): void => show(panel);
export const closePanel = (): void => show(undefined);
export const usePanel = (): PanelId | undefined => useSyncExternalStore(subscribe, () => current);
