// The timeline: where one is, where one can go, and the biggest button of the page.
import { useId, useMemo } from 'react';
import { DEPTHS } from '../../flows';
import { ordinalOf, SPEEDS, type Speed } from '../../player';
import type { Depth } from '../../sim/types';
import { useCaption, usePlayed, usePlayer, useShown, useWords } from '../context';
import { Lifetimes } from './Lifetimes';
import styles from './Timeline.module.css';
import { Track } from './Track';
import { usePlay } from './usePlay';

function Levels() {
  const flows = useWords('flows');
  const ui = useWords('ui');
  const player = usePlayer();
  const level = usePlayed((s) => s.place?.level ?? s.settings.level);
  return (
    <fieldset className={styles.levels}>
      <legend className="visually-hidden">{ui('level')}</legend>
      {DEPTHS.map((one: Depth) => (
        <label key={one} className={styles.level} data-on={one === level || undefined}>
          <input
            type="radio"
            name="level"
            value={one}
            checked={one === level}
            onChange={() => player.setLevel(one)}
          />
          {flows(`level ${one}`)}
        </label>
      ))}
    </fieldset>
  );
}

function SpeedChoice() {
  const ui = useWords('ui');
  const player = usePlayer();
  const speed = usePlayed((s) => s.settings.speed);
  return (
    <label>
      <span className="visually-hidden">{ui('speed')}</span>
      <select
        className="button"
        value={speed}
        onChange={(event) => player.set({ speed: Number(event.target.value) as Speed })}
      >
        {SPEEDS.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </select>
    </label>
  );
}

export function Timeline() {
  usePlay();
  const ui = useWords('ui');
  const panels = useWords('panels');
  const player = usePlayer();
  const shown = useShown();
  const caption = useCaption();
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const playing = usePlayed((s) => s.playing);
  const lifetimes = usePlayed((s) => s.settings.lifetimes);
  const lifetimesId = useId();
  const visible = shown?.visible[level] ?? [];
  const at = shown?.step ? ordinalOf(visible, shown.step.index) + 1 : 0;
  const atEnd = shown !== undefined && at === visible.length;
  const text = useMemo(() => {
    if (!shown?.step) return ui('at rest');
    return `${ui('step of', { step: at, steps: visible.length })}: ${caption(shown, shown.step)}`;
  }, [shown, at, visible.length, caption, ui]);
  return (
    <section className={styles.timeline} aria-label={ui('timeline')}>
      <div className={styles.controls}>
        <button
          type="button"
          className={`button ${styles.round}`}
          onClick={player.first}
          disabled={at === 0}
          aria-label={ui('restart')}
          title={ui('restart')}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <path
              d="M4.500 10a5.500 5.500 0 1 0 1.800-4.100M4 3.500v3.600h3.600"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.800"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
        </button>
        <button
          type="button"
          className={`button ${styles.round}`}
          onClick={player.previous}
          disabled={at === 0}
          aria-label={ui('previous step')}
          title={ui('previous step')}
        >
          <span aria-hidden="true">←</span>
        </button>
        <button
          type="button"
          className="button"
          onClick={playing ? player.pause : player.play}
          disabled={!shown}
        >
          <span aria-hidden="true">{playing ? '❚❚' : '▶'}</span> {ui(playing ? 'pause' : 'play')}
        </button>
        <SpeedChoice />
      </div>
      <Track at={at} text={text} shown={shown} visible={visible}>
        <button
          type="button"
          className={styles.more}
          aria-expanded={lifetimes}
          aria-controls={lifetimesId}
          onClick={() => player.set({ lifetimes: !lifetimes })}
        >
          {panels('lifetimes')}
        </button>
      </Track>
      <div className={styles.end}>
        <Levels />
        <button
          type="button"
          className={`button primary ${styles.next}`}
          onClick={player.next}
          disabled={!shown || atEnd}
        >
          {ui('next step')} <span aria-hidden="true">→</span>
        </button>
      </div>
      {lifetimes && shown && <Lifetimes id={lifetimesId} shown={shown} visible={visible} at={at} />}
    </section>
  );
}
