// Where everything is in the picture: keys in rows at the top, each above the column of the objects that hang under it. At
// zoom 1 all of it fits the width and height given. Pure: no DOM.
import { GROUP_IDS, groupsOf, type Hierarchy, type KeyNode, type VersionNode } from '../../flows';
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

export const isVersion = (node: KeyNode): node is VersionNode => node.kind === 'version';

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
  planned: number,
  width: number,
  height: number,
): Layout {
  const { nodes } = hierarchy;
  const counts = nodes.map(() => 0);
  for (let i = 0; i < columns.count; i++) {
    const under = columns.under[i] as number;
    counts[under] = (counts[under] as number) + 1;
  }
  const lists = counts.map((count) => new Uint32Array(count));
  const filled = nodes.map(() => 0);
  for (let i = 0; i < columns.count; i++) {
    const under = columns.under[i] as number;
    const at = filled[under] as number;
    (lists[under] as Uint32Array)[at] = i;
    filled[under] = at + 1;
  }
  const coming = comingUnder(columns, planned);
  const used = new Set(nodes.filter((_, i) => (counts[i] as number) > 0).map(({ id }) => id));
  const leaves = leavesOf(hierarchy, used);
  const sizes = leaves.map((node) => {
    const i = nodes.indexOf(node);
    return (counts[i] as number) + (coming.get(i) ?? 0);
  });
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
    const objects = lists[nodes.indexOf(node)] as Uint32Array;
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

/** Where an object stands in a list in ascending order, by binary search; -1: nowhere. */
export function placeIn(objects: Uint32Array, index: number): number {
  let [low, high] = [0, objects.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = objects[middle] as number;
    if (found === index) return middle;
    if (found < index) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
