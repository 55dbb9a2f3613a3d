// The key hierarchy: keys and what hangs under them, from three objects to a hundred thousand, all really stored; what can
// be done to a key, whom it would reach, and what a GET then says.
import { useMemo } from 'react';
import { MOST_OBJECTS } from '../../flows';
import { useWords } from '../context';
import { type Below, belowOf } from './below';
import { Find } from './Find';
import styles from './Keys.module.css';
import { Legend } from './Legend';
import { useNumbers } from './names';
import { Panel } from './Panel';
import { Picture } from './Picture';
import { Tree } from './Tree';
import { beneathOf, tonesOf } from './tones';
import { type KeysState, useKeys } from './useKeys';

const SIZES = [3, 8, 30, 300, 1000, 10_000, MOST_OBJECTS] as const;

function Top({ keys }: { keys: KeysState }) {
  const words = useWords('keys');
  const number = useNumbers();
  const { state, place } = keys;
  const sizes = [...new Set([...SIZES, place.objects])].sort((a, b) => a - b);
  return (
    <div className={styles.top}>
      <div>
        <h1>{words('title')}</h1>
        <p className={styles.intro}>{words('intro')}</p>
      </div>
      <div className={styles.tools}>
        {state.hierarchy && <Find keys={keys} hierarchy={state.hierarchy} />}
        <label>
          <span className="visually-hidden">{words('how many')}</span>
          <select
            className="button"
            value={place.objects}
            onChange={(event) =>
              keys.change({ objects: Number(event.target.value), orders: [], at: undefined })
            }
          >
            {sizes.map((size) => (
              <option key={size} value={size}>
                {words('objects of', { count: size, number: number(size) })}
              </option>
            ))}
          </select>
        </label>
        {place.orders.length > 0 && (
          <button type="button" className="button" onClick={() => keys.undo(place.orders.length)}>
            {words('begin again', { count: place.orders.length })}
          </button>
        )}
      </div>
    </div>
  );
}

function Storing({ keys }: { keys: KeysState }) {
  const words = useWords('keys');
  const number = useNumbers();
  const { phase, columns, planned } = keys.state;
  const isStoring = phase === 'storing' || phase === 'opening';
  return (
    <div className={styles.progress} data-busy={isStoring || phase === 'doing' || undefined}>
      <p role="status">
        {isStoring
          ? words('storing', { planned: number(planned) })
          : phase === 'doing'
            ? words('doing')
            : words('stored', { count: columns.count, number: number(columns.count) })}
      </p>
      {isStoring && (
        <>
          <progress max={planned} value={columns.count} aria-label={words('progress')} />
          <span aria-hidden="true">{number(columns.count)}</span>
          {columns.count >= 8 && (
            <button
              type="button"
              className="button"
              onClick={() => keys.change({ objects: keys.world.asked })}
            >
              {words('stop here')}
            </button>
          )}
        </>
      )}
    </div>
  );
}

export default function Keys() {
  const words = useWords('keys');
  const keys = useKeys();
  const { state, place, wrong, readable, open, effects } = keys;
  const { hierarchy, columns } = state;
  const below = useMemo(
    (): Below => (hierarchy ? belowOf(hierarchy, columns) : new Map()),
    [hierarchy, columns],
  );
  const number = /^o(\d+)$/.exec(place.at ?? '')?.[1];
  const object =
    number !== undefined && Number(number) < columns.count ? Number(number) : undefined;
  const key = object === undefined ? place.at : undefined;
  const tones = useMemo(
    () => tonesOf(columns, readable, open, effects, hierarchy && beneathOf(hierarchy, key)),
    [hierarchy, columns, readable, open, effects, key],
  );
  return (
    <main className={styles.room} data-room="keys">
      <Top keys={keys} />
      {wrong.length > 0 && (
        <p className={styles.wrong} role="status">
          {words('wrong', { what: wrong.join(', ') })}
        </p>
      )}
      {state.broken !== undefined && (
        <p className={styles.wrong} role="alert">
          {words('broken', { why: state.broken })}{' '}
          <button type="button" className="button" onClick={() => location.reload()}>
            {words('again')}
          </button>
        </p>
      )}
      <Storing keys={keys} />
      {hierarchy && (
        <div className={styles.parts}>
          <Tree keys={keys} hierarchy={hierarchy} below={below} tones={tones} />
          <div className={styles.middle}>
            <Picture
              keys={keys}
              hierarchy={hierarchy}
              below={below}
              tones={tones}
              chosen={object}
            />
            <Legend tones={tones} now={hierarchy.now} />
          </div>
          <Panel keys={keys} hierarchy={hierarchy} below={below} object={object} />
        </div>
      )}
    </main>
  );
}
