// One scheme of those side by side: its step in this row as a small stage and in words; where nothing happens, its last.
import { type AlignedRow, FLOWS, type VariantId } from '../../flows';
import type { Step } from '../../sim/types';
import { useCaption, useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { MiniStage } from '../Present/MiniStage';
import { lookOf, useThingName } from '../things';
import type { Column } from './columns';
import styles from './SideBySide.module.css';
import { useOpen } from './useOpen';
import type { Beside } from './useSide';

interface ColumnProps {
  readonly column: Column;
  readonly beside: Beside | undefined;
  readonly rows: readonly AlignedRow[];
  readonly at: number;
  readonly row: number;
  readonly taken: readonly Column[];
  readonly onVariant: (variant: VariantId) => void;
  readonly onRemove: (() => void) | undefined;
}

/** Who can read what after a step: whoever has anything, and what. */
function Readable({ step }: { readonly step: Step }) {
  const names = useWords('names');
  const thing = useThingName();
  const holders = (['you', 'client', 's3', 'kms', 'hsm', 'storage'] as const).filter(
    (actor) => step.knows[actor].length > 0,
  );
  return (
    <ul className={styles.readable}>
      {holders.map((actor) => (
        <li key={actor}>
          <span className={styles.holder}>{names(`short ${actor}`)}</span>
          {step.knows[actor].map((id) => (
            <span key={id} title={thing(id)} className={styles.held}>
              <Glyph look={lookOf(id)} size={20} />
              <span aria-hidden="true">{id}</span>
              <span className="visually-hidden">{thing(id)}</span>
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

export function ColumnView(props: ColumnProps) {
  const { column, beside, rows, at, row, taken, onVariant, onRemove } = props;
  const words = useWords('compare');
  const flows = useWords('flows');
  const names = useWords('names');
  const caption = useCaption();
  const open = useOpen();
  const name = flows(`flow ${column.flow}`);
  const { variants } = FLOWS[column.flow];
  const own = rows[row - 1]?.cells[at];
  const last = rows.slice(0, row).findLast(({ cells }) => cells[at] !== undefined)?.cells[at];
  const step = last === undefined ? undefined : beside?.loaded.run.trace.steps[last];
  const isOver = row > 0 && rows.slice(row).every(({ cells }) => cells[at] === undefined);
  const rest = step ? (isOver ? 'rests at the end' : 'rests since') : 'rests';
  return (
    <li className={styles.column} data-rests={(row > 0 && own === undefined) || undefined}>
      <div className={styles.head}>
        <h2>{name}</h2>
        {onRemove && (
          <button
            type="button"
            className={styles.remove}
            onClick={onRemove}
            aria-label={words('remove', { name })}
            title={words('remove', { name })}
          >
            <span aria-hidden="true">×</span>
          </button>
        )}
      </div>
      {variants.length > 1 ? (
        <select
          className={styles.variant}
          aria-label={words('variant', { name })}
          value={column.variant}
          onChange={(event) => onVariant(event.target.value as VariantId)}
        >
          {variants.map(({ id }) => (
            <option
              key={id}
              value={id}
              disabled={
                id !== column.variant &&
                taken.some((one) => one.flow === column.flow && one.variant === id)
              }
            >
              {flows(`variant ${id}`)}
            </option>
          ))}
        </select>
      ) : (
        <p className={styles.variant}>{flows(`variant ${column.variant}`)}</p>
      )}
      <div className={styles.picture}>
        {step ? (
          <MiniStage step={step} />
        ) : (
          <p className={styles.still}>{flows(`line ${column.flow}`)}</p>
        )}
      </div>
      <div className={styles.said}>
        {row > 0 && own === undefined && <p className={styles.rests}>{words(rest)}</p>}
        {row === 0 && <p className={styles.rests}>{words('rest')}</p>}
        {step && beside && (
          <>
            <p data-failed={step.failed || undefined}>
              <b className={styles.who}>
                {step.kind === 'deed'
                  ? names(`short ${step.actor}`)
                  : words('from to', {
                      from: names(`short ${step.from}`),
                      to: names(`short ${step.to}`),
                    })}
              </b>
              {caption(beside.loaded, step)}
            </p>
            <button
              type="button"
              className={styles.link}
              onClick={() => open(beside.loaded.run.scenario, step.index)}
            >
              {words('open')}
              <span className="visually-hidden"> {name}</span> <span aria-hidden="true">→</span>
            </button>
            <Readable step={step} />
          </>
        )}
      </div>
    </li>
  );
}
