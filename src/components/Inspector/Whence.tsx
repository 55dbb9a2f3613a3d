// Where bytes come from, or where they go on to, as ways to those steps.
import type { Whereabouts } from '../../flows';
import { ordinalOf } from '../../player';
import type { Trace } from '../../sim/types';
import { usePlayed, usePlayer, useWords } from '../context';
import { useTeller } from '../Transcript/useTeller';
import styles from './Whence.module.css';

interface WhenceProps {
  readonly trace: Trace;
  /** `from` has one; `to` has any number. */
  readonly way: 'from' | 'to';
  readonly all: readonly Whereabouts[];
}

/** More are counted. */
const SHOWN = 4;

export function Whence({ trace, way, all }: WhenceProps) {
  const words = useWords('inspector');
  const tell = useTeller();
  const player = usePlayer();
  const loaded = usePlayed((s) => s.loaded);
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const numberOf = (step: number): number => {
    const at = ordinalOf(loaded?.visible[level] ?? [], step);
    return at < 0 ? step : at;
  };
  const go = (step: number): void => {
    if (!loaded?.visible[level].includes(step)) player.setLevel('deep');
    player.jump(step);
  };
  if (all.length === 0)
    return way === 'from' ? <p className={styles.ways}>{words('whence here')}</p> : null;
  return (
    <ul className={styles.ways} aria-label={words(`whence ${way}`)}>
      {all.slice(0, SHOWN).map(({ step, how }) => {
        const one = trace.steps[step];
        return (
          one && (
            <li key={step}>
              <span>{words(`whence ${way} ${how}`)}</span>{' '}
              <button type="button" className={styles.way} onClick={() => go(step)}>
                {words(loaded?.visible[level].includes(step) ? 'whence step' : 'whence step deep', {
                  step: numberOf(step) + 1,
                  title: tell.title(one),
                })}
              </button>
            </li>
          )
        );
      })}
      {all.length > SHOWN && <li>{words('whence more', { count: all.length - SHOWN })}</li>}
    </ul>
  );
}
