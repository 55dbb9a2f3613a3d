// Where everything on the wide stage stands, from its size alone: four zones, seven desks, a lane for the caption
// between the two rows, and the way of each message. Pure; lengths in CSS pixels.
import type { ActorId } from '../../sim/types';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const ZONES = ['yours', 'kms', 's3', 'disks'] as const;
export type ZoneId = (typeof ZONES)[number];

export interface Layout {
  readonly zones: Readonly<Record<ZoneId, Rect>>;
  readonly desks: Readonly<Record<ActorId, Rect>>;
  /** Where captions stand. */
  readonly lane: Rect;
  readonly compact: boolean;
  readonly widestCaption: number;
  /** How far a caption keeps from the badges on the way to KMS. */
  readonly clearOfBadges: number;
}

/** Below this the stage is a ladder. */
export const WIDE_FROM = { width: 700, height: 400 } as const;

const ZONE_HEADER = 32;
/** On a stage for a room full of people, whose type is 24 px and more. */
const PRESENTED = { header: 40, margin: 14, pad: 10, widestCaption: 820 } as const;
/** Half the distance between a request's arrow and its answer's. */
const APART = 9;

const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value));

export function layoutStage(width: number, height: number, isPresented = false): Layout {
  const compact = !isPresented && (height < 600 || width < 900);
  const header = isPresented ? PRESENTED.header : ZONE_HEADER;
  const margin = isPresented ? PRESENTED.margin : compact ? 12 : 20;
  const pad = isPresented ? PRESENTED.pad : compact ? 10 : 16;
  const gap = clamp(width * 0.062, 50, 96);
  const inner = height - 2 * margin;
  const laneHeight = isPresented ? clamp(inner * 0.27, 150, 190) : clamp(inner * 0.18, 112, 132);
  const upper = (inner - laneHeight) * 0.45;
  const lower = inner - laneHeight - upper;

  const yours: Rect = {
    x: margin,
    y: margin,
    width: clamp(width * 0.225, 172, 290),
    height: inner,
  };
  const left = yours.x + yours.width + gap;
  const right = width - margin;
  const lowerTop = margin + upper + laneHeight;
  const disksWidth = clamp((right - left) * 0.27, 150, 290);
  const s3Width = right - left - gap - disksWidth;

  const zones: Record<ZoneId, Rect> = {
    yours,
    kms: { x: left, y: margin, width: right - left, height: upper },
    s3: { x: left, y: lowerTop, width: s3Width, height: lower },
    disks: { x: right - disksWidth, y: lowerTop, width: disksWidth, height: lower },
  };

  const within = (zone: Rect): Rect => ({
    x: zone.x + pad,
    y: zone.y + header,
    width: zone.width - 2 * pad,
    height: zone.height - header - pad,
  });
  const mine = within(yours);
  const between = clamp(inner * 0.075, 40, 64);
  const youHeight = (mine.height - between) * 0.4;
  const kmsRoom = within(zones.kms);
  const kmsWidth = (kmsRoom.width - gap) * 0.46;
  const s3Room = within(zones.s3);
  const keysWidth = clamp((s3Room.width - gap) * 0.43, 124, 230);
  const s3DeskWidth = s3Room.width - gap - keysWidth;

  return {
    zones,
    compact,
    clearOfBadges: isPresented ? 34 : 18,
    widestCaption: isPresented ? PRESENTED.widestCaption : 600,
    lane: { x: left, y: margin + upper, width: right - left, height: laneHeight },
    desks: {
      you: { ...mine, height: youHeight },
      client: {
        ...mine,
        y: mine.y + youHeight + between,
        height: mine.height - youHeight - between,
      },
      kms: { ...kmsRoom, width: kmsWidth },
      hsm: { ...kmsRoom, x: kmsRoom.x + kmsWidth + gap, width: kmsRoom.width - kmsWidth - gap },
      s3: { ...s3Room, width: s3DeskWidth },
      // Shorter than S3's desk, so that the way to the disks passes below it.
      's3-keys': {
        x: s3Room.x + s3DeskWidth + gap,
        y: s3Room.y,
        width: keysWidth,
        height: s3Room.height * 0.66,
      },
      storage: within(zones.disks),
    },
  };
}

const bottom = (rect: Rect): number => rect.y + rect.height;
const end = (rect: Rect): number => rect.x + rect.width;
const middle = (rect: Rect): Point => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });

type Link = `${ActorId} ${ActorId}`;

/** The corners of a message's way, from sender to receiver. An answer goes beside its request, not over it. */
export function wayOf(
  layout: Layout,
  from: ActorId,
  to: ActorId,
  isAnswer: boolean,
): readonly Point[] {
  const shift = isAnswer ? APART : -APART;
  const [a, b] = isAnswer ? [to, from] : [from, to];
  const points = outward(layout, `${a} ${b}`, shift);
  return isAnswer ? [...points].reverse() : points;
}

function outward(layout: Layout, link: Link, shift: number): Point[] {
  const { you, client, kms, hsm, s3, storage } = layout.desks;
  const keys = layout.desks['s3-keys'];
  const gutter = (end(layout.zones.yours) + layout.zones.s3.x) / 2;
  const flat = (x1: number, x2: number, y: number): Point[] => [
    { x: x1, y: y + shift },
    { x: x2, y: y + shift },
  ];
  /** Out to the gutter, along it, and in again. */
  const elbow = (from: Rect, fromY: number, to: Rect, toY: number, aside: number): Point[] => [
    { x: end(from), y: fromY + shift },
    { x: gutter + aside + (toY < fromY ? shift : -shift), y: fromY + shift },
    { x: gutter + aside + (toY < fromY ? shift : -shift), y: toY + shift },
    { x: to.x, y: toY + shift },
  ];
  switch (link) {
    case 'you client': {
      const x = you.x + you.width * 0.5;
      return [
        { x: x + shift, y: bottom(you) },
        { x: x + shift, y: client.y },
      ];
    }
    case 'client s3': {
      const y = Math.max(s3.y + s3.height * 0.3, client.y + 30);
      return flat(end(client), s3.x, y);
    }
    case 'client kms':
      return elbow(client, client.y + 34, kms, kms.y + kms.height * 0.72, 0);
    case 'you kms':
      return flat(end(you), kms.x, Math.min(middle(you).y, kms.y + kms.height * 0.42));
    case 'you s3':
      return elbow(you, bottom(you) - 26, s3, s3.y + s3.height * 0.16, 0);
    case 's3 kms': {
      const x = s3.x + clamp(s3.width * 0.24, 34, 60);
      return [
        { x: x + shift, y: s3.y },
        { x: x + shift, y: bottom(kms) },
      ];
    }
    case 'kms hsm':
      return flat(end(kms), hsm.x, middle(kms).y);
    case 's3 s3-keys':
      return flat(end(s3), keys.x, middle(keys).y);
    case 's3 storage':
      return flat(end(s3), storage.x, (bottom(keys) + bottom(s3)) / 2 + 6);
    default:
      return straight(layout, link, shift);
  }
}

/** For pairs that no scenario has today: centre to centre. */
function straight(layout: Layout, link: Link, shift: number): Point[] {
  const [a, b] = link.split(' ') as [ActorId, ActorId];
  const p = middle(layout.desks[a]);
  const q = middle(layout.desks[b]);
  return [
    { x: p.x, y: p.y + shift },
    { x: q.x, y: q.y + shift },
  ];
}

/** The point half-way along. */
export function halfWay(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((p, i) => {
    const q = points[i] as Point;
    return Math.hypot(p.x - q.x, p.y - q.y);
  });
  let rest = lengths.reduce((sum, one) => sum + one, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    const p = points[i] as Point;
    const q = points[i + 1] as Point;
    if (rest <= length) {
      const part = length === 0 ? 0 : rest / length;
      return { x: p.x + (q.x - p.x) * part, y: p.y + (q.y - p.y) * part };
    }
    rest -= length;
  }
  return points.at(-1) as Point;
}

/** What a leader points at: the middle of the way, or, on the way to the disks, the gap that S3's own keys leave free. */
function aboutOf({ zones }: Layout, way: readonly Point[]): Point {
  const at = halfWay(way);
  const disks = zones.disks.x;
  const ends = [way[0], way.at(-1)] as [Point, Point];
  const toDisks = ends.some(({ x }) => x > disks) && ends.every(({ y }) => y > zones.s3.y);
  return toDisks ? { x: (end(zones.s3) + disks) / 2, y: at.y } : at;
}

export interface CaptionPlace {
  readonly box: Rect;
  /** From the box to what it speaks of. */
  readonly leader: readonly Point[];
}

/** The caption stands in the lane, as near as can be to the arrow or the desk it speaks of. */
export function captionPlace(layout: Layout, about: readonly Point[] | ActorId): CaptionPlace {
  const { lane, desks } = layout;
  const clear = desks.s3.x + clamp(desks.s3.width * 0.24, 34, 60) + APART + layout.clearOfBadges; // right of the way to KMS
  const width = Math.min(layout.widestCaption, lane.x + lane.width - clear);
  const y = lane.y + 3;
  const height = lane.height - 6;
  const at = typeof about === 'string' ? middle(desks[about]) : aboutOf(layout, about);
  const x = clamp(at.x - width / 2, clear, lane.x + lane.width - width);
  const box = { x, y, width, height };
  const mid = y + height / 2;
  const yours = end(layout.zones.yours);

  if (typeof about === 'string') {
    const desk = desks[about];
    if (end(desk) <= yours) {
      const toY = clamp(mid, desk.y + 16, bottom(desk) - 16);
      return { box, leader: level({ x: end(desk), y: toY }, { x, y: mid }) };
    }
    const footX = clamp(at.x, x + 16, x + width - 16);
    const foot = desk.y > mid ? { x: footX, y: y + height } : { x: footX, y };
    return {
      box,
      leader: upright(foot, {
        x: about === 's3-keys' ? desk.x + 24 : clamp(footX, desk.x + 12, end(desk) - 12),
        y: desk.y > mid ? desk.y : bottom(desk),
      }),
    };
  }
  const inLane = at.y > lane.y && at.y < lane.y + lane.height;
  if (at.x < clear || inLane)
    return {
      box,
      leader: level({ x: at.x, y: at.y }, { x, y: clamp(at.y, y + 14, y + height - 14) }),
    };
  const foot = { x: clamp(at.x, x + 16, x + width - 16), y: at.y > mid ? y + height : y };
  return { box, leader: upright(foot, at) };
}

/** Sideways from `to`'s height, then up or down to `from`. */
function level(from: Point, to: Point): readonly Point[] {
  return Math.abs(from.y - to.y) < 2 ? [from, to] : [from, { x: from.x, y: to.y }, to];
}
function upright(from: Point, to: Point): readonly Point[] {
  return Math.abs(from.x - to.x) < 2 ? [from, to] : [from, { x: to.x, y: from.y }, to];
}

export const linePath = (points: readonly Point[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

/** As `linePath`, with rounded corners. */
export function roundedPath(points: readonly Point[], radius = 12): string {
  const parts = [linePath(points.slice(0, 1))];
  for (let i = 1; i < points.length - 1; i++) {
    const [a, b, c] = [points[i - 1], points[i], points[i + 1]] as [Point, Point, Point];
    const near = (p: Point): Point => {
      const length = Math.hypot(p.x - b.x, p.y - b.y) || 1;
      const part = Math.min(radius, length / 2) / length;
      return { x: b.x + (p.x - b.x) * part, y: b.y + (p.y - b.y) * part };
    };
    const [p, q] = [near(a), near(c)];
    parts.push(
      `L${p.x.toFixed(1)} ${p.y.toFixed(1)}Q${b.x.toFixed(1)} ${b.y.toFixed(1)} ${q.x.toFixed(1)} ${q.y.toFixed(1)}`,
    );
  }
  const last = points.at(-1) as Point;
  return `${parts.join('')}L${last.x.toFixed(1)} ${last.y.toFixed(1)}`;
}
