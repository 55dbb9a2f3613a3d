// How long the object and its key could be read in whose memory: one bar for each scheme, next to one another.
import { exposureOf } from '../../flows';
import { useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { kindOf, lookOf } from '../things';
import type { Column } from './columns';
import styles from './SideBySide.module.css';
import { useOpen } from './useOpen';
import type { Beside } from './useSide';

const ACTORS = ['client', 's3', 'hsm', 'storage'] as const;

export function Exposures({ beside }: { readonly beside: readonly Beside[] }) {
  const words = useWords('compare');
  const names = useWords('names');
  const flows = useWords('flows');
  const open = useOpen();
  const nameOf = ({ flow, variant }: Column): string => {
    const isTwice = beside.filter(({ column }) => column.flow === flow).length > 1;
    const name = flows(`flow ${flow}`);
    return isTwice ? words('named twice', { name, variant: flows(`variant ${variant}`) }) : name;
  };
  return (
    <section className={styles.exposures}>
      <h2>{words('exposure')}</h2>
      <p className={styles.intro}>{words('exposure about')}</p>
      <div className={styles.groups}>
        {(['object', 'key'] as const).flatMap((what) =>
          ACTORS.map((actor) => (
            <section key={`${what} ${actor}`} className={styles.group}>
              <h3>
                {names(`kind ${what === 'object' ? what : 'data key'}`)} · {names(`short ${actor}`)}
              </h3>
              <ul>
                {beside.map(({ column, comparison, loaded }) => {
                  const one = exposureOf(comparison, actor, what);
                  const { steps } = comparison;
                  const from = one?.from;
                  return (
                    <li key={`${column.flow}.${column.variant}`}>
                      <span className={styles.bar}>
                        <span>{nameOf(column)}</span>
                        <span className={styles.track2} aria-hidden="true">
                          <i style={{ width: `${((one?.steps ?? 0) / steps) * 100}%` }} />
                        </span>
                      </span>
                      {one && from !== undefined ? (
                        <button
                          type="button"
                          className={styles.link}
                          onClick={() => open(loaded.run.scenario, from)}
                        >
                          {what === 'key' && (
                            <>
                              <Glyph look={lookOf(one.id)} size={18} />
                              <span className="visually-hidden">
                                {names(`kind ${kindOf(one.id)}`)}
                              </span>{' '}
                            </>
                          )}
                          {words('exposure of', { steps: one.steps, all: steps })}
                        </button>
                      ) : (
                        <span className={styles.never}>{words('exposure none')}</span>
                      )}
                    </li>
                  );
                })}
              </ul>
            </section>
          )),
        )}
      </div>
    </section>
  );
}
