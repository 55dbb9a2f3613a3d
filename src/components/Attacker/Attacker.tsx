// The run through an attacker's eyes: what can be had at a place, what was tried with it, and whether it opens the object.
import { useEffect, useMemo, useState } from 'react';
import { type Attack, idOf, LARGEST_ARCHIVED, VANTAGES, type VantageId } from '../../flows';
import type { Trace } from '../../sim/types';
import { usePlayed, usePlayer, useShown, useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { toHex } from '../Inspector/bytes';
import view from '../Scenario/View.module.css';
import { lookOf, useThingName } from '../things';
import { useSize } from '../useSize';
import styles from './Attacker.module.css';
import { Everywhere } from './Everywhere';

type Tried =
  | { readonly kind: 'trying' }
  | { readonly kind: 'too large' }
  | { readonly kind: 'tried'; readonly attack: Attack }
  | { readonly kind: 'broken'; readonly why: string };

/** Tried anew for another place, and for another step where memory is looked into. */
function useAttack(vantage: VantageId): Tried {
  const player = usePlayer();
  const shown = useShown();
  const [tried, setTried] = useState<Tried>({ kind: 'trying' });
  const scenario = shown?.run.scenario;
  const at = shown?.step?.index ?? -1;
  const isOfMoment = vantage === 'memory' || vantage === 'client';
  const moment = isOfMoment ? at : -1;
  useEffect(() => {
    if (!scenario) return;
    if (scenario.own.object.length > LARGEST_ARCHIVED) {
      setTried({ kind: 'too large' });
      return;
    }
    let isWanted = true;
    setTried({ kind: 'trying' });
    player.ask('attack', { scenario, vantage, at: moment }).then(
      (attack) => isWanted && setTried({ kind: 'tried', attack }),
      (error: Error) => isWanted && setTried({ kind: 'broken', why: error.message }),
    );
    return () => {
      isWanted = false;
    };
  }, [player, scenario, vantage, moment]);
  return tried;
}

/** Opening ones first; of the rest as many as one cares to read. */
const SHOWN = 14;

const nameOf = (attack: Attack, index: number | undefined): string =>
  index === undefined ? '' : `${index + 1} ${attack.haves[index]?.name ?? ''}`;

function Verdict({ attack }: { readonly attack: Attack }) {
  const words = useWords('attacker');
  const { reads, why, refusal, object } = attack;
  const have = object === undefined ? undefined : attack.haves[object];
  const attempt = have && have.attempt >= 0 ? attack.attempts[have.attempt] : undefined;
  const id = why === 'no key' && refusal ? 'why no key refused' : `why ${why}`;
  return (
    <p className={styles.verdict} data-reads={reads || undefined} aria-live="polite">
      <b>{words(reads ? 'reads' : 'reads not')}</b>{' '}
      {words(id, {
        step: (have?.step ?? 0) + 1,
        key: nameOf(attack, attempt?.key),
        refusal: refusal ?? '',
        tries: attack.attempts.length,
        count: attack.seen.length,
      })}
    </p>
  );
}

function Haves({ attack, trace }: { readonly attack: Attack; readonly trace: Trace }) {
  const words = useWords('attacker');
  const thing = useThingName();
  const player = usePlayer();
  const ids = useMemo(() => attack.haves.map(({ bytes }) => idOf(trace, bytes)), [attack, trace]);
  if (attack.haves.length === 0) return <p className={styles.quiet}>{words('no haves')}</p>;
  return (
    <ol className={styles.haves}>
      {attack.haves.map(({ name, bytes, step, attempt }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is had is told by its number
        <li key={i} data-object={i === attack.object || undefined}>
          <span className={styles.number}>{i + 1}</span>
          <span className={styles.what}>
            {ids[i] && <Glyph look={lookOf(ids[i])} size={24} />}
            <code>{name}</code>
            {ids[i] && <span className={styles.quiet}>{thing(ids[i])}</span>}
            {i === attack.object && <b className={styles.mark}>{words('is object')}</b>}
            <span className={styles.quiet}>{words('bytes', { count: bytes.length })}</span>
          </span>
          <code className={styles.hex}>
            {toHex(bytes.subarray(0, 12))}
            {bytes.length > 12 && '…'}
          </code>
          {step >= 0 ? (
            <button
              type="button"
              className={styles.link}
              onClick={() => {
                player.setLevel('deep');
                player.choose({ view: 'stage' });
                player.jump(step);
              }}
            >
              {words('from step', { step: step + 1 })}
            </button>
          ) : (
            <span className={styles.quiet}>{words('from attempt', { attempt: attempt + 1 })}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

function Tries({ attack }: { readonly attack: Attack }) {
  const words = useWords('attacker');
  const all = attack.attempts.map((attempt, i) => ({ ...attempt, i }));
  const first = [
    ...all.filter(({ isOpen, answer }) => isOpen || answer),
    ...all.filter(({ isOpen, answer }) => !isOpen && !answer),
  ];
  const shown = first.slice(
    0,
    Math.max(SHOWN, first.filter((one) => one.isOpen || one.answer).length),
  );
  if (first.length === 0) return <p className={styles.quiet}>{words('no tries')}</p>;
  return (
    <>
      <ol className={styles.tries}>
        {shown.map(({ i, way, key, on, isOpen, answer }) => (
          <li key={i} data-open={isOpen || undefined}>
            <span className={styles.number}>{i + 1}</span>
            <span>
              {words(way === 'S3' && key !== undefined ? 'try S3 with' : `try ${way}`, {
                key: nameOf(attack, key),
                on: nameOf(attack, on),
              })}
            </span>
            <b>{answer ?? words(isOpen ? 'opens' : 'stays shut')}</b>
          </li>
        ))}
      </ol>
      {first.length > shown.length && (
        <p className={styles.quiet}>{words('more', { count: first.length - shown.length })}</p>
      )}
    </>
  );
}

export default function Attacker() {
  const words = useWords('attacker');
  const claims = useWords('claims');
  const player = usePlayer();
  const vantage = usePlayed((s) => s.place?.vantage ?? VANTAGES[0]);
  const tried = useAttack(vantage);
  const sizeOf = useSize();
  const shown = useShown();
  return (
    <section className={view.view} aria-label={words('title')}>
      <h2 className={view.title}>{words('title')}</h2>
      <p className={view.intro}>{words('intro')}</p>
      <fieldset className={styles.vantages}>
        <legend className="visually-hidden">{words('vantages')}</legend>
        {VANTAGES.map((one) => (
          <label key={one} className={styles.vantage} data-on={one === vantage || undefined}>
            <input
              type="radio"
              name="vantage"
              value={one}
              checked={one === vantage}
              onChange={() => player.choose({ vantage: one })}
            />
            {words(`vantage ${one}`)}
          </label>
        ))}
      </fieldset>
      <p className={styles.about}>
        {words(`about ${vantage}`)}{' '}
        <span className={styles.status} title={words('status about')}>
          {claims('status modelled')}
        </span>
      </p>
      {tried.kind === 'trying' && <p className={styles.quiet}>{words('trying')}</p>}
      {tried.kind === 'too large' && (
        <p>{words('too large', { largest: sizeOf(LARGEST_ARCHIVED) })}</p>
      )}
      {tried.kind === 'broken' && <p role="alert">{words('broken', { why: tried.why })}</p>}
      {tried.kind === 'tried' && shown && (
        <>
          <Verdict attack={tried.attack} />
          <div className={styles.columns}>
            <section>
              <h3>{words('haves')}</h3>
              <Haves attack={tried.attack} trace={shown.run.trace} />
            </section>
            <section>
              <h3>{words('tries')}</h3>
              <Tries attack={tried.attack} />
            </section>
          </div>
        </>
      )}
      {tried.kind !== 'too large' && <Everywhere />}
    </section>
  );
}
