// The presenter's watch on screen: how long, how long still, ahead or behind.
import { useEffect, useState } from 'react';
import { useWords } from '../context';
import styles from './Speaker.module.css';
import {
  clockText,
  elapsed,
  LONGEST_MINUTES,
  loadWatch,
  pace,
  paused,
  STOPPED,
  saveWatch,
  started,
  type Watch,
} from './timer';

const SECOND = 1000;
const store = (): Storage => sessionStorage;
/** Less than this is on time, minutes. */
const ON_TIME = 0.5;

export function Timer({ done, of }: { readonly done: number; readonly of: number }) {
  const words = useWords('speaker');
  const [watch, setWatch] = useState(() => loadWatch(store));
  const [now, setNow] = useState(() => Date.now());
  const isRunning = watch.since !== undefined;
  useEffect(() => {
    if (!isRunning) return;
    const ticking = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(ticking);
  }, [isRunning]);

  const set = (next: Watch): void => {
    setNow(Date.now());
    setWatch(next);
    saveWatch(store, next);
  };
  const ran = elapsed(watch, now);
  const { minutes } = watch;
  const left = minutes === undefined ? undefined : minutes * 60_000 - ran;
  const ahead = pace(watch, now, done, of);
  const rounded = Math.abs(Math.round(ahead ?? 0)) || 1;
  return (
    <section className={styles.timer} aria-label={words('timer')}>
      <time className={styles.time} role="timer" data-over={(left ?? 0) < 0 || undefined}>
        {clockText(left ?? ran)}
      </time>
      <div className={styles.timerText}>
        <span>{words(left === undefined ? 'elapsed' : left < 0 ? 'over' : 'left')}</span>
        {ahead !== undefined && isRunning && (
          <strong data-behind={ahead < -ON_TIME || undefined}>
            {Math.abs(ahead) <= ON_TIME
              ? words('on time')
              : words(ahead > 0 ? 'ahead' : 'behind', { count: rounded })}
          </strong>
        )}
      </div>
      <button
        type="button"
        className="button"
        onClick={() => set(isRunning ? paused(watch, Date.now()) : started(watch, Date.now()))}
      >
        {words(isRunning ? 'pause' : 'start')}
      </button>
      <button type="button" className="button" onClick={() => set({ ...STOPPED, minutes })}>
        {words('reset')}
      </button>
      <label className={styles.minutes}>
        {words('length')}
        <input
          type="number"
          className="button"
          min={1}
          max={LONGEST_MINUTES}
          placeholder="–"
          value={minutes ?? ''}
          onChange={(event) => {
            const typed = Math.round(Number(event.target.value));
            const isGood = typed >= 1 && typed <= LONGEST_MINUTES;
            if (isGood || event.target.value === '')
              set({ ...watch, minutes: isGood ? typed : undefined });
          }}
        />
      </label>
    </section>
  );
}
