// Keeps the page's address and the player's place the same, in either direction. A step replaces the address; another
// scenario adds to the browser's history, so that Back leads to where one was.
import { useEffect } from 'react';
import { FLOW_IDS } from '../../flows';
import type { Player } from '../../player';

const scenarioOf = (address: string): string => {
  const [path = ''] = address.split('?');
  if (!FLOW_IDS.some((flow) => path === `#/${flow}`)) return path;
  return address.replace(
    /&?(step|chapter|level|view|side|own|text|bucket|key|context|customerKey)=[^&]*/g,
    '',
  );
};

export function useAddress(player: Player): void {
  useEffect(() => {
    let following = false;
    const show = (): void => {
      if (following) return;
      const address = player.address();
      const current = location.hash || '#/';
      if (current === address) return;
      if (scenarioOf(current) !== scenarioOf(address)) history.pushState(null, '', address);
      else history.replaceState(null, '', address);
    };
    // An address that was opened is written in full, or corrected, where it stands: Back leads past it.
    const follow = (): void => {
      if (location.hash === player.address()) return;
      following = true;
      player.open(location.hash);
      following = false;
      const address = player.address();
      if ((location.hash || '#/') !== address) history.replaceState(null, '', address);
    };
    follow();
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
