// What the key map's actions do in a scenario.
import { useCallback, useEffect } from 'react';
import { DEPTHS } from '../../flows';
import type { Player } from '../../player';
import { usePlayer } from '../context';
import { setInspectorTab, TABS } from '../Inspector/tab';
import { closePanel, openPanel } from '../Panels/panel';
import { present } from '../Present/present';
import type { Action } from './keymap';
import { useActions } from './useActions';

function nextLevel(player: Player): void {
  const { place, settings } = player.getState();
  const at = DEPTHS.indexOf(place?.level ?? settings.level);
  player.setLevel(DEPTHS[(at + 1) % DEPTHS.length] ?? 'standard');
}

/** False when there is nothing to do, so that the browser may. */
function act(action: Action, player: Player): boolean {
  const { place, playing, notice } = player.getState();
  if (action === 'help') openPanel('help');
  else if (action === 'escape') {
    if (playing) player.pause();
    else if (notice) player.dismiss();
    else return false;
  } else if (!place) return false;
  else if (action === 'where') openPanel('where');
  else if (action === 'next') player.next();
  else if (action === 'previous') player.previous();
  else if (action === 'first') player.first();
  else if (action === 'last') player.last();
  else if (action === 'play') playing ? player.pause() : player.play();
  else if (action === 'level') nextLevel(player);
  else if (action === 'present') present(player);
  else if (action === 'transcript')
    player.choose({ view: place.view === 'transcript' ? 'stage' : 'transcript' });
  else setInspectorTab(TABS[Number(action.slice(-1)) - 1] ?? 'explain');
  return true;
}

export function useKeyboard(): void {
  const player = usePlayer();
  useActions(useCallback((action) => act(action, player), [player]));
  // A panel belongs to the page it was opened on.
  useEffect(() => closePanel, []);
}
