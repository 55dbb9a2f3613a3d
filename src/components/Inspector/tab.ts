// Which tab of the inspector is open: one for the whole page, so that a key pressed anywhere can switch it.
import { useSyncExternalStore } from 'react';

export const TABS = ['explain', 'wire', 'bytes', 'knows', 'log'] as const;
export type Tab = (typeof TABS)[number];

let current: Tab = 'explain';
const listeners = new Set<() => void>();

export function setInspectorTab(tab: Tab): void {
  if (tab === current) return;
  current = tab;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const get = (): Tab => current;

export const useInspectorTab = (): Tab => useSyncExternalStore(subscribe, get);
