// Sealed inside somebody else's page: the stage, a way on and back, and a way to the whole of it. Heard and told by the page
// that embeds it, when that named itself.
import { useEffect } from 'react';
import type { Player } from '../../player';
import { usePlayed, usePlayer, useShown, useWords } from '../context';
import { Stage } from '../Stage/Stage';
import styles from './Embedded.module.css';
import { type Command, readCommand, readEmbed, type Told, writeTold } from './messages';

function obey(player: Player, command: Command): void {
  if (command.do === 'theme') player.set({ theme: command.theme });
  else if (command.do === 'level') player.setLevel(command.level);
  else if (command.do === 'open') player.open(command.hash);
  else if (command.do !== 'where') player[command.do]();
}

/** Answers the host, and tells it of each step. */
function useHost(host: string | undefined): void {
  const player = usePlayer();
  useEffect(() => {
    if (host === undefined || parent === window) return;
    const tell = (told: Told): void => parent.postMessage(writeTold(told), host);
    let last = '';
    const tellPlace = (): void => {
      const { place, loaded } = player.getState();
      const visible = (place && loaded?.visible[place.level]) || [];
      const step = place && place.step >= 0 ? visible.indexOf(place.step) + 1 : 0;
      last = player.address();
      tell({ event: 'place', hash: last, step, of: visible.length });
    };
    const hear = ({ data, origin, source }: MessageEvent): void => {
      if (origin !== host || source !== parent) return;
      const command = readCommand(data);
      if (command === undefined) return;
      if (command === 'refused') tell({ event: 'refused' });
      else {
        obey(player, command);
        if (command.do === 'where') tellPlace();
      }
    };
    addEventListener('message', hear);
    const stop = player.subscribe((now, before) => {
      if (now.place === before.place && now.loaded === before.loaded) return;
      if (player.address() !== last || now.loaded !== before.loaded) tellPlace();
    });
    tell({ event: 'ready' });
    return () => {
      removeEventListener('message', hear);
      stop();
    };
  }, [player, host]);
}

export default function Embedded() {
  const words = useWords('embed');
  const ui = useWords('ui');
  const flows = useWords('flows');
  const player = usePlayer();
  const shown = useShown();
  const place = usePlayed((s) => s.place);
  useHost(readEmbed(location.search).host);
  if (!place) return <main />;
  const visible = shown?.visible[place.level] ?? [];
  const at = shown?.step ? visible.indexOf(shown.step.index) + 1 : 0;
  return (
    <main className={styles.embedded}>
      <h1 className="visually-hidden">{flows(`flow ${place.flow}`)}</h1>
      <Stage />
      <footer className={styles.bar}>
        <button
          type="button"
          className="button"
          disabled={at === 0}
          onClick={player.previous}
          aria-label={words('previous')}
        >
          ←
        </button>
        <button
          type="button"
          className="button primary"
          disabled={!shown || at === visible.length}
          onClick={player.next}
        >
          {words('next')}
        </button>
        <span className={styles.count}>
          {ui('step of', { step: at, steps: visible.length })} · {flows(`flow ${place.flow}`)}
        </span>
        <a
          className={styles.whole}
          href={`${location.pathname}${player.address()}`}
          target="_blank"
          rel="noreferrer"
        >
          {words('whole')} <span aria-hidden="true">↗</span>
        </a>
      </footer>
    </main>
  );
}
