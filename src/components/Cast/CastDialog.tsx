// Meet the cast: who takes part, one card each; what each is, what it comes to hold in the clear, and what it never
// does. The second half is read from what real uploads leave with each.
import { useEffect, useState } from 'react';
import { ACTORS, FLOW_IDS, type FlowId, HELD } from '../../flows';
import type { ActorId } from '../../sim/types';
import { useWords } from '../context';
import { Dialog } from '../Dialog/Dialog';
import { WithTerms } from '../Glossary/WithTerms';
import { Glyph } from '../glyphs/Glyph';
import { kindOf, lookOf } from '../things';
import styles from './Cast.module.css';

/** One of each kind of secret that a scheme rests on. */
const SECRETS = ['O1', 'D1', 'K1', 'R1', 'W1', 'C1'] as const;

const ZONES: Readonly<Record<ActorId, string>> = {
  you: 'yours',
  client: 'yours',
  s3: 's3',
  's3-keys': 's3',
  kms: 'kms',
  hsm: 'kms',
  storage: 'disks',
};

/** The schemes in which an actor holds a secret of this kind in the clear. */
const schemesOf = (actor: ActorId, secret: string): readonly FlowId[] =>
  FLOW_IDS.filter((flow) =>
    HELD[flow][actor].some((id) => !id.includes('<') && kindOf(id) === kindOf(secret)),
  );

function Holdings({ actor }: { readonly actor: ActorId }) {
  const panels = useWords('panels');
  const names = useWords('names');
  const flows = useWords('flows');
  const rows = SECRETS.map((id) => ({ id, schemes: schemesOf(actor, id) }));
  const held = rows.filter(({ schemes }) => schemes.length > 0);
  const never = rows.filter(({ schemes }) => schemes.length === 0);
  const list = (ids: readonly string[]): string => ids.join(', ');
  const kind = (id: string): string => names(`kind ${kindOf(id)}`);
  return (
    <dl className={styles.holdings}>
      {held.map(({ id, schemes }) => (
        <div key={id}>
          <dt>
            <Glyph look={lookOf(id)} size={28} />
            {kind(id)}
          </dt>
          <dd>
            {schemes.length === FLOW_IDS.length
              ? panels('cast always')
              : list(schemes.map((flow) => flows(`flow ${flow}`)))}
          </dd>
        </div>
      ))}
      <div className={styles.never}>
        <dt>{panels('cast never')}</dt>
        <dd>{list(never.map(({ id }) => kind(id)))}</dd>
      </div>
    </dl>
  );
}

export function CastDialog({ onClose }: { readonly onClose: () => void }) {
  const panels = useWords('panels');
  const names = useWords('names');
  const [at, setAt] = useState(0);
  const actor = ACTORS[at] ?? 'you';
  const isLast = at === ACTORS.length - 1;
  const next = (): void => (isLast ? onClose() : setAt(at + 1));
  const back = (): void => setAt(Math.max(0, at - 1));
  // The arrows turn the cards wherever the focus is.
  useEffect(() => {
    const press = ({ key }: KeyboardEvent): void => {
      if (key === 'ArrowRight' || key === 'PageDown') next();
      if (key === 'ArrowLeft' || key === 'PageUp') back();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
  return (
    <Dialog
      title={panels('cast')}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="button" onClick={back} disabled={at === 0}>
            {panels('cast back')}
          </button>
          <span className={styles.count}>
            {panels('cast count', { at: at + 1, of: ACTORS.length })}
          </span>
          <button type="button" className="button primary" onClick={next}>
            {panels(isLast ? 'cast done' : 'cast next')}
          </button>
        </>
      }
    >
      <div className={styles.cast} data-zone={ZONES[actor]}>
        <section className={styles.card} aria-live="polite">
          <p className={styles.zone}>{names(`zone ${ZONES[actor]}`)}</p>
          <h3>{names(`actor ${actor}`)}</h3>
          <p>
            <WithTerms text={panels(`cast ${actor}`)} />
          </p>
        </section>
        <section>
          <h4>{panels('cast holds')}</h4>
          <Holdings actor={actor} />
        </section>
        <p className={styles.note}>{panels('cast note')}</p>
      </div>
    </Dialog>
  );
}
