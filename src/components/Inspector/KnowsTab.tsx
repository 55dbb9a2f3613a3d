// Who knows what: who can read which secret, before and after this step; and, apart from it, who has what sealed.
import { ACTORS } from '../../flows';
import type { ActorId, Knowledge } from '../../sim/types';
import { type Shown, usePlayed, useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { kindOf, lookOf, useThingName } from '../things';
import { Heading } from './Heading';
import styles from './Inspector.module.css';
import table from './Knows.module.css';
import { actorsOf, type Cell, cellOf, knownBefore, secretsUntil } from './knows';
import { SealedList } from './SealedList';

export function KnowsTab({ shown }: { readonly shown: Shown }) {
  const words = useWords('inspector');
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const { step, run, visible } = shown;
  const { trace } = run;
  const before = knownBefore(trace, visible[level], step);
  const after: Knowledge = step ?? trace.initial;
  const actors = actorsOf(trace, ACTORS);
  const secrets = secretsUntil(trace, step?.index ?? -1).filter(
    (id) => level === 'deep' || kindOf(id) !== 'per-call key',
  );
  return (
    <div className={styles.page}>
      {step && <Heading step={step} />}
      <section className={styles.section}>
        <h3>{words('knows lead')}</h3>
        {secrets.length === 0 ? (
          <p className={styles.quiet}>{words('knows nothing')}</p>
        ) : (
          <Matrix {...{ before, after, actors, secrets, isRest: step === undefined }} />
        )}
        {secrets.length > 0 && <Changes {...{ before, after, actors, secrets }} />}
      </section>
      <SealedList trace={trace} before={before} index={step?.index ?? -1} actors={actors} />
      <section className={styles.section}>
        <h3>{words('network lead')}</h3>
        <p>{words('network')}</p>
      </section>
    </div>
  );
}

interface MatrixProps {
  readonly before: Knowledge;
  readonly after: Knowledge;
  readonly actors: readonly ActorId[];
  readonly secrets: readonly string[];
}

function Matrix(props: MatrixProps & { readonly isRest: boolean }) {
  const { before, after, actors, secrets, isRest } = props;
  const words = useWords('inspector');
  const names = useWords('names');
  return (
    <table className={table.matrix} data-many={actors.length > 6 || undefined}>
      <caption className="visually-hidden">
        {words(isRest ? 'knows caption rest' : 'knows caption')}
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{words('knows secret')}</span>
          </th>
          {actors.map((actor) => (
            <th key={actor} scope="col">
              <span>{names(`short ${actor}`)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {secrets.map((id) => (
          <tr key={id}>
            <th scope="row">
              <span className={table.secret}>
                <Glyph look={lookOf(id)} size={22} />
                <strong>{id}</strong>
              </span>
              <span className={table.kind}>{names(`kind ${kindOf(id)}`)}</span>
            </th>
            {actors.map((actor) => (
              <td key={actor}>
                <Dot cell={cellOf(before, after, actor, id)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Dot({ cell }: { readonly cell: Cell }) {
  const words = useWords('inspector');
  return (
    <>
      <span className={table.dot} data-cell={cell} aria-hidden="true" />
      <span className="visually-hidden">{words(`knows ${cell}`)}</span>
    </>
  );
}

/** What the dots say about this step, in words. */
function Changes({ before, after, actors, secrets }: MatrixProps) {
  const words = useWords('inspector');
  const names = useWords('names');
  const thingName = useThingName();
  const changes = secrets.flatMap((id) =>
    actors.map((actor) => ({ id, actor, cell: cellOf(before, after, actor, id) })),
  );
  const shown = changes.filter(({ cell }) => cell === 'new' || cell === 'lost');
  if (shown.length === 0) return <p className={styles.quiet}>{words('knows no change')}</p>;
  return (
    <ul className={table.changes} aria-label={words('knows change')}>
      {shown.map(({ id, actor, cell }) => (
        <li key={`${id} ${actor}`}>
          <span className={table.dot} data-cell={cell} aria-hidden="true" />
          <span>
            {words([`knows ${cell} ${actor}`, `knows ${cell} any`], {
              actor: names(`actor ${actor}`),
              secret: thingName(id),
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
