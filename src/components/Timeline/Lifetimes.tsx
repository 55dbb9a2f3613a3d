// Memory lifetimes: under the track, a bar for each secret and each place where it was readable, up to the step shown.
import { useMemo } from 'react';
import { ACTORS } from '../../flows';
import type { SecretKind } from '../../sim/types';
import { type Shown, usePlayed, useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { kindOf, lookOf, useThingName } from '../things';
import { shareOf } from './geometry';
import styles from './Lifetimes.module.css';
import { type Lifetime, lifetimesOf, type Span, stepsOf, until } from './lifetimes';

/** These stay where they are, or pass within one call. */
const DEEP: readonly SecretKind[] = ['per-call key', 'backing key', 'root key'];

const isNeverAtRest = ({ actor, spans }: Lifetime): boolean =>
  actor === 'storage' && spans.length === 0;

interface LifetimesProps {
  readonly id: string;
  readonly shown: Shown;
  readonly visible: readonly number[];
  readonly at: number;
}

export function Lifetimes({ id, shown, visible, at }: LifetimesProps) {
  const panels = useWords('panels');
  const names = useWords('names');
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const { trace } = shown.run;
  const lifetimes = useMemo(() => {
    const secrets = trace.secrets
      .map((secret) => secret.id)
      .filter((secret) => level === 'deep' || !DEEP.includes(kindOf(secret)));
    return lifetimesOf(trace, visible, secrets, ACTORS);
  }, [trace, visible, level]);
  const begun = new Set(
    lifetimes.filter(({ spans }) => until(spans, at).length > 0).map((one) => one.id),
  );
  const lanes = lifetimes.filter((one) => begun.has(one.id));
  const neverAtRest = lanes.filter(isNeverAtRest).map((one) => one.id);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section id={id} className={styles.lifetimes} aria-label={panels('lifetimes')} tabIndex={0}>
      {lanes.length === 0 && <p className={styles.none}>{panels('lifetimes none')}</p>}
      <ul className={styles.lanes}>
        {lanes
          .filter((life) => !isNeverAtRest(life))
          .map((life, index, shownLanes) => (
            <Lane
              key={`${life.id} ${life.actor}`}
              life={life}
              isFirst={shownLanes[index - 1]?.id !== life.id}
              at={at}
              count={visible.length}
            />
          ))}
        {neverAtRest.length > 0 && (
          <li className={styles.lane} data-first>
            <span className={styles.who}>{names('short storage')}</span>
            <span className={styles.never}>
              {panels('lifetimes never at rest', { ids: neverAtRest.join(', ') })}
            </span>
          </li>
        )}
      </ul>
    </section>
  );
}

interface LaneProps {
  readonly life: Lifetime;
  /** The first of its secret. */
  readonly isFirst: boolean;
  readonly at: number;
  readonly count: number;
}

function Lane({ life: { id, actor, spans }, isFirst, at, count }: LaneProps) {
  const panels = useWords('panels');
  const names = useWords('names');
  const thing = useThingName();
  const past = until(spans, at);
  const steps = stepsOf(past);
  const kept = past.some((span) => span.kept);
  const told =
    past.length === 0
      ? panels('lifetime not yet')
      : panels(kept ? 'lifetime kept' : 'lifetime', { count: steps });
  const { hue } = lookOf(id);
  return (
    <li className={styles.lane} data-first={isFirst || undefined}>
      <span className="visually-hidden">
        {panels('lifetime of', { thing: thing(id), actor: names(`short ${actor}`), told })}
      </span>
      <span className={styles.who} aria-hidden="true">
        {isFirst && (
          <span className={styles.secret}>
            <Glyph look={lookOf(id)} size={18} />
            <strong>{id}</strong>
          </span>
        )}
        <span>{names(`short ${actor}`)}</span>
      </span>
      <span
        className={`${styles.rail} ${hue === undefined ? '' : `hue-${hue}`}`}
        aria-hidden="true"
      >
        {past.map((span) => (
          <Bar key={span.first} span={span} at={at} count={count} />
        ))}
        <span className={styles.now} style={{ left: `${shareOf(at, count) * 100}%` }} />
      </span>
      <span className={styles.told} aria-hidden="true">
        {told}
      </span>
    </li>
  );
}

/** From the step after which it was readable to the one that ended it. */
function Bar({
  span,
  at,
  count,
}: {
  readonly span: Span;
  readonly at: number;
  readonly count: number;
}) {
  const from = shareOf(span.first, count);
  const to = shareOf(Math.min(span.last + 1, at), count);
  return (
    <span
      className={styles.bar}
      data-kept={span.kept || undefined}
      style={{ left: `${from * 100}%`, width: `${Math.max(0, to - from) * 100}%` }}
    />
  );
}
