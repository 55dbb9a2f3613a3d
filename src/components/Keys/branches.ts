// The tree as rows, of what is unfolded: zones, keys, versions, bucket keys, objects.
import type { Hierarchy, KeyNode } from '../../flows';
import { type Below, isVersion, placeIn } from './below';
import type { Columns } from './world';

export const ZONES = ['hsm', 's3', 'you'] as const;
export type Zone = (typeof ZONES)[number];

export type Thing =
  | { readonly kind: 'zone'; readonly zone: Zone }
  | { readonly kind: 'node'; readonly node: KeyNode }
  | { readonly kind: 'object'; readonly index: number };

export interface Branch {
  /** `hsm`, a node's id, or `o17`. */
  readonly id: string;
  readonly thing: Thing;
  /** Counted from 1. */
  readonly level: number;
  readonly parent: string | undefined;
  readonly place: number;
  readonly of: number;
  /** Undefined: nothing to unfold. */
  readonly isOpen: boolean | undefined;
}

/** Keys directly under a zone or a key. */
export function childrenOf(nodes: readonly KeyNode[], id: string): readonly KeyNode[] {
  if (id === 'hsm') return nodes.filter(({ kind }) => kind === 'kms key');
  if (id === 's3') return nodes.filter(({ kind }) => kind === 'root key');
  if (id === 'you') return nodes.filter(({ kind }) => kind === 'own key');
  return nodes.filter(
    (node) =>
      (isVersion(node) && node.key === id) || (node.kind === 'bucket key' && node.version === id),
  );
}

/** From the object or key up to its zone: what opens it, nearest first. */
export function pathOf(
  { nodes }: Hierarchy,
  columns: Pick<Columns, 'under' | 'count'>,
  id: string,
): readonly KeyNode[] {
  const object = /^o(\d+)$/.exec(id)?.[1];
  let node =
    object === undefined
      ? nodes.find((one) => one.id === id)
      : Number(object) < columns.count
        ? nodes[columns.under[Number(object)] as number]
        : undefined;
  const path: KeyNode[] = [];
  while (node) {
    path.push(node);
    const above: string | undefined =
      node.kind === 'bucket key' ? node.version : node.kind === 'version' ? node.key : undefined;
    node = nodes.find((one) => one.id === above);
  }
  return path;
}

export const zoneOf = (top: KeyNode | undefined): Zone =>
  top?.kind === 'root key' ? 's3' : top?.kind === 'own key' ? 'you' : 'hsm';

/** A run of rows: one key or zone, or all objects directly under one. */
interface Stretch {
  readonly start: number;
  readonly branch: Branch | undefined;
  readonly objects: Uint32Array;
  readonly parent: string;
  readonly level: number;
  /** Keys beside these objects, which come before them. */
  readonly before: number;
}

/** Rows are made when they are looked at: unfolding 100,000 objects makes none. */
export class Branches {
  readonly #stretches: readonly Stretch[];
  readonly length: number;

  constructor(stretches: readonly Stretch[], length: number) {
    this.#stretches = stretches;
    this.length = length;
  }

  at(row: number): Branch | undefined {
    const stretch = this.#stretches.findLast(({ start }) => start <= row);
    if (!stretch || row < 0 || row >= this.length) return undefined;
    if (stretch.branch) return stretch.branch;
    const { start, objects, parent, level, before } = stretch;
    const i = row - start;
    const index = objects[i] as number;
    return {
      ...{ id: `o${index}`, thing: { kind: 'object', index }, level, parent },
      ...{ place: before + i + 1, of: before + objects.length, isOpen: undefined },
    };
  }

  /** -1: it is not unfolded. */
  indexOf(id: string): number {
    const object = /^o(\d+)$/.exec(id)?.[1];
    for (const { start, branch, objects } of this.#stretches) {
      if (branch?.id === id) return start;
      const at = object === undefined || branch ? -1 : placeIn(objects, Number(object));
      if (at >= 0) return start + at;
    }
    return -1;
  }
}

export function branchesOf(
  { nodes }: Hierarchy,
  below: Below,
  unfolded: ReadonlySet<string>,
): Branches {
  const stretches: Stretch[] = [];
  let rows = 0;
  const none = new Uint32Array(0);
  const grow = (
    thing: Thing,
    id: string,
    level: number,
    parent: string | undefined,
    [place, of]: readonly [number, number],
  ): void => {
    const keys = childrenOf(nodes, id);
    const objects = below.get(id) ?? none;
    const all = keys.length + objects.length;
    const isOpen = all === 0 ? undefined : unfolded.has(id);
    const branch = { id, thing, level, parent, place, of, isOpen };
    stretches.push({ start: rows++, branch, objects: none, parent: id, level, before: 0 });
    if (!isOpen) return;
    for (const [i, node] of keys.entries())
      grow({ kind: 'node', node }, node.id, level + 1, id, [i + 1, all]);
    if (objects.length === 0) return;
    const own = { branch: undefined, objects, parent: id, level: level + 1, before: keys.length };
    stretches.push({ start: rows, ...own });
    rows += objects.length;
  };
  const zones = ZONES.filter((zone) => childrenOf(nodes, zone).length > 0);
  for (const [i, zone] of zones.entries())
    grow({ kind: 'zone', zone }, zone, 1, undefined, [i + 1, zones.length]);
  return new Branches(stretches, rows);
}
