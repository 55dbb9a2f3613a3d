// Files dropped anywhere on the page: the browser does not open them in its place, and the panel for your own data takes
// them.
import { useEffect, useSyncExternalStore } from 'react';
import { openPanel } from '../Panels/panel';

export interface Dropped {
  /** The first of them. */
  readonly file: File;
  readonly count: number;
  readonly isFolder: boolean;
}

let waiting: Dropped | undefined;
let take: ((dropped: Dropped) => void) | undefined;
let isOver = false;
const listeners = new Set<() => void>();

function setOver(now: boolean): void {
  if (now === isOver) return;
  isOver = now;
  for (const listener of listeners) listener();
}

const hasFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes('Files') ?? false;

function onDragOver(event: DragEvent): void {
  if (!hasFiles(event)) return;
  event.preventDefault();
  setOver(true);
}

function onDragLeave(event: DragEvent): void {
  if (event.relatedTarget === null) setOver(false);
}

function onDrop(event: DragEvent): void {
  setOver(false);
  const { dataTransfer } = event;
  if (!dataTransfer || !hasFiles(event)) return;
  event.preventDefault();
  const [file] = dataTransfer.files;
  if (!file) return;
  const isFolder = dataTransfer.items[0]?.webkitGetAsEntry()?.isDirectory === true;
  const dropped = { file, count: dataTransfer.files.length, isFolder };
  if (take) take(dropped);
  else {
    waiting = dropped;
    openPanel('own');
  }
}

/** Of the page, as long as it is there. */
export function useDrops(): void {
  useEffect(() => {
    const heard = { dragover: onDragOver, dragleave: onDragLeave, drop: onDrop } as const;
    for (const [event, listener] of Object.entries(heard))
      addEventListener(event, listener as EventListener);
    return () => {
      for (const [event, listener] of Object.entries(heard))
        removeEventListener(event, listener as EventListener);
    };
  }, []);
}

/** Of whoever can take a file, now and what was dropped just before. */
export function useDropped(taker: (dropped: Dropped) => void): void {
  useEffect(() => {
    take = taker;
    if (waiting) taker(waiting);
    waiting = undefined;
    return () => {
      take = undefined;
    };
  });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while a file is held over the page. */
export const useIsOver = (): boolean => useSyncExternalStore(subscribe, () => isOver);
