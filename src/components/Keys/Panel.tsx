// What is chosen, what opens it, what can be done with it; what that would do, before it is done; and what came of it.
import { type ReactNode, useMemo } from 'react';
import {
  GROUP_IDS,
  GROUPS,
  type Hierarchy,
  type KeyNode,
  type KeyOrder,
  KMS_KEY_IDS,
  MOVE_WAYS,
  NONE,
  WAITS,
  type Wait,
} from '../../flows';
import { useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { Armed, useOrderWords } from './Armed';
import type { Below } from './below';
import { childrenOf, pathOf, zoneOf } from './branches';
import { lookOfNode } from './hues';
import styles from './Keys.module.css';
import { useNodeWords, useNumbers } from './names';
import { Outcome } from './Outcome';
import { ordersFor } from './orders';
import { TryIt } from './TryIt';
import type { KeysState } from './useKeys';
import { groupAt, nameAt } from './world';

interface PanelProps {
  readonly keys: KeysState;
  readonly hierarchy: Hierarchy;
  readonly below: Below;
  readonly object: number | undefined;
}

/** Objects under a key, those under its versions and bucket keys too. */
function countUnder(hierarchy: Hierarchy, below: Below, id: string): number {
  const own = below.get(id)?.length ?? 0;
  return childrenOf(hierarchy.nodes, id).reduce(
    (sum, node) => sum + countUnder(hierarchy, below, node.id),
    own,
  );
}

function firstUnder(hierarchy: Hierarchy, below: Below, id: string): number | undefined {
  const own = below.get(id)?.[0];
  if (own !== undefined) return own;
  for (const node of childrenOf(hierarchy.nodes, id)) {
    const found = firstUnder(hierarchy, below, node.id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The chain that opens it, from the top. */
function Chain({
  path,
  last,
  keys,
}: {
  path: readonly KeyNode[];
  last: ReactNode;
  keys: KeysState;
}) {
  const words = useWords('keys');
  const { nameOf } = useNodeWords();
  return (
    <ol className={styles.chain} aria-label={words('chain')}>
      <li>{words(`zone ${zoneOf(path.at(-1))} short`)}</li>
      {path.toReversed().map((node) => (
        <li key={node.id}>
          <button type="button" className={styles.link} onClick={() => keys.choose(node.id)}>
            <Glyph look={lookOfNode(node)} size={18} /> {nameOf(node)}
          </button>
        </li>
      ))}
      {last}
    </ol>
  );
}

function OrderButtons({ keys, orders }: { keys: KeysState; orders: readonly KeyOrder[] }) {
  const wordsOf = useOrderWords();
  const isReady = keys.state.phase === 'ready';
  return (
    <div className={styles.orders}>
      {orders.map((order) => (
        <button
          key={wordsOf(order)}
          type="button"
          className="button"
          disabled={!isReady}
          onClick={() => keys.arm(order)}
        >
          {wordsOf(order)}
        </button>
      ))}
    </div>
  );
}

function OfObject({
  keys,
  hierarchy,
  index,
}: {
  keys: KeysState;
  hierarchy: Hierarchy;
  index: number;
}) {
  const words = useWords('keys');
  const flows = useWords('flows');
  const { nameOf } = useNodeWords();
  const { state, readable, arm } = keys;
  const { columns } = state;
  const group = groupAt(columns, index);
  const path = pathOf(hierarchy, columns, `o${index}`);
  const outer = columns.outer[index] as number;
  const second = outer === NONE ? undefined : hierarchy.nodes[outer];
  const isReady = state.phase === 'ready';
  const hasOwnKey = path[0]?.id === 'customer';
  return (
    <>
      <p className={styles.kind}>{flows(`flow ${GROUPS[group].flow}`)}</p>
      <h2 className={styles.name}>
        <bdi>
          {group}/{nameAt(columns, index)}
        </bdi>
      </h2>
      <p className={styles.verdict} data-good={readable[index] === 1 || undefined}>
        {words(readable[index] ? 'can be read' : 'cannot be read')}
      </p>
      <TryIt keys={keys} index={index} />
      <h3>{words('what opens it')}</h3>
      <Chain
        keys={keys}
        path={path}
        last={
          <>
            {!hasOwnKey && <li>{words('data key')}</li>}
            <li aria-current="true">{nameAt(columns, index)}</li>
          </>
        }
      />
      {second && (
        <p>
          {words('second layer')}{' '}
          <button type="button" className={styles.link} onClick={() => keys.choose(second.id)}>
            <Glyph look={lookOfNode(second)} size={18} /> {nameOf(second)}
          </button>
        </p>
      )}
      <h3>{words('move it')}</h3>
      <p className={styles.note}>{words('move about')}</p>
      <div className={styles.orders}>
        {MOVE_WAYS.map((way) => (
          <label key={way}>
            <span className="visually-hidden">{words(`way ${way}`)}</span>
            <select
              className="button"
              value=""
              disabled={!isReady}
              onChange={(event) =>
                arm({ do: 'move', object: index, way, to: event.target.value as 'diary' })
              }
            >
              <option value="" disabled>
                {words(`way ${way}`)}
              </option>
              {KMS_KEY_IDS.map((key) => (
                <option key={key} value={key}>
                  {words('to key', { key })}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {!hasOwnKey && !hierarchy.leaked.includes(`o${index}`) && (
        <>
          <h3>{words('what if')}</h3>
          <OrderButtons keys={keys} orders={[{ do: 'leak', node: `o${index}` }]} />
        </>
      )}
    </>
  );
}

function aboutOf(node: KeyNode): string {
  if (node.kind === 'own key') return node.key;
  return node.kind === 'kms key' && node.key === 'aws/s3' ? 'aws managed' : node.kind;
}

function OfKey({ keys, hierarchy, below, node }: Omit<PanelProps, 'object'> & { node: KeyNode }) {
  const words = useWords('keys');
  const { nameOf, stateOf } = useNodeWords();
  const number = useNumbers();
  const count = countUnder(hierarchy, below, node.id);
  const first = firstUnder(hierarchy, below, node.id);
  const path = pathOf(hierarchy, keys.state.columns, node.id);
  const state = stateOf(node);
  return (
    <>
      <p className={styles.kind}>{words(`kind ${node.kind}`)}</p>
      <h2 className={styles.name}>
        <Glyph look={lookOfNode(node)} size={30} /> {nameOf(node)}
        {state && <span className={styles.state}>{state}</span>}
      </h2>
      <p>
        <strong>{words('hang under it', { count, number: number(count) })}</strong>
      </p>
      <OrderButtons keys={keys} orders={ordersFor(node, hierarchy)} />
      {first !== undefined && <TryIt keys={keys} index={first} />}
      <p>{words(`about ${aboutOf(node)}`)}</p>
      {node.kind === 'version' && (
        <p className={styles.note}>
          {words('material')}{' '}
          <code className={styles.material}>{node.materialId.slice(0, 16)}…</code>
        </p>
      )}
      <h3>{words('chain')}</h3>
      <Chain keys={keys} path={path} last={null} />
    </>
  );
}

function OfAll({ keys }: { keys: KeysState }) {
  const words = useWords('keys');
  const flows = useWords('flows');
  const isReady = keys.state.phase === 'ready';
  return (
    <>
      <h2 className={styles.name}>{words('nothing chosen')}</h2>
      <p>{words('nothing chosen about')}</p>
      <h3>{words('store another')}</h3>
      <label className={styles.orders}>
        <span className="visually-hidden">{words('store another')}</span>
        <select
          className="button"
          value=""
          disabled={!isReady}
          onChange={(event) => keys.carryOut({ do: 'put', group: event.target.value as 'diary' })}
        >
          <option value="" disabled>
            {words('in which bucket')}
          </option>
          {GROUP_IDS.map((group) => (
            <option key={group} value={group}>
              {words('bucket option', {
                bucket: group,
                scheme: flows(`flow ${GROUPS[group].flow}`),
              })}
            </option>
          ))}
        </select>
      </label>
      <h3>{words('let time pass')}</h3>
      <OrderButtons
        keys={keys}
        orders={(Object.keys(WAITS) as Wait[]).map((wait) => ({ do: 'wait', wait }))}
      />
      <p className={styles.note}>{words('sources')}</p>
    </>
  );
}

export function Panel({ keys, hierarchy, below, object }: PanelProps) {
  const words = useWords('keys');
  const { place, state, armed } = keys;
  const node = useMemo(
    () => hierarchy.nodes.find(({ id }) => id === place.at),
    [hierarchy, place.at],
  );
  const last = state.done.at(-1);
  return (
    <section className={styles.panel} aria-label={words('panel')}>
      {armed && <Armed keys={keys} order={armed} hierarchy={hierarchy} />}
      {!armed && last && <Outcome keys={keys} done={last} hierarchy={hierarchy} />}
      {object !== undefined ? (
        <OfObject keys={keys} hierarchy={hierarchy} index={object} />
      ) : node ? (
        <OfKey keys={keys} hierarchy={hierarchy} below={below} node={node} />
      ) : (
        <OfAll keys={keys} />
      )}
    </section>
  );
}
