// One object is really asked for, or really tried with what leaked; what came of it stays until something else is done.
import { useState } from 'react';
import { type Answered, type LeakTry, layersAt } from '../../flows';
import { useWords } from '../context';
import styles from './Keys.module.css';
import { Tried } from './Outcome';
import type { KeysState } from './useKeys';
import { nameAt } from './world';

/** A GET that is really sent, and an attempt with what leaked. */
export function TryIt({ keys, index }: { keys: KeysState; index: number }) {
  const words = useWords('keys');
  const [tried, setTried] = useState<{
    index: number;
    orders: unknown;
    read?: Answered;
    leak?: LeakTry;
    problem?: string;
  }>();
  const { world, state, place, open } = keys;
  const isReady = state.phase === 'ready';
  const isNow = tried?.index === index && tried.orders === place.orders;
  const { orders } = place;
  const fail = (error: Error): void => setTried({ index, orders, problem: error.message });
  return (
    <>
      <div className={styles.orders}>
        <button
          type="button"
          className="button primary"
          disabled={!isReady}
          onClick={() =>
            world.read(index).then((read) => setTried({ index, orders: place.orders, read }), fail)
          }
        >
          {words('try to read', { name: nameAt(state.columns, index) })}
        </button>
        {(open[index] as number) > 0 && (
          <button
            type="button"
            className="button"
            disabled={!isReady}
            onClick={() =>
              world
                .tryLeaked(index)
                .then((leak) => setTried({ index, orders: place.orders, leak }), fail)
            }
          >
            {words('try leaked', { count: layersAt(state.columns, index) })}
          </button>
        )}
      </div>
      {isNow && <Tried read={tried.read} leak={tried.leak} />}
      {isNow && tried.problem !== undefined && (
        <p className={styles.verdict} role="alert">
          {words('broken', { why: tried.problem })}
        </p>
      )}
    </>
  );
}
