// Arrows: thin ones for the ways gone in this chapter, with the numbers of their steps; a bright one for this step.
import { halfWay, type Layout, linePath, type Point, roundedPath, wayOf } from './layout';
import styles from './Stage.module.css';
import type { Scene } from './scene';

interface WaysProps {
  readonly size: { readonly width: number; readonly height: number };
  readonly layout: Layout;
  readonly scene: Scene;
  readonly way: readonly Point[] | undefined;
  readonly leader: readonly Point[];
  readonly isPresented: boolean;
}

/** Badges: height, width of a character, and how far below the middle the text stands. */
const BADGE = { height: 22, character: 7.2, below: 4.2 } as const;
const PRESENTED_BADGE = { height: 34, character: 14, below: 8.5 } as const;
type BadgeSize = typeof BADGE | typeof PRESENTED_BADGE;
const widthOf = (text: string, { height, character }: BadgeSize): number =>
  Math.max(height, text.length * character + 10);

interface BadgeProps {
  readonly at: Point;
  readonly text: string;
  readonly kind: 'past' | 'now' | 'failed';
  readonly size: BadgeSize;
}

function Badge({ at, text, kind, size }: BadgeProps) {
  const width = widthOf(text, size);
  const { height } = size;
  return (
    <g
      className={kind === 'past' ? styles.badge : styles.badgeNow}
      data-failed={kind === 'failed' || undefined}
      transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`}
    >
      <rect x={-width / 2} y={-height / 2} width={width} height={height} rx={height / 2} />
      <text y={size.below}>{text}</text>
    </g>
  );
}

/** How far a badge may reach towards the way back, which runs 18 pixels beside. */
const INWARD = 8.5;

/**
 * Two ways next to each other: the badge of one a little before the middle, of the other a little after; and each far
 * enough to its own side not to lie on the other. `beside` is the way in the other direction.
 */
function badgeAt(
  points: readonly Point[],
  beside: readonly Point[],
  text: string,
  size: BadgeSize,
): Point {
  const middle = halfWay(points);
  const first = points[0] as Point;
  const last = points.at(-1) as Point;
  if (points.length > 2) return middle;
  const length = Math.hypot(last.x - first.x, last.y - first.y) || 1;
  const [x, y] = [(last.x - first.x) / length, (last.y - first.y) / length];
  const back = Math.min(14, length * 0.17);
  const other = halfWay(beside);
  const side = Math.sign((middle.x - other.x) * y - (middle.y - other.y) * x);
  const reach = (Math.abs(y) * widthOf(text, size) + Math.abs(x) * size.height) / 2;
  const aside = side * Math.max(0, reach - INWARD);
  return { x: middle.x - x * back + y * aside, y: middle.y - y * back - x * aside };
}

export function Ways({ size, layout, scene, way, leader, isPresented }: WaysProps) {
  const badge = isPresented ? PRESENTED_BADGE : BADGE;
  const { step, number } = scene;
  const gone = scene.gone.map((one) => ({
    ...one,
    points: wayOf(layout, one.from, one.to, one.isAnswer),
    beside: wayOf(layout, one.to, one.from, !one.isAnswer),
    name: `${one.from} ${one.to} ${one.isAnswer}`,
    now:
      step !== undefined &&
      step.kind !== 'deed' &&
      one.from === step.from &&
      one.to === step.to &&
      one.isAnswer === (step.kind === 'response'),
  }));
  const beside =
    step && step.kind !== 'deed'
      ? wayOf(layout, step.to, step.from, step.kind === 'request')
      : undefined;
  return (
    <svg className={styles.ways} width={size.width} height={size.height} aria-hidden="true">
      <defs>
        {(['past', 'now', 'failed'] as const).map((kind) => (
          <marker
            key={kind}
            id={`head-${kind}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth={kind === 'past' ? 7 : 6}
            markerHeight={kind === 'past' ? 7 : 6}
            orient="auto"
            markerUnits="strokeWidth"
          >
            <path d="M0 0.500 10 5 0 9.500z" className={styles[`head-${kind}`]} />
          </marker>
        ))}
      </defs>
      {gone
        .filter(({ now }) => !now)
        .map(({ name, points }) => (
          <path
            key={name}
            d={roundedPath(points)}
            className={styles.past}
            markerEnd="url(#head-past)"
          />
        ))}
      {gone
        .filter(({ now }) => !now)
        .map(({ name, points, beside, numbers }) => {
          const text = numbers.slice(isPresented ? -1 : -3).join(' ');
          return (
            <Badge
              key={name}
              at={badgeAt(points, beside, text, badge)}
              text={text}
              kind="past"
              size={badge}
            />
          );
        })}
      {step && <path d={linePath(leader)} className={styles.leader} />}
      {step && way && beside && (
        <>
          <path
            d={roundedPath(way)}
            className={step.failed ? styles.nowFailed : styles.now}
            markerEnd={`url(#head-${step.failed ? 'failed' : 'now'})`}
          />
          <Badge
            at={badgeAt(way, beside, String(number), badge)}
            text={String(number)}
            kind={step.failed ? 'failed' : 'now'}
            size={badge}
          />
        </>
      )}
    </svg>
  );
}
