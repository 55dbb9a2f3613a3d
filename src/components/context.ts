// What every component reaches: the player, the words, and the step that is shown.
import { createContext, useCallback, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { captionOf } from '../flows';
import { type Loaded, type Player, type PlayerState, usePlayerState } from '../player';
import type { Step } from '../sim/types';
import { type Area, captionText } from '../words';

export const PlayerContext = createContext<Player | undefined>(undefined);

export function usePlayer(): Player {
  const player = useContext(PlayerContext);
  if (!player) throw new Error('no player in this part of the page');
  return player;
}

export const usePlayed = <T>(select: (state: PlayerState) => T): T =>
  usePlayerState(usePlayer(), select);

/** The words of an area: `useWords('flows')('flow sse-kms')`. */
export function useWords(area: Area) {
  const { t } = useTranslation();
  return useCallback(
    (id: string | readonly string[], values: Readonly<Record<string, string | number>> = {}) =>
      t(typeof id === 'string' ? id : [...id], { ...values, ns: area }) as string,
    [t, area],
  );
}

/** What is shown now: the loaded run, and the step under the cursor; undefined step: at rest, before the first. */
export interface Shown extends Loaded {
  readonly step: Step | undefined;
}

export function useShown(): Shown | undefined {
  const loaded = usePlayed((s) => s.loaded);
  const at = usePlayed((s) => s.place?.step ?? -1);
  return useMemo(() => loaded && { ...loaded, step: loaded.run.trace.steps[at] }, [loaded, at]);
}

/** Text of a step's caption. */
export function useCaption(): (loaded: Loaded, step: Step) => string {
  const { i18n } = useTranslation();
  return useCallback((loaded, step) => captionText(i18n, captionOf(loaded.run, step)), [i18n]);
}
