// Where everything is in the picture: keys in rows at the top, each above the column of the objects that hang under it. At
// zoom 1 all of it fits the width and height given. Pure: no DOM.
import { GROUP_IDS, groupsOf, type Hierarchy, type KeyNode } from '../../flows';
import { type Below, isVersion, placeIn } from './below';
import type { Columns } from './world';

/** A key with objects directly beneath, or without any. CSS pixels at zoom 1. */
export interface Column {
  readonly node: KeyNode;
  /** Indexes of objects, in the order in which they were stored. */
  readonly objects: Uint32Array;
  /** With those that are still to be stored. */
  readonly places: number;
  readonly x: number;
  readonly width: number;
  /** Where its objects begin: they stand in the middle. */
  readonly start: number;
  /** Objects in a row. */
  readonly across: number;
}

export interface Layout {
  readonly columns: readonly Column[];
  /** Side of an object's square. */
  readonly cell: number;
  readonly width: number;
  readonly height: number;
}

/** A key in the rows at the top, over all columns beneath it. */
export interface Head {
  readonly id: string;
  readonly row: number;
  readonly parent: string | undefined;
  readonly from: number;
  readonly to: number;
}

const NARROWEST = 104;
const GAP = 14;
const LARGEST_CELL = 30;

/** Keys that objects hang under, in the order of the tree. */
function leavesOf({ nodes }: Hierarchy, used: ReadonlySet<string>): readonly KeyNode[] {
  const found: KeyNode[] = [];
  for (const key of nodes)
    if (key.kind === 'kms key')
      for (const version of nodes) {
        if (!isVersion(version) || version.key !== key.key) continue;
        const below = nodes.filter(
          (node) => node.kind === 'bucket key' && node.version === version.id,
        );
        if (used.has(version.id) || below.length === 0) found.push(version);
        found.push(...below);
      }
  const others = (kind: KeyNode['kind']) => nodes.filter((node) => node.kind === kind);
  return [...found, ...others('root key'), ...others('own key')];
}

/** How many objects are still to come under each node: where the last of their group hangs. */
function comingUnder(columns: Columns, planned: number): Map<number, number> {
  const coming = new Map<number, number>();
  if (planned <= columns.count) return coming;
  const last = new Map<number, number>();
  for (let i = 0; i < columns.count; i++)
    last.set(columns.group[i] as number, columns.under[i] as number);
  const order = groupsOf(planned);
  const counts = GROUP_IDS.map(() => 0);
  for (let i = columns.count; i < planned; i++)
    counts[order[i] as number] = (counts[order[i] as number] as number) + 1;
  for (const [group, count] of counts.entries()) {
    const under = last.get(group);
    if (under !== undefined) coming.set(under, (coming.get(under) ?? 0) + count);
  }
  return coming;
}

export function layoutOf(
  hierarchy: Hierarchy,
  columns: Columns,
  below: Below,
  planned: number,
  width: number,
  height: number,
): Layout {
  const { nodes } = hierarchy;
  const coming = comingUnder(columns, planned);
  const under = ({ id }: KeyNode): Uint32Array => below.get(id) ?? new Uint32Array(0);
  const used = new Set(nodes.filter((node) => under(node).length > 0).map(({ id }) => id));
  const leaves = leavesOf(hierarchy, used);
  const sizes = leaves.map((node) => under(node).length + (coming.get(nodes.indexOf(node)) ?? 0));
  // Every column is wide enough for its name; what is left goes by the square roots of their numbers.
  const free = Math.max(0, width - GAP * (leaves.length + 1) - NARROWEST * leaves.length);
  const roots = sizes.map((size) => Math.sqrt(size));
  const all = roots.reduce((sum, root) => sum + root, 0) || 1;
  const widths = roots.map((root) => NARROWEST + (free * root) / all);
  const cell = largestCell(sizes, widths, height);
  let x = GAP;
  const placed = leaves.map((node, i): Column => {
    const own = widths[i] as number;
    const size = sizes[i] as number;
    const across = Math.max(1, Math.min(size, Math.floor(own / cell)));
    const objects = under(node);
    const start = x + (own - across * cell) / 2;
    const column = { node, objects, places: size, x, width: own, start, across };
    x += own + GAP;
    return column;
  });
  return { columns: placed, cell, width: Math.max(width, x), height };
}

/** The largest square with which the tallest column still fits. */
function largestCell(sizes: readonly number[], widths: readonly number[], height: number): number {
  const fits = (cell: number): boolean =>
    sizes.every(
      (size, i) =>
        Math.ceil(size / Math.max(1, Math.floor((widths[i] as number) / cell))) * cell <= height,
    );
  let [low, high] = [0.25, LARGEST_CELL];
  if (fits(high)) return high;
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

const ROW = { zone: 0, key: 1, version: 2, 'bucket key': 3 } as const;

/** Zones, keys, versions and bucket keys, each over its columns. */
export function headsOf({ nodes }: Hierarchy, { columns }: Layout): readonly Head[] {
  const heads = new Map<string, Head>();
  const cover = (id: string, row: number, parent: string | undefined, column: Column): void => {
    const had = heads.get(id);
    const from = Math.min(had?.from ?? Number.POSITIVE_INFINITY, column.x);
    const to = Math.max(had?.to ?? 0, column.x + column.width);
    heads.set(id, { id, row, parent, from, to });
  };
  for (const column of columns) {
    const { node } = column;
    if (node.kind === 'root key' || node.kind === 'own key') {
      const zone = node.kind === 'root key' ? 's3' : 'you';
      cover(zone, ROW.zone, undefined, column);
      cover(node.id, ROW.key, zone, column);
      continue;
    }
    const version = node.kind === 'bucket key' ? nodes.find(({ id }) => id === node.version) : node;
    if (!version || !isVersion(version)) continue;
    cover('hsm', ROW.zone, undefined, column);
    cover(version.key, ROW.key, 'hsm', column);
    cover(version.id, ROW.version, version.key, column);
    if (node.kind === 'bucket key') cover(node.id, ROW['bucket key'], version.id, column);
  }
  return [...heads.values()];
}

/** The object at a point of the picture at zoom 1; undefined between them. */
export function objectAt({ columns, cell }: Layout, x: number, y: number): number | undefined {
  const column = columns.find((one) => x >= one.start && x < one.start + one.across * cell);
  if (!column || y < 0) return undefined;
  const at = Math.floor(y / cell) * column.across + Math.floor((x - column.start) / cell);
  return column.objects[at];
}

/** Where an object's square is; undefined when it is in no column. */
export function squareOf(
  { columns, cell }: Layout,
  index: number,
): { readonly x: number; readonly y: number } | undefined {
  for (const { objects, start, across } of columns) {
    const at = placeIn(objects, index);
    if (at >= 0) return { x: start + (at % across) * cell, y: Math.floor(at / across) * cell };
  }
  return undefined;
}
