// A step of the run as a small picture: who speaks to whom, or who does something, and with what. Drawn from the recording
// like the stage, without words.
import { useId } from 'react';
import { ACTORS } from '../../flows';
import type { Step } from '../../sim/types';
import { Glyph } from '../glyphs/Glyph';
import { layoutStage, roundedPath, wayOf, ZONES } from '../Stage/layout';
import { lookOf } from '../things';
import styles from './MiniStage.module.css';

const WIDTH = 800;
const HEIGHT = 450;
const LAYOUT = layoutStage(WIDTH, HEIGHT);

export function MiniStage({ step }: { readonly step: Step }) {
  const head = useId();
  const isDeed = step.kind === 'deed';
  const inPlay = isDeed ? [step.actor] : [step.from, step.to];
  const way = isDeed ? undefined : wayOf(LAYOUT, step.from, step.to, step.kind === 'response');
  const things = step.cargo.slice(0, 2);
  const about = isDeed ? LAYOUT.desks[step.actor] : LAYOUT.lane;
  return (
    <span className={styles.mini} aria-hidden="true">
      <svg
        className={styles.picture}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        aria-hidden="true"
        data-failed={step.failed || undefined}
      >
        <defs>
          <marker id={head} viewBox="0 0 10 10" refX="8" refY="5" markerWidth="4" orient="auto">
            <path d="M0 0 10 5 0 10z" className={styles.head} />
          </marker>
        </defs>
        {ZONES.map((zone) => (
          <rect
            key={zone}
            {...LAYOUT.zones[zone]}
            rx={16}
            className={styles.zone}
            data-zone={zone}
          />
        ))}
        {ACTORS.map((actor) => (
          <rect
            key={actor}
            {...LAYOUT.desks[actor]}
            rx={10}
            className={styles.desk}
            data-in-play={inPlay.includes(actor) || undefined}
          />
        ))}
        {way && <path d={roundedPath(way)} className={styles.way} markerEnd={`url(#${head})`} />}
      </svg>
      <span
        className={styles.things}
        style={{
          left: `${((about.x + about.width / 2) / WIDTH) * 100}%`,
          top: `${((about.y + about.height / 2) / HEIGHT) * 100}%`,
        }}
      >
        {things.map((id) => (
          <Glyph key={id} look={lookOf(id)} size={32} />
        ))}
      </span>
    </span>
  );
}
