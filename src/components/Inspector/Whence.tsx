// Where bytes come from, or where they go on to, as ways to those steps.
import type { Whereabouts } from '../../flows';
import type { Trace } from '../../sim/types';
import { useWords } from '../context';
import { WayTo } from './WayTo';
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
  if (all.length === 0)
    return way === 'from' ? <p className={styles.ways}>{words('whence here')}</p> : null;
  return (
    <ul className={styles.ways} aria-label={words(`whence ${way}`)}>
      {all.slice(0, SHOWN).map(({ step, how }) => {
        const one = trace.steps[step];
        return (
          one && (
            <li key={step}>
              <span>{words(`whence ${way} ${how}`)}</span> <WayTo trace={trace} step={step} />
            </li>
          )
        );
      })}
      {all.length > SHOWN && <li>{words('whence more', { count: all.length - SHOWN })}</li>}
    </ul>
  );
}
