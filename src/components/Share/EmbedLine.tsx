// The line that puts this place into somebody's own page.

import { CopyButton } from '../CopyButton/CopyButton';
import { usePlayed, usePlayer, useWords } from '../context';
import { frameLine } from '../Embed/messages';
import styles from './ShareDialog.module.css';

export function EmbedLine() {
  const words = useWords('embed');
  const flows = useWords('flows');
  const player = usePlayer();
  const flow = usePlayed((s) => s.place?.flow);
  const page = `${location.origin}${location.pathname}`;
  const title = words('frame title', { flow: flow ? flows(`flow ${flow}`) : '' });
  const line = frameLine(page, player.address(), title);
  return (
    <section>
      <h3>{words('embed')}</h3>
      <p className={styles.about}>{words('embed about')}</p>
      <div className={styles.line}>
        <code>{line}</code>
        <CopyButton text={line} label={words('copy line')} />
      </div>
    </section>
  );
}
