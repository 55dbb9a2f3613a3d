// The ribbon of a changed world: what was changed and where, the way back, and both histories to compare.
import { useMemo } from 'react';
import { type Change, partingOf } from '../../flows';
import { type Loaded, ordinalOf } from '../../player';
import { usePlayed, usePlayer, useWords } from '../context';
import styles from './ForkBar.module.css';
import { useDid } from './words';

/** The step's number as the timeline counts it, of the nearest step that the level shows. */
function useNumber(loaded: Loaded | undefined): (step: number) => number {
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  return (step) => {
    const shown = loaded?.visible[level] ?? [];
    const nearest = shown.findLast((index) => index <= step) ?? -1;
    return ordinalOf(shown, nearest) + 1;
  };
}

function Did({ change, number }: { readonly change: Change; readonly number: number }) {
  const words = useWords('forks');
  const did = useDid();
  const player = usePlayer();
  return (
    <li>
      <button type="button" className={styles.did} onClick={() => player.jump(change.at)}>
        {did(change)} <small>{words('at step', { step: number })}</small>
      </button>
    </li>
  );
}

function Histories({ loaded, other }: { readonly loaded: Loaded; readonly other: Loaded }) {
  const words = useWords('forks');
  const player = usePlayer();
  const number = useNumber(loaded);
  const unchanged = usePlayed((s) => s.place?.unchanged ?? false);
  const parting = useMemo(() => partingOf(loaded.run.trace, other.run.trace), [loaded, other]);
  return (
    <div className={styles.histories}>
      <fieldset className={styles.sides}>
        <legend className="visually-hidden">{words('look')}</legend>
        {[false, true].map((side) => (
          <label key={String(side)} data-on={side === unchanged || undefined}>
            <input
              type="radio"
              name="history"
              checked={side === unchanged}
              onChange={() => player.look(side)}
            />
            {words(side ? 'without' : 'with')}
          </label>
        ))}
      </fieldset>
      {parting === undefined ? (
        <span>{words('never part')}</span>
      ) : (
        <button type="button" className={styles.link} onClick={() => player.jump(parting)}>
          {words('part at', { step: number(parting) })}
        </button>
      )}
    </div>
  );
}

export function ForkBar() {
  const words = useWords('forks');
  const player = usePlayer();
  const changes = usePlayed((s) => s.place?.changes);
  const loaded = usePlayed((s) => s.loaded);
  const other = usePlayed((s) => s.other);
  const canUndo = usePlayed((s) => s.past.length > 0 || (s.place?.changes.length ?? 0) > 0);
  const canRedo = usePlayed((s) => s.future.length > 0);
  const number = useNumber(loaded);
  const some = changes !== undefined && changes.length > 0;
  if (!canUndo && !canRedo) return null;
  return (
    <section className={styles.bar} aria-label={words('changes')} data-some={some || undefined}>
      <p className={styles.title}>{words(some ? 'changed' : 'unchanged only')}</p>
      {some && (
        <ol className={styles.list}>
          {changes.map((change, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same change may be made twice
            <Did key={i} change={change} number={number(change.at)} />
          ))}
        </ol>
      )}
      {some && loaded && other && <Histories loaded={loaded} other={other} />}
      <div className={styles.ways}>
        <button
          type="button"
          className={styles.link}
          aria-disabled={!canUndo}
          onClick={() => player.undo()}
        >
          {words('undo')}
        </button>
        <button
          type="button"
          className={styles.link}
          aria-disabled={!canRedo}
          onClick={() => player.redo()}
        >
          {words('redo')}
        </button>
        {some && (
          <button type="button" className={styles.link} onClick={() => player.unchange()}>
            {words('reset')}
          </button>
        )}
      </div>
    </section>
  );
}
