// Where a run is watched: what is chosen, the stage, the inspector beside or below it, the timeline.
import {
  type ComponentType,
  lazy,
  type ReactNode,
  type PointerEvent as ReactPointerEvent,
  Suspense,
  useRef,
  useState,
} from 'react';
import type { View } from '../../player';
import { usePlayed, useWords } from '../context';
import { Inspector } from '../Inspector/Inspector';
import { Stage } from '../Stage/Stage';
import { Timeline } from '../Timeline/Timeline';
import { Transcript } from '../Transcript/Transcript';
import { ForkBar } from '../WhatIf/ForkBar';
import styles from './Workbench.module.css';

const LEAST = 300;
const MOST = 640;
const STEP = 24;

/** The inspector's width, by dragging its edge or with the arrow keys; folded away altogether if wanted. */
function Divider({
  width,
  onWidth,
}: {
  readonly width: number;
  readonly onWidth: (width: number) => void;
}) {
  const ui = useWords('ui');
  const from = useRef<{ x: number; width: number }>(undefined);
  const clamp = (wanted: number): number => Math.max(LEAST, Math.min(MOST, wanted));
  const move = (event: ReactPointerEvent): void => {
    if (from.current) onWidth(clamp(from.current.width + from.current.x - event.clientX));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is the ARIA pattern for a window splitter
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={ui('inspector width')}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      className={styles.divider}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onKeyDown={(event) => {
        const change = event.key === 'ArrowLeft' ? STEP : event.key === 'ArrowRight' ? -STEP : 0;
        if (change === 0) return;
        event.preventDefault();
        event.stopPropagation();
        onWidth(clamp(width + change));
      }}
    />
  );
}

/** What stands in the middle, for each view but those that have the window to themselves. A new one is loaded when it is first opened: `lazy(() => import(…))`. */
const SEEN: Readonly<Record<Exclude<View, 'present' | 'speaker'>, ComponentType>> = {
  stage: Stage,
  transcript: Transcript,
  gates: lazy(() => import('../Gates/Gates')),
  attacker: lazy(() => import('../Attacker/Attacker')),
  heard: lazy(() => import('../Heard/Heard')),
};

interface WorkbenchProps {
  readonly title: string;
  /** What is chosen, above the stage. */
  readonly top: ReactNode;
}

export function Workbench({ title, top }: WorkbenchProps) {
  const ui = useWords('ui');
  const [width, setWidth] = useState(() => (innerWidth < 1400 ? 356 : 420));
  const [open, setOpen] = useState(() => innerWidth >= 900);
  const view = usePlayed((s) => s.place?.view);
  const Seen =
    SEEN[view === undefined || view === 'present' || view === 'speaker' ? 'stage' : view];
  const running = usePlayed((s) => s.work.kind === 'running');
  return (
    <main className={styles.bench} aria-busy={running}>
      <h1 className="visually-hidden">{title}</h1>
      <div>
        {top}
        <ForkBar />
      </div>
      <div
        className={styles.middle}
        data-open={open || undefined}
        style={{ '--inspector': `${width}px` } as React.CSSProperties}
      >
        <Suspense fallback={<div />}>
          <Seen />
        </Suspense>
        {open && <Divider width={width} onWidth={setWidth} />}
        <div className={styles.inspector} data-open={open || undefined}>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={open}
            aria-label={ui(open ? 'fold inspector' : 'open inspector')}
            title={ui(open ? 'fold inspector' : 'open inspector')}
            onClick={() => setOpen(!open)}
          >
            <span aria-hidden="true" className={styles.chevron} />
            <span className={styles.foldText}>
              {ui(open ? 'fold inspector' : 'open inspector')}
            </span>
          </button>
          {open && <Inspector />}
        </div>
      </div>
      <Timeline />
    </main>
  );
}
