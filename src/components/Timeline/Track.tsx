// The track: chapters and their parts, a tick a step (round a message, square a deed, red a failure), and a slider over
// all of it, so that it can be dragged, clicked and worked by keyboard.
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Shown } from '../context';
import { usePlayer, useWords } from '../context';
import { fitting, labelsOf, type Placed, shareOf } from './geometry';
import styles from './Timeline.module.css';

interface TrackProps {
  readonly at: number;
  readonly text: string;
  readonly shown: Shown | undefined;
  readonly visible: readonly number[];
  /** Stands beside the number of the step. */
  readonly children: ReactNode;
}

const percent = (share: number): string => `${share * 100}%`;

function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = (): void => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

interface LabelsProps {
  readonly labels: readonly Placed[];
  readonly at: number;
  readonly count: number;
  readonly onGo: (ordinal: number) => void;
}

/** For a pointer only: by keyboard the slider goes everywhere. */
function Labels({ labels, at, count, onGo }: LabelsProps) {
  return labels.map(({ id, kind, ordinal, until, words, atEnd }) => (
    <button
      type="button"
      tabIndex={-1}
      onClick={() => onGo(ordinal)}
      key={`${id} ${ordinal}`}
      className={kind === 'chapter' ? styles.chapter : styles.phase}
      data-now={(at >= ordinal && at <= until) || undefined}
      data-end={atEnd || undefined}
      style={atEnd ? undefined : { left: percent(shareOf(ordinal, count)) }}
    >
      {words}
    </button>
  ));
}

export function Track({ at, text, shown, visible, children }: TrackProps) {
  const ui = useWords('ui');
  const flows = useWords('flows');
  const player = usePlayer();
  const { ref, width } = useWidth();
  const count = visible.length;
  const labels = useMemo(() => {
    if (!shown) return { chapters: [], phases: [] };
    // A request of somebody's own is no chapter of a story.
    const told = shown.run.outside ? [] : shown.run.trace.chapters;
    const chapters = labelsOf(told, visible, 'chapter', ({ id }) => flows(`chapter ${id}`));
    const phases = labelsOf(shown.phases, visible, 'phase', ({ id }) => flows(`phase ${id}`));
    // A chapter of one part is named once.
    const said = new Set(chapters.map(({ words }) => words));
    return {
      chapters: fitting(chapters, count, width, 7.3, 'later', at),
      phases: fitting(
        phases.filter(({ words }) => !said.has(words)),
        count,
        width,
        6.6,
        'earlier',
        at,
      ),
    };
  }, [shown, visible, count, width, flows, at]);
  const go = (ordinal: number): void => {
    const step = visible[Math.min(ordinal, count) - 1];
    if (ordinal <= 0) player.first();
    else if (step !== undefined) player.jump(step);
  };
  const dense = width / Math.max(1, count) < 13;
  return (
    <div className={styles.track}>
      <div className={styles.labels} ref={ref} aria-hidden="true">
        <Labels labels={labels.chapters} at={at} count={count} onGo={go} />
        <Labels labels={labels.phases} at={at} count={count} onGo={go} />
      </div>
      <div className={styles.rail}>
        <div className={styles.inner} aria-hidden="true">
          <span className={styles.line} />
          <span className={styles.done} style={{ transform: `scaleX(${shareOf(at, count)})` }} />
          {visible.map((index, i) => {
            const step = shown?.run.trace.steps[index];
            return (
              <span
                key={index}
                className={styles.tick}
                data-kind={step?.failed ? 'failure' : step?.kind === 'deed' ? 'deed' : 'message'}
                data-done={i + 1 <= at || undefined}
                data-dense={dense || undefined}
                style={{ left: percent(shareOf(i + 1, count)) }}
              />
            );
          })}
          <span
            className={styles.thumb}
            style={{ left: percent(shareOf(at, count)) }}
            data-failed={shown?.step?.failed || undefined}
          />
        </div>
        <input
          type="range"
          className={styles.slider}
          aria-label={ui('step')}
          aria-valuetext={text}
          min={0}
          max={Math.max(1, count)}
          value={at}
          disabled={!shown}
          onChange={(event) => go(Number(event.target.value))}
        />
      </div>
      <div className={styles.foot}>
        <label className={styles.count}>
          {ui('step')}{' '}
          <input
            type="number"
            className={styles.number}
            aria-label={ui('go to step')}
            min={0}
            max={count}
            value={at}
            disabled={!shown}
            onChange={(event) => {
              const typed = Number.parseInt(event.target.value, 10);
              if (Number.isFinite(typed)) go(typed);
            }}
          />{' '}
          {ui('of steps', { steps: count })}
        </label>
        {children}
      </div>
    </div>
  );
}
