// The first view: six ways to encrypt an object, in one picture. Who encrypts, where the keys are, who could read it.
import { FLOW_IDS, type FlowId, heldAt, PLACES, type PlaceId } from '../../flows';
import { useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { openPanel } from '../Panels/panel';
import { FlowLink } from '../TopBar/TopBar';
import { layersOf, lookOf, useThingName } from '../things';
import styles from './SchemeMap.module.css';

const isObject = (id: string): boolean => id.startsWith('O');

function Place({ flow, place }: { readonly flow: FlowId; readonly place: PlaceId }) {
  const name = useThingName();
  const map = useWords('ui');
  const zones = useWords('names');
  const ids = heldAt(flow, place);
  const objects = ids.filter(isObject);
  const keys = ids.filter((id) => !isObject(id));
  const readable = ids.includes('O1');
  // Only where it is encrypted are both the object in the clear and the encrypted object.
  const encrypts = readable && objects.length > 1;
  const verdict =
    ids.length === 0
      ? 'map nothing'
      : encrypts
        ? 'map encrypts'
        : readable
          ? 'map readable'
          : objects.length > 0
            ? 'map ciphertext'
            : 'map keys';
  return (
    <div className={styles.place} data-place={place} data-empty={ids.length === 0 || undefined}>
      <p className={styles.placeName}>
        <span>{zones(`zone ${place}`)}</span>
        <span className={styles.verdict} data-readable={readable || undefined}>
          {map(verdict)}
        </span>
      </p>
      <ul className={styles.things}>
        {[...objects, ...keys].map((id) => (
          <li key={id} title={name(id)}>
            <Glyph look={lookOf(id)} size={32} />
            <span className={styles.thing} aria-hidden="true">
              {layersOf(id).length === 1 ? id : `${layersOf(id)[0]}·${layersOf(id).at(-1)}`}
            </span>
            <span className="visually-hidden">{name(id)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function SchemeMap() {
  const ui = useWords('ui');
  const flows = useWords('flows');
  return (
    <main className={styles.map}>
      <div className={styles.intro}>
        <h1>{ui('tagline')}</h1>
        <p>{ui('map intro')}</p>
        <div className={styles.ways}>
          <button type="button" className="button" onClick={() => openPanel('cast')}>
            {ui('map cast')}
          </button>
          <a className="button" href="#/compare">
            {ui('room compare')}
          </a>
          <a className="button" href="#/keys">
            {ui('room keys')}
          </a>
        </div>
      </div>
      <ol className={styles.rows}>
        {FLOW_IDS.map((flow) => (
          <li key={flow}>
            <FlowLink flow={flow} className={styles.row}>
              <div className={styles.head}>
                <h2>{flows(`flow ${flow}`)}</h2>
                <p>{flows(`line ${flow}`)}</p>
                <span className={styles.open}>
                  {ui(flow === 'sse-s3' ? 'map start' : 'map open')}{' '}
                  <span aria-hidden="true">→</span>
                </span>
              </div>
              <div className={styles.places}>
                {PLACES.map((place) => (
                  <Place key={place} flow={flow} place={place} />
                ))}
              </div>
              <div className={styles.who}>
                <p className={styles.whoLabel}>{ui('map who')}</p>
                <p>{flows(`reads ${flow}`)}</p>
              </div>
            </FlowLink>
          </li>
        ))}
      </ol>
      <p className={styles.note}>{ui('map note')}</p>
    </main>
  );
}
