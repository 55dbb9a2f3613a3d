// Which panel is open: one at most, opened from anywhere.
import { useSyncExternalStore } from 'react';

export type PanelId = 'own' | 'share' | 'help' | 'where' | 'glossary' | 'cast';

interface Panel {
  readonly id: PanelId;
  /** Where the glossary begins. */
  readonly term?: string;
}

let current: Panel | undefined;
const listeners = new Set<() => void>();

function show(panel: Panel | undefined): void {
  current = panel;
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const openPanel = (id: PanelId): void => show({ id });
export const openGlossary = (term: string): void => show({ id: 'glossary', term });
export const closePanel = (): void => show(undefined);
export const usePanel = (): Panel | undefined => useSyncExternalStore(subscribe, () => current);
