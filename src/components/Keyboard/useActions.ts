// Listens for the keys of the page, and tells which action of the key map each is.
import { useEffect } from 'react';
import { usePlayer } from '../context';
import { focusOf } from './focus';
import { type Action, actionOf } from './keymap';

/** `act` returns false when there is nothing to do, so that the browser may. */
export function useActions(act: (action: Action) => boolean): void {
  const player = usePlayer();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('dialog:modal')) return;
      const { shortcuts } = player.getState().settings;
      const action = actionOf(event, focusOf(document.activeElement), shortcuts);
      if (action && act(action)) event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [player, act]);
}
