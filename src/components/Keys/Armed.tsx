// What is about to be done, and whom it would reach: lit in the picture, counted here, done only when it is confirmed.
import { useCallback, useEffect, useRef } from 'react';
import type { Hierarchy, KeyOrder } from '../../flows';
import { useWords } from '../context';
import styles from './Keys.module.css';
import { useNodeWords, useNumbers } from './names';
import type { KeysState } from './useKeys';
import { nameAt } from './world';

/** An order in words, as a button says it. */
export function useOrderWords(): (order: KeyOrder) => string {
  const words = useWords('keys');
  return useCallback(
    (order) => {
      switch (order.do) {
        case 'wait':
          return words(`do wait ${order.wait}`);
        case 'lose':
          return words(`do lose ${order.key}`);
        case 'leak':
          return words(order.node.startsWith('o') ? 'do leak data key' : 'do leak');
        case 'put':
          return words('do put', { bucket: order.group });
        case 'move':
          return words(`do move ${order.way}`, { key: order.to });
        default:
          return words(`do ${order.do}`);
      }
    },
    [words],
  );
}

/** What it is done to; undefined: to the world. */
export function useTargetWords(
  keys: KeysState,
  hierarchy: Hierarchy,
): (order: KeyOrder) => string | undefined {
  const { nameOf } = useNodeWords();
  const { columns } = keys.state;
  return useCallback(
    (order) => {
      const id =
        order.do === 'leak'
          ? order.node
          : order.do === 'move'
            ? `o${order.object}`
            : 'key' in order
              ? order.key
              : undefined;
      const index = /^o(\d+)$/.exec(id ?? '')?.[1];
      if (index !== undefined)
        return Number(index) < columns.count ? nameAt(columns, Number(index)) : undefined;
      const node = hierarchy.nodes.find((one) => one.id === id);
      return node && nameOf(node);
    },
    [hierarchy, columns, nameOf],
  );
}

export function Armed({
  keys,
  order,
  hierarchy,
}: {
  keys: KeysState;
  order: KeyOrder;
  hierarchy: Hierarchy;
}) {
  const words = useWords('keys');
  const number = useNumbers();
  const wordsOf = useOrderWords();
  const targetOf = useTargetWords(keys, hierarchy);
  const title = useRef<HTMLHeadingElement>(null);
  const { effects, state } = keys;
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each order anew
  useEffect(() => title.current?.focus(), [order]);
  const counts = effects?.counts;
  const said = (['lost', 'back', 'open', 'half'] as const).filter(
    (effect) => (counts?.[effect] ?? 0) > 0,
  );
  const target = targetOf(order);
  return (
    <section className={styles.armed} aria-label={words('about to')}>
      <h2 ref={title} tabIndex={-1}>
        {wordsOf(order)}
        {target !== undefined && <span className={styles.target}>{target}</span>}
      </h2>
      <p>
        {words(
          `explain ${order.do === 'wait' ? 'wait' : order.do === 'leak' && order.node.includes('.') && !order.node.startsWith('bucket') ? 'leak backing' : order.do === 'move' ? `move ${order.way}` : order.do}`,
        )}
      </p>
      <ul className={styles.counts}>
        {said.map((effect) => (
          <li key={effect} data-effect={effect}>
            {words(`would be ${effect}`, {
              count: counts?.[effect] ?? 0,
              number: number(counts?.[effect] ?? 0),
              of: number(state.columns.count),
            })}
          </li>
        ))}
        {said.length === 0 && <li data-effect="none">{words('would change nothing')}</li>}
        {(effects?.late ?? 0) > 0 && (
          <li data-effect="late">
            {words('would be late', {
              count: effects?.late ?? 0,
              number: number(effects?.late ?? 0),
            })}
          </li>
        )}
      </ul>
      <div className={styles.orders}>
        <button type="button" className="button primary" onClick={() => keys.carryOut(order)}>
          {words('confirm')}
        </button>
        <button type="button" className="button" onClick={() => keys.arm(undefined)}>
          {words('cancel')}
        </button>
      </div>
    </section>
  );
}
