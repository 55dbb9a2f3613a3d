// Side by side: two to four schemes with the same object, aligned by chapter and phase; one Next for all of them.
import { useCallback } from 'react';
import { DEPTHS, FLOW_IDS, FLOWS, type FlowId, LARGEST_ARCHIVED } from '../../flows';
import type { Depth } from '../../sim/types';
import { usePlayed, useWords } from '../context';
import { useActions } from '../Keyboard/useActions';
import { useSize } from '../useSize';
import { ColumnView } from './ColumnView';
import { columnOf, LEAST, MOST } from './columns';
import { Differences } from './Differences';
import { Exposures } from './Exposures';
import { Pager } from './Pager';
import styles from './SideBySide.module.css';
import { type SideState, useSide } from './useSide';

/** The keys of the stage, for all columns at once. */
function useKeys({ row, rows, go }: SideState): void {
  const last = rows.length;
  useActions(
    useCallback(
      (action) => {
        const to = { next: row + 1, previous: row - 1, first: 0, last }[action as string];
        if (to === undefined) return false;
        go(to);
        return true;
      },
      [row, last, go],
    ),
  );
}

function Choice({ state }: { readonly state: SideState }) {
  const words = useWords('compare');
  const flows = useWords('flows');
  const { columns, level } = state.side;
  const free = FLOW_IDS.filter((flow) =>
    FLOWS[flow].variants.some(
      ({ id }) => !columns.some((one) => one.flow === flow && one.variant === id),
    ),
  );
  const add = (flow: FlowId): void => {
    const variant = FLOWS[flow].variants.find(
      ({ id }) => !columns.some((one) => one.flow === flow && one.variant === id),
    );
    state.choose({
      columns: [...columns, { flow, variant: variant?.id ?? columnOf(flow).variant }],
    });
  };
  return (
    <div className={styles.choice}>
      <label>
        <span className="visually-hidden">{words('add')}</span>
        <select
          className="button"
          value=""
          disabled={columns.length >= MOST}
          onChange={(event) => add(event.target.value as FlowId)}
        >
          <option value="" disabled>
            {words('add')}
          </option>
          {free.map((flow) => (
            <option key={flow} value={flow}>
              {flows(`flow ${flow}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="visually-hidden">{useWords('ui')('level')}</span>
        <select
          className="button"
          value={level}
          onChange={(event) => state.choose({ level: event.target.value as Depth, row: 0 })}
        >
          {DEPTHS.map((one) => (
            <option key={one} value={one}>
              {flows(`level ${one}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

export default function SideBySide() {
  const words = useWords('compare');
  const state = useSide();
  useKeys(state);
  const sizeOf = useSize();
  const isTooLarge = usePlayed((s) => (s.file?.size ?? 0) > LARGEST_ARCHIVED);
  const { side, wrong, beside, broken, choose } = state;
  return (
    <main className={styles.room} data-room="compare">
      <div className={styles.top}>
        <div>
          <h1>{words('title')}</h1>
          <p className={styles.intro}>{words('intro')}</p>
        </div>
        <Choice state={state} />
      </div>
      {wrong.length > 0 && (
        <p className={styles.wrong} role="status">
          {words('wrong', { what: wrong.join(', ') })}
        </p>
      )}
      {broken !== undefined && (
        <p className={styles.wrong} role="alert">
          {words('broken', { why: broken })}{' '}
          <button type="button" className="button" onClick={state.retry}>
            {words('again')}
          </button>
        </p>
      )}
      {isTooLarge && (
        <p className={styles.wrong}>{words('too large', { largest: sizeOf(LARGEST_ARCHIVED) })}</p>
      )}
      <p role="status" className={beside || broken ? 'visually-hidden' : styles.intro}>
        {beside
          ? words('ready', { count: beside.length })
          : words('running', { at: 1, of: side.columns.length })}
      </p>
      <ul className={styles.columns} data-columns={side.columns.length}>
        {side.columns.map((column, at) => (
          <ColumnView
            key={`${column.flow}.${column.variant}`}
            column={column}
            beside={beside?.[at]}
            rows={state.rows}
            at={at}
            row={state.row}
            taken={side.columns}
            onVariant={(variant) =>
              choose({ columns: side.columns.with(at, { ...column, variant }) })
            }
            onRemove={
              side.columns.length > LEAST
                ? () => choose({ columns: side.columns.toSpliced(at, 1) })
                : undefined
            }
          />
        ))}
      </ul>
      <Pager state={state} />
      {beside && (
        <>
          <Differences beside={beside} />
          <Exposures beside={beside} />
        </>
      )}
    </main>
  );
}
