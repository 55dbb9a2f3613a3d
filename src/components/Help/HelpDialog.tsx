// Help: the keys, from the key map itself; what shapes, colours and textures mean; the levels; motion.
import { CLAIM_STATUSES, DEPTHS } from '../../flows';
import { usePlayed, usePlayer, useWords } from '../context';
import { Dialog } from '../Dialog/Dialog';
import { Glyph } from '../glyphs/Glyph';
import { ACTIONS } from '../Keyboard/keymap';
import { openPanel } from '../Panels/panel';
import { PRESENT_ACTIONS, PRESENT_KEYS } from '../Present/presentKeys';
import { lookOf } from '../things';
import styles from './HelpDialog.module.css';
import { KeyCap } from './KeyCap';

/** Each entry of the legend, with what is drawn for it. */
const SHAPES = [
  ['document', ['O1']],
  ['data key', ['D1']],
  ['vault', ['K1']],
  ['person key', ['C1']],
  ['envelope', ['D1<K1']],
] as const;
const STATES = [
  ['hue', ['K1', 'D1', 'D2', 'D3']],
  ['hatch', ['O1<D1']],
  ['hatch twice', ['O1<D1<D2']],
  ['altered', ['D1<K1~']],
] as const;

function Legend({
  entries,
}: {
  readonly entries: readonly (readonly [string, readonly string[]])[];
}) {
  const words = useWords('panels');
  return (
    <ul className={styles.legend}>
      {entries.map(([entry, ids]) => (
        <li key={entry}>
          <span className={styles.drawn}>
            {ids.map((id) => (
              <Glyph key={id} look={lookOf(id)} size={ids.length > 1 ? 24 : 34} />
            ))}
          </span>
          <span>
            <strong>{words(`legend ${entry}`)}</strong> {words(`legend ${entry} text`)}
          </span>
        </li>
      ))}
      {entries === STATES && (
        <li>
          <span className={styles.drawn}>
            <span className={styles.forgotten}>
              <Glyph look={lookOf('D1')} size={24} />
            </span>
          </span>
          <span>
            <strong>{words('legend forgotten')}</strong> {words('legend forgotten text')}
          </span>
        </li>
      )}
    </ul>
  );
}

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords('panels');
  const flows = useWords('flows');
  const presents = useWords('present');
  const claims = useWords('claims');
  const player = usePlayer();
  const shortcuts = usePlayed((s) => s.settings.shortcuts);
  return (
    <Dialog title={words('help title')} onClose={onClose} wide>
      <div className={styles.help}>
        <section>
          <h3>{words('help keys')}</h3>
          <dl className={styles.keys}>
            {ACTIONS.map((action) => (
              <div key={action}>
                <dt>
                  <KeyCap action={action} />
                </dt>
                <dd>{words(`action ${action}`)}</dd>
              </div>
            ))}
          </dl>
          <h4>{words('help presenting')}</h4>
          <dl className={styles.keys}>
            {PRESENT_ACTIONS.map((action) => (
              <div key={action}>
                <dt>
                  <kbd>{presents(`key ${PRESENT_KEYS[action][0]}`)}</kbd>
                </dt>
                <dd>{presents(`do ${action}`)}</dd>
              </div>
            ))}
          </dl>
          <label className={styles.switch}>
            <input
              type="checkbox"
              checked={shortcuts}
              onChange={(event) => player.set({ shortcuts: event.target.checked })}
            />
            <span>
              <strong>{words('shortcuts')}</strong>
              <span>{words('shortcuts about')}</span>
            </span>
          </label>
        </section>
        <section>
          <h3>{words('help shapes')}</h3>
          <Legend entries={SHAPES} />
        </section>
        <section>
          <h3>{words('help states')}</h3>
          <Legend entries={STATES} />
        </section>
        <section>
          <h3>{words('help words')}</h3>
          <p>{words('help words about')}</p>
          <p className={styles.ways}>
            <button type="button" className="button" onClick={() => openPanel('glossary')}>
              {words('glossary')}
            </button>
            <button type="button" className="button" onClick={() => openPanel('cast')}>
              {words('cast')}
            </button>
          </p>
        </section>
        <section>
          <h3>{words('help claims')}</h3>
          <dl className={styles.levels}>
            {CLAIM_STATUSES.map((status) => (
              <div key={status}>
                <dt>{claims(`status ${status}`)}</dt>
                <dd>{words(`claim ${status}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>{words('help levels')}</h3>
          <dl className={styles.levels}>
            {DEPTHS.map((level) => (
              <div key={level}>
                <dt>{flows(`level ${level}`)}</dt>
                <dd>{words(`level ${level}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>{words('help more')}</h3>
          <p>{words('help transcript')}</p>
          <p>{words('help motion')}</p>
          <p>{words('help private')}</p>
        </section>
      </div>
    </Dialog>
  );
}
