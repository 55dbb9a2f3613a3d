// Keeps the page's address and the player's place the same, in either direction. A step replaces the address; another
// scenario adds to the browser's history, so that Back leads to where one was.
import { useEffect } from 'react';
import type { Player } from '../../player';

const scenarioOf = (address: string): string =>
  address.replace(/&?(step|chapter|level|view|own|text|bucket|key|context|customerKey)=[^&]*/g, '');

export function useAddress(player: Player): void {
  useEffect(() => {
    const follow = (): void => {
      if (location.hash !== player.address()) player.open(location.hash);
    };
    const show = (): void => {
      const address = player.address();
      const current = location.hash || '#/';
      if (current === address) return;
      const opensAnother = scenarioOf(current) !== scenarioOf(address);
      const bare = !current.includes('seed=') && address.split('?')[0] === current.split('?')[0];
      if (opensAnother && !bare) history.pushState(null, '', address);
      else history.replaceState(null, '', address);
    };
    player.open(location.hash);
    show();
    const stop = player.subscribe(show);
    addEventListener('hashchange', follow);
    addEventListener('popstate', follow);
    return () => {
      stop();
      removeEventListener('hashchange', follow);
      removeEventListener('popstate', follow);
    };
  }, [player]);
}
