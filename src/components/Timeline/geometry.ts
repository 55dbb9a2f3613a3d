// Where ticks and labels stand on the timeline's track. Shares of the track's width, 0 to 1.
import type { Phase } from '../../flows';
import type { Chapter } from '../../sim/types';

/** Place of the position `ordinal` (0 = at rest, 1 … count = steps) on the track. */
export const shareOf = (ordinal: number, count: number): number =>
  count === 0 ? 0 : ordinal / count;

export interface Label {
  readonly id: string;
  readonly kind: 'chapter' | 'phase';
  /** Position of its first step. */
  readonly ordinal: number;
  /** First and last position it covers. */
  readonly until: number;
  readonly words: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** First and last position, 1-based, of the visible steps inside a span of the trace. */
function positionsIn(
  visible: readonly number[],
  { start, end }: Span,
): { first: number; last: number } | undefined {
  const first = visible.findIndex((index) => index >= start && index < end);
  if (first < 0) return undefined;
  let last = first;
  while (last + 1 < visible.length && (visible[last + 1] as number) < end) last++;
  return { first: first + 1, last: last + 1 };
}

export function labelsOf<T extends Chapter | Phase>(
  spans: readonly T[],
  visible: readonly number[],
  kind: Label['kind'],
  words: (span: T) => string,
): Label[] {
  return spans.flatMap((span) => {
    const found = positionsIn(visible, span);
    return found
      ? [{ id: span.id, kind, ordinal: found.first, until: found.last, words: words(span) }]
      : [];
  });
}

export interface Placed extends Label {
  /** Too near the right end to stand to the right of its place: it ends there. */
  readonly atEnd: boolean;
}

/**
 * Labels of which none runs into another: what does not fit is left out, later ones first, or with `keep: 'later'`
 * earlier ones; what covers the position `now` has its place first. `width` in CSS pixels.
 */
export function fitting(
  labels: readonly Label[],
  count: number,
  width: number,
  perCharacter: number,
  keep: 'earlier' | 'later' = 'earlier',
  now = -1,
): Placed[] {
  const placed: (Placed & { left: number; right: number })[] = [];
  const isNow = ({ ordinal, until }: Label): boolean => now >= ordinal && now <= until;
  const inOrder = keep === 'earlier' ? labels : [...labels].reverse();
  for (const label of [...inOrder.filter(isNow), ...inOrder.filter((one) => !isNow(one))]) {
    const length = label.words.length * perCharacter;
    const at = shareOf(label.ordinal, count) * width;
    const atEnd = at + length > width + 12;
    const left = atEnd ? width + 12 - length : at;
    const right = left + length + 12;
    if (placed.every((other) => right <= other.left || left >= other.right))
      placed.push({ ...label, atEnd, left, right });
  }
  return placed;
}
