// The tree as rows, of what is unfolded: zones, keys, versions, bucket keys, objects.
import type { Hierarchy, KeyNode } from '../../flows';
import { isVersion } from './layout';
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

/** Objects directly under each node, in the order in which they were stored. */
export type Below = ReadonlyMap<string, Uint32Array>;

export function belowOf({ nodes }: Hierarchy, columns: Columns): Below {
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
  return new Map(nodes.map(({ id }, i) => [id, lists[i] as Uint32Array]));
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

export function branchesOf(
  { nodes }: Hierarchy,
  below: Below,
  unfolded: ReadonlySet<string>,
): readonly Branch[] {
  const rows: Branch[] = [];
  const grow = (
    thing: Thing,
    id: string,
    level: number,
    parent: string | undefined,
    [place, of]: readonly [number, number],
  ): void => {
    const keys = childrenOf(nodes, id);
    const objects = below.get(id) ?? new Uint32Array(0);
    const all = keys.length + objects.length;
    const isOpen = all === 0 ? undefined : unfolded.has(id);
    rows.push({ id, thing, level, parent, place, of, isOpen });
    if (!isOpen) return;
    for (const [i, node] of keys.entries())
      grow({ kind: 'node', node }, node.id, level + 1, id, [i + 1, all]);
    for (let i = 0; i < objects.length; i++) {
      const index = objects[i] as number;
      rows.push({
        id: `o${index}`,
        thing: { kind: 'object', index },
        level: level + 1,
        parent: id,
        place: keys.length + i + 1,
        of: all,
        isOpen: undefined,
      });
    }
  };
  const zones = ZONES.filter((zone) => childrenOf(nodes, zone).length > 0);
  for (const [i, zone] of zones.entries())
    grow({ kind: 'zone', zone }, zone, 1, undefined, [i + 1, zones.length]);
  return rows;
}
