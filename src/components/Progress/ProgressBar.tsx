// A run under way, or one that ended without a trace. Lies over the page and moves nothing; a short run is over before
// it is seen.
import { useId } from 'react';
import { variantOf } from '../../flows';
import { type PlayerState, usePlayerState } from '../../player';
import { usePlayed, usePlayer, useWords } from '../context';
import { openPanel } from '../Panels/panel';
import { useSize } from '../useSize';
import styles from './ProgressBar.module.css';
import { useFailure } from './useFailure';

/** Steps of the run without a fault; with one it may take a few less or more. */
function expectedSteps({ place }: PlayerState): number {
  if (!place) return 0;
  const { prepare, put, get } = variantOf(place).story;
  return prepare.length + put.length + get.length;
}

/** Bytes in a text, near enough to say how large it is. */
const sizeOf = ({ file, draft }: PlayerState): number =>
  file ? file.size : new Blob([draft.text]).size;

function Running() {
  const words = useWords('panels');
  const player = usePlayer();
  const id = useId();
  const size = useSize();
  const part = usePlayed((s) => (s.work.kind === 'running' ? s.work.part : 0));
  const total = usePlayerState(player, expectedSteps);
  const bytes = usePlayerState(player, sizeOf);
  const done = Math.round(part * total);
  return (
    <section className={styles.card} data-running aria-label={words('progress')}>
      <p id={id} className={styles.title}>
        {words('running', { size: size(bytes) })}
      </p>
      <progress className={styles.bar} aria-labelledby={id} max={total} value={done} />
      <div className={styles.row}>
        <p className={styles.count}>{words('running steps', { done, total })}</p>
        <button type="button" className="button" onClick={() => player.cancel()}>
          {words('stop')}
        </button>
      </div>
    </section>
  );
}

export function ProgressBar() {
  const words = useWords('panels');
  const player = usePlayer();
  const isRunning = usePlayed((s) => s.work.kind === 'running');
  const failure = useFailure();
  if (isRunning) return <Running />;
  if (!failure) return null;
  const { why, text, detail } = failure;
  return (
    <section
      className={styles.card}
      data-failed={why !== 'cancelled' || undefined}
      aria-label={words('progress')}
    >
      <p className={styles.title}>{text}</p>
      {detail && <pre className={styles.detail}>{detail}</pre>}
      <div className={styles.row}>
        <button type="button" className="button primary" onClick={() => player.retry()}>
          {words('run again')}
        </button>
        {why !== 'broken' && (
          <button type="button" className="button" onClick={() => openPanel('own')}>
            {words('own title')}
          </button>
        )}
      </div>
    </section>
  );
}
