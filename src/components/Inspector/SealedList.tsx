// What each actor has but cannot read, and whom it would have to ask. Never mixed with what can be read now.
import type { ActorId, Knowledge, Trace } from '../../sim/types';
import { useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { lookOf, useThingName } from '../things';
import styles from './Inspector.module.css';
import table from './Knows.module.css';
import { type Opening, openingOf } from './knows';

interface SealedListProps {
  readonly trace: Trace;
  readonly before: Knowledge;
  /** Index of the step after which it is; -1 before the first. */
  readonly index: number;
  readonly actors: readonly ActorId[];
}

export function SealedList({ trace, before, index, actors }: SealedListProps) {
  const now = trace.steps[index] ?? trace.initial;
  const words = useWords('inspector');
  const names = useWords('names');
  const thingName = useThingName();
  const openingText = useOpeningText();
  const owners = actors.filter((actor) => now.has[actor].length > 0);
  return (
    <section className={styles.section}>
      <h3>{words('has lead')}</h3>
      {owners.length === 0 && <p className={styles.quiet}>{words('has none')}</p>}
      {owners.map((actor) => (
        <div key={actor} className={table.owner}>
          <h4>{names(`actor ${actor}`)}</h4>
          <ul>
            {now.has[actor].map((id) => (
              <li key={id}>
                <Glyph look={lookOf(id)} size={24} />
                <span>
                  <strong>{thingName(id)}</strong>
                  {!before.has[actor].includes(id) && (
                    <span className={table.fresh}>{words('has new')}</span>
                  )}
                  <span className={styles.state}>
                    {openingText(actor, openingOf(trace, index, actor, id))}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function useOpeningText(): (actor: ActorId, opening: Opening) => string {
  const words = useWords('inspector');
  const names = useWords('names');
  const thingName = useThingName();
  return (actor, opening) => {
    const { how, key } = opening;
    const values = {
      key,
      thing: 'first' in opening ? thingName(opening.first) : '',
      holders:
        'holders' in opening ? opening.holders.map((one) => names(`actor ${one}`)).join(', ') : '',
    };
    return words([`open ${how} ${actor}`, `open ${how}`], values);
  };
}
