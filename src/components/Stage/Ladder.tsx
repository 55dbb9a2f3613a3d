// The stage where there is little room: a ladder. One column an actor, one rung a step, what each holds at the top.
import { useEffect, useRef } from 'react';
import { ACTORS } from '../../flows';
import type { ActorId, Step } from '../../sim/types';
import type { Shown } from '../context';
import { useCaption, usePlayed, useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { layersOf, lookOf, useThingName } from '../things';
import { Cargo } from './CaptionCard';
import styles from './Ladder.module.css';
import type { Holding, Scene } from './scene';
import { useSettled } from './useSettled';

interface LadderProps {
  readonly shown: Shown;
  readonly scene: Scene;
  readonly onJump: (step: number) => void;
}

function Held({ holdings }: { holdings: readonly Holding[] }) {
  const name = useThingName();
  const now = holdings.filter(({ change }) => change !== 'gone');
  return (
    <ul className={styles.held}>
      {now.slice(0, 4).map(({ id, change }) => (
        <li key={id} data-change={change} title={name(id)}>
          <Glyph look={lookOf(id)} size={24} />
          <span className={styles.id} aria-hidden="true">
            {layersOf(id)[0]}
          </span>
          <span className="visually-hidden">{name(id)}</span>
        </li>
      ))}
      {now.length > 4 && <li className={styles.more}>+{now.length - 4}</li>}
    </ul>
  );
}

/** Middle of an actor's column, as a share of the width. */
const centre = (column: number, columns: number): string => `${((column + 0.5) / columns) * 100}%`;

export function Ladder({ shown, scene, onJump }: LadderProps) {
  useSettled();
  const names = useWords('names');
  const ui = useWords('ui');
  const flows = useWords('flows');
  const caption = useCaption();
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const current = useRef<HTMLLIElement>(null);
  const { step } = scene;
  const { trace, scenario, outside } = shown.run;
  const actors = ACTORS.filter((actor) => scene.takesPart.has(actor));
  const rungs = shown.visible[level]
    .map((index) => trace.steps[index] as Step)
    .filter((one) => (step ? one.index <= step.index && one.chapter === step.chapter : false));
  const at = step?.index;
  useEffect(() => {
    if (at !== undefined) current.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const column = (actor: ActorId): number => actors.indexOf(actor);
  const span = (one: Step) => {
    const [a, b] =
      one.kind === 'deed'
        ? [column(one.actor), column(one.actor)]
        : [column(one.from), column(one.to)];
    return {
      left: centre(Math.min(a, b), actors.length),
      right: `calc(100% - ${centre(Math.max(a, b), actors.length)})`,
    };
  };
  const middleOf = (one: Step): string => {
    const [a, b] =
      one.kind === 'deed'
        ? [column(one.actor), column(one.actor)]
        : [column(one.from), column(one.to)];
    return `clamp(76px, ${centre((a + b) / 2, actors.length)}, calc(100% - 76px))`;
  };
  return (
    <div className={styles.ladder}>
      <div className={styles.heads}>
        {actors.map((actor) => (
          <section
            key={actor}
            className={styles.head}
            aria-label={names(`actor ${actor}`)}
            data-actor={actor}
            data-in-play={scene.inPlay.has(actor) || undefined}
          >
            <h2>{names(`short ${actor}`)}</h2>
            <Held holdings={scene.holdings[actor]} />
          </section>
        ))}
      </div>
      <ol
        className={styles.rungs}
        // It scrolls; before the first step nothing in it takes the focus.
        tabIndex={rungs.length === 0 ? 0 : undefined}
      >
        {rungs.length === 0 && (
          <li className={styles.rest}>
            <p>
              {!outside && <b>{flows(`line ${scenario.flow}`)}</b>} {ui('rest hint')}
            </p>
          </li>
        )}
        {rungs.map((one) => {
          const now = one.index === at;
          const label = one.kind === 'deed' ? `${one.deed} ${one.thing}` : one.operation;
          return (
            <li
              key={one.index}
              ref={now ? current : undefined}
              className={styles.rung}
              aria-current={now ? 'step' : undefined}
              data-failed={one.failed || undefined}
            >
              <button type="button" className={styles.line} onClick={() => onJump(one.index)}>
                <span className={styles.poles} aria-hidden="true">
                  {actors.map((actor) => (
                    <i key={actor} />
                  ))}
                </span>
                <span
                  className={one.kind === 'deed' ? styles.deed : styles.arrow}
                  data-back={
                    (one.kind !== 'deed' && column(one.from) > column(one.to)) || undefined
                  }
                  style={span(one)}
                  aria-hidden="true"
                />
                <span className={styles.label} style={{ left: middleOf(one) }}>
                  {label}
                </span>
              </button>
              {now && (
                <div className={styles.caption} data-failed={one.failed || undefined}>
                  <Cargo scene={scene} />
                  <p>{caption(shown, one)}</p>
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
