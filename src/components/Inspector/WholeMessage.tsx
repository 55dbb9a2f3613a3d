// A message as serialised, every byte of it: point at one, and its range is named; choose one, and its way here and on is shown.
import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { type NamedRange, type Run, rangesOf, viewOf } from '../../flows';
import { useWords } from '../context';
import { Chain } from './Chain';
import { HexView } from './HexView';
import type { MessageStep } from './http';
import styles from './WholeMessage.module.css';

/** Of a long message as many ranges are listed at a time. */
const LISTED = 200;

/** The range around an offset: ranges have no gaps, so halving finds it. */
function indexAt(ranges: readonly NamedRange[], offset: number): number {
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as NamedRange).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const KEYS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

function areKin(one: NamedRange, other: NamedRange): boolean {
  const [a, b] = [one.origin, other.origin];
  return 'step' in a && 'step' in b && a.step === b.step;
}

interface WholeMessageProps {
  readonly run: Run;
  readonly step: MessageStep;
}

export function WholeMessage({ run, step }: WholeMessageProps) {
  const words = useWords('provenance');
  const ranges = useMemo(() => rangesOf(run, step), [run, step]);
  const [picked, setPicked] = useState(0);
  const [pointed, setPointed] = useState<number>();
  const range = ranges[picked] as NamedRange;
  const view = viewOf(run.trace, step);
  const shown = pointed ?? picked;
  const markAt = useMemo(() => {
    return (offset: number) => {
      const at = indexAt(ranges, offset);
      if (at === shown) return 'picked';
      return areKin(ranges[at] as NamedRange, ranges[shown] as NamedRange) ? 'kin' : undefined;
    };
  }, [ranges, shown]);
  return (
    <section className={styles.whole}>
      <h3>{words('title')}</h3>
      <p className={styles.quiet}>{words('about')}</p>
      <p className={styles.named}>
        <RangeName range={ranges[shown] as NamedRange} />
      </p>
      <HexView
        bytes={view}
        parts={[]}
        label={words('hex')}
        markAt={markAt}
        onPoint={(offset, isPick) => {
          const at = offset === undefined ? undefined : indexAt(ranges, offset);
          if (isPick && at !== undefined) setPicked(at);
          else setPointed(at);
        }}
      />
      <Chain run={run} step={step} range={range} />
      <Ranges ranges={ranges} picked={picked} onPick={setPicked} />
    </section>
  );
}

function RangeName({ range }: { readonly range: NamedRange }) {
  const words = useWords('provenance');
  const parts = useWords('inspector');
  const { name, of, part, form, start, end } = range;
  return (
    <>
      <span>
        {words(`name ${name}`, { of })}
        {part && `, ${parts(`part ${part}`)}`}
        {form !== 'raw' && `, ${words(`form ${form}`)}`}
      </span>{' '}
      <span className={styles.quiet}>{parts('length', { count: end - start })}</span>
    </>
  );
}

interface RangesProps {
  readonly ranges: readonly NamedRange[];
  readonly picked: number;
  readonly onPick: (at: number) => void;
}

/** One stop of the Tab key; arrows move in it. */
const Ranges = memo(function Ranges({ ranges, picked, onPick }: RangesProps) {
  const words = useWords('provenance');
  const list = useRef<HTMLUListElement>(null);
  const from = Math.max(0, Math.min(picked - LISTED / 2, ranges.length - LISTED));
  const listed = ranges.slice(from, from + LISTED);
  function press(event: KeyboardEvent): void {
    const move = KEYS[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const last = ranges.length - 1;
    const to = Math.max(0, Math.min(last, move(picked, last)));
    onPick(to);
    // After the list has been drawn around it.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-range="${to}"]`)?.focus(),
    );
  }
  return (
    <>
      <p className={styles.quiet}>
        {words('ranges keys')}{' '}
        {ranges.length > LISTED &&
          words('shown', { from: from + 1, to: from + listed.length, count: ranges.length })}
      </p>
      <ul ref={list} className={styles.ranges} aria-label={words('ranges')} onKeyDown={press}>
        {listed.map((range, i) => (
          <li key={range.start}>
            <button
              type="button"
              data-range={from + i}
              aria-current={from + i === picked || undefined}
              tabIndex={from + i === picked ? 0 : -1}
              onClick={() => onPick(from + i)}
            >
              <RangeName range={range} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
});
