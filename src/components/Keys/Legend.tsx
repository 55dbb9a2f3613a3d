// What the squares mean, with how many there are of each: only of those that there are.
import { memo, useMemo } from 'react';
import { useWords } from '../context';
import styles from './Keys.module.css';
import { useDates, useNumbers } from './names';
import { TONES } from './tones';

export const Legend = memo(function Legend({ tones, now }: { tones: Uint8Array; now: number }) {
  const date = useDates();
  const words = useWords('keys');
  const number = useNumbers();
  const counts = useMemo(() => {
    const all = TONES.map(() => 0);
    for (const tone of tones) all[tone] = (all[tone] as number) + 1;
    return all;
  }, [tones]);
  return (
    <ul className={styles.legend} aria-label={words('legend')}>
      {TONES.map((tone, i) => {
        const count = counts[i] as number;
        return (
          count > 0 && (
            <li key={tone}>
              <span className={`${styles.square} hue-0`} data-tone={tone} aria-hidden="true" />
              {words(`tone ${tone}`)} <span className={styles.count}>{number(count)}</span>
            </li>
          )
        );
      })}
      <li className={styles.clock}>{words('clock', { time: date(now, true) })}</li>
    </ul>
  );
});
