// An actor's desk: what lies in its memory now, and in its drawer what it keeps. What just came is ringed, what is being
// forgotten has a dashed outline and fades.
import type { ActorId } from '../../sim/types';
import { usePlayed, useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { kindOf, lookOf, useThingName } from '../things';
import styles from './Desk.module.css';
import type { Rect } from './layout';
import type { Holding } from './scene';

interface DeskProps {
  readonly actor: ActorId;
  readonly rect: Rect;
  readonly holdings: readonly Holding[];
  readonly inPlay: boolean;
  readonly takesPart: boolean;
  readonly failed: boolean;
  /** Something is under way: what is new appears when it has arrived. */
  readonly arriving: boolean;
  readonly compact: boolean;
  readonly isPresented: boolean;
  readonly objectName: string;
}

const TERSE_BELOW = 214;
/** In the projector theme, whose type is larger; and on a presented stage. */
const TERSE_BELOW_LARGE = 262;
const TERSE_BELOW_PRESENTED = 330;
/** Heights of a row, the title and a label, for desks with room, for narrow ones, and on a presented stage. */
const MEASURES = {
  roomy: { row: 34, header: 44, label: 22 },
  compact: { row: 33, header: 30, label: 19 },
  presented: { row: 40, header: 46, label: 32 },
} as const;

function Held({
  holding,
  small,
  terse,
  isPresented,
  objectName,
}: {
  holding: Holding;
  small: boolean;
  terse: boolean;
  isPresented: boolean;
  objectName: string;
}) {
  const name = useThingName();
  const names = useWords('names');
  const look = lookOf(holding.id);
  const sealed = look.under !== undefined;
  const kind = kindOf(look.short);
  const plain = look.short === 'O1' ? objectName : names(`desk ${kind}`);
  return (
    <li
      className={styles.held}
      data-change={holding.change}
      data-small={small || undefined}
      title={name(holding.id)}
    >
      <Glyph look={look} size={isPresented ? 32 : small ? 24 : 27} />
      <span className={styles.name} data-terse={(terse && sealed) || undefined} aria-hidden="true">
        <b>{look.short}</b>
        {sealed ? (
          <>
            {!terse && (
              <span className={styles.kind}>
                {names(kind === 'object' ? 'short encrypted' : 'short sealed')}
              </span>
            )}
            <b className={styles.under}>
              {terse ? '·' : ''}
              {look.under}
            </b>
          </>
        ) : (
          !small && <span className={styles.kind}>{plain}</span>
        )}
      </span>
      <span className="visually-hidden">
        {name(holding.id)}
        {holding.change === 'none' ? '' : `, ${names(`change ${holding.change}`)}`}
      </span>
    </li>
  );
}

export function Desk(props: DeskProps) {
  const { actor, rect, holdings, inPlay, takesPart, failed, arriving, objectName } = props;
  const { compact, isPresented } = props;
  const names = useWords('names');
  const memory = holdings.filter(({ kept }) => !kept);
  const drawer = holdings.filter(({ kept }) => kept);
  const labels = (memory.length > 0 ? 1 : 0) + (drawer.length > 0 ? 1 : 0);
  const isLarge = usePlayed((s) => s.settings.theme === 'projector');
  const measures = MEASURES[isPresented ? 'presented' : compact ? 'compact' : 'roomy'];
  const row = measures.row + (isLarge && !isPresented ? 4 : 0);
  const rowsBeside = (heightOfLabels: number): number =>
    Math.floor((rect.height - measures.header - heightOfLabels - 6) / row);
  const isCrowded = holdings.length > rowsBeside(labels * measures.label);
  // On a presented stage the labels go before the type gets smaller.
  const small = isPresented ? holdings.length > rowsBeside(0) : isCrowded;
  // Too narrow for "D1 sealed by K1" in full: "D1 · K1".
  const tooNarrow = isPresented ? TERSE_BELOW_PRESENTED : isLarge ? TERSE_BELOW_LARGE : TERSE_BELOW;
  const terse = small || rect.width < tooNarrow;
  const list = (label: string, held: readonly Holding[]) =>
    held.length > 0 && (
      <div className={styles.shelf}>
        <p className={isCrowded ? 'visually-hidden' : styles.label}>{names(label)}</p>
        <ul className={styles.list} data-small={small || undefined}>
          {held.map((holding) => (
            <Held
              key={holding.id}
              holding={holding}
              small={small}
              terse={terse}
              isPresented={isPresented}
              objectName={objectName}
            />
          ))}
        </ul>
      </div>
    );
  return (
    <section
      className={styles.desk}
      aria-label={names(`actor ${actor}`)}
      data-actor={actor}
      data-in-play={inPlay || undefined}
      data-idle={!takesPart || undefined}
      data-failed={failed || undefined}
      data-arriving={arriving || undefined}
      data-compact={compact || undefined}
      data-presented={isPresented || undefined}
      style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
    >
      <h3 className={styles.title}>
        <span>{names(`actor ${actor}`)}</span>
        {rect.width > 190 && !isPresented && (
          <span className={styles.role}>{names(`role ${actor}`)}</span>
        )}
      </h3>
      {takesPart ? (
        <>
          {list(actor === 'storage' ? 'arriving' : 'in memory', memory)}
          {list(actor === 'storage' ? 'at rest' : 'keeps', drawer)}
        </>
      ) : (
        <p className={styles.none}>{names('takes no part')}</p>
      )}
    </section>
  );
}
