// One Next for all that stand side by side.
import { useId } from 'react';
import { useWords } from '../context';
import styles from './SideBySide.module.css';
import type { SideState } from './useSide';

export function Pager({ state }: { readonly state: SideState }) {
  const words = useWords('compare');
  const flows = useWords('flows');
  const id = useId();
  const { row, rows, go, beside } = state;
  const now = rows[row - 1];
  const where = now
    ? words('at', { chapter: flows(`chapter ${now.chapter}`), phase: flows(`phase ${now.phase}`) })
    : words('start');
  return (
    <section className={styles.pager} aria-label={words('controls')}>
      <button
        type="button"
        className={`button ${styles.round}`}
        disabled={row === 0}
        onClick={() => go(0)}
        aria-label={words('first')}
        title={words('first')}
      >
        <span aria-hidden="true">↺</span>
      </button>
      <button
        type="button"
        className={`button ${styles.round}`}
        disabled={row === 0}
        onClick={() => go(row - 1)}
        aria-label={words('previous')}
        title={words('previous')}
      >
        <span aria-hidden="true">←</span>
      </button>
      <div className={styles.track}>
        <label htmlFor={id} className={styles.where}>
          <b>{words('row of', { row, rows: rows.length })}</b> <span>{where}</span>
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={rows.length}
          value={row}
          disabled={!beside}
          aria-valuetext={`${words('row of', { row, rows: rows.length })}, ${where}`}
          onChange={(event) => go(Number(event.target.value))}
        />
      </div>
      <button
        type="button"
        className={styles.next}
        disabled={!beside || row === rows.length}
        onClick={() => go(row + 1)}
      >
        {words('next')} <span aria-hidden="true">→</span>
      </button>
    </section>
  );
}
