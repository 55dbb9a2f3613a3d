// Which objects hang directly under each key.
import type { Hierarchy, KeyNode, VersionNode } from '../../flows';
import type { Columns } from './world';

export const isVersion = (node: KeyNode): node is VersionNode => node.kind === 'version';

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
