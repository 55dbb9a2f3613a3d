// Bytes as hex and ASCII. Only the rows in sight are drawn, so 64 MiB open as fast as 64 bytes; where the whole would be
// taller than a browser allows, a scrolled pixel stands for several, and keys and wheel still move row by row.
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Part, View } from '../../flows';
import { useWords } from '../context';
import { GoTo } from './GoTo';
import { HexRow, type MarkAt } from './HexRow';
import styles from './HexView.module.css';
import {
  heightOf,
  offsetDigits,
  ROW_HEIGHT,
  ROWS_IN_SIGHT,
  rowAt,
  rowsOf,
  TALLEST,
  topOf,
} from './hex';

interface HexViewProps {
  readonly bytes: View;
  readonly parts: readonly Part[];
  readonly label: string;
  /** An offset to point at and to begin with. */
  readonly at?: number | undefined;
  readonly markAt?: MarkAt;
  /** A byte is pointed at, or, with `isPick`, chosen. */
  readonly onPoint?: (offset: number | undefined, isPick: boolean) => void;
}

/** CSS pixels that a row of 16 needs at the grid's type size. */
const WIDE = 470;
const MOVES: Readonly<Record<string, (row: number, last: number) => number>> = {
  ArrowDown: (row) => row + 1,
  ArrowUp: (row) => row - 1,
  PageDown: (row) => row + ROWS_IN_SIGHT - 1,
  PageUp: (row) => row - ROWS_IN_SIGHT + 1,
  Home: () => 0,
  End: (_, last) => last,
};

const offsetOf = (target: EventTarget): number | undefined => {
  const at = target instanceof HTMLElement ? target.dataset.at : undefined;
  return at === undefined ? undefined : Number(at);
};

export function HexView({ bytes, parts, label, at, markAt, onPoint }: HexViewProps) {
  const words = useWords('inspector');
  const scroller = useRef<HTMLDivElement>(null);
  const [perRow, setPerRow] = useState(8);
  const [row, setRow] = useState(0);
  const [aim, setAim] = useState(at);
  const keysId = useId();
  const rows = rowsOf(bytes.length, perRow);
  const last = Math.max(0, rows - ROWS_IN_SIGHT);
  const top = Math.min(row, last);
  const inSight = Math.min(rows, ROWS_IN_SIGHT);
  const scrolls = rows > ROWS_IN_SIGHT;
  const squeezed = rows * ROW_HEIGHT > TALLEST;

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const watch = new ResizeObserver(() => setPerRow(box.clientWidth >= WIDE ? 16 : 8));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only where the grid begins
  useEffect(() => {
    if (at !== undefined && scrolls) show(Math.floor(at / perRow) - 2);
  }, [at, perRow]);

  // Where a pixel is several rows, the wheel would jump: it moves by rows instead.
  useEffect(() => {
    const box = scroller.current;
    if (!box || !squeezed) return;
    const turn = (event: WheelEvent): void => {
      if (event.deltaY === 0 || event.ctrlKey) return;
      const to = rowAt(box.scrollTop, rows) + Math.sign(event.deltaY) * 4;
      const clamped = Math.max(0, Math.min(last, to));
      event.preventDefault();
      setRow(clamped);
      box.scrollTop = topOf(clamped, rows);
    };
    box.addEventListener('wheel', turn, { passive: false });
    return () => box.removeEventListener('wheel', turn);
  }, [squeezed, rows, last]);

  function show(to: number): void {
    const box = scroller.current;
    const clamped = Math.max(0, Math.min(last, to));
    setRow(clamped);
    if (box) box.scrollTop = topOf(clamped, rows);
  }

  function scrolled(): void {
    const box = scroller.current;
    // What was just set by a key or a number stays exact: only another place is read from the scroll bar.
    if (box && Math.abs(box.scrollTop - topOf(row, rows)) >= 1) setRow(rowAt(box.scrollTop, rows));
  }

  function press(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    if (!move || !scrolls || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    show(move(top, last));
  }

  const digits = offsetDigits(bytes.length);
  return (
    <>
      <section
        ref={scroller}
        className={styles.scroller}
        aria-label={label}
        aria-describedby={scrolls ? keysId : undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled box must be reachable by keyboard
        tabIndex={0}
        style={{ height: inSight * ROW_HEIGHT + 16 }}
        onScroll={scrolls ? scrolled : undefined}
        onKeyDown={press}
        onPointerOver={onPoint && ((event) => onPoint(offsetOf(event.target), false))}
        onPointerLeave={onPoint && (() => onPoint(undefined, false))}
        onClick={onPoint && ((event) => onPoint(offsetOf(event.target), true))}
      >
        <div style={{ height: scrolls ? heightOf(rows) : undefined }} className={styles.whole}>
          <div className={styles.rows}>
            {Array.from({ length: inSight }, (_, i) => top + i).map((r) => (
              <HexRow
                key={r - top}
                bytes={bytes}
                start={r * perRow}
                perRow={perRow}
                digits={digits}
                parts={parts}
                aim={aim}
                markAt={markAt}
              />
            ))}
          </div>
        </div>
      </section>
      {scrolls && (
        <>
          <p id={keysId} className="visually-hidden">
            {words('hex keys')}
          </p>
          <GoTo
            length={bytes.length}
            onGo={(offset) => {
              setAim(offset);
              show(Math.floor(offset / perRow) - 2);
            }}
          />
        </>
      )}
    </>
  );
}
