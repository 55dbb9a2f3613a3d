// What an order would do, before it is done: which objects could not be read any more, or again, and which a leaked key
// would open. Follows from the hierarchy alone; tests hold it against GETs that are really tried.
import {
  type Hierarchy,
  type KeyNode,
  type KeyOrder,
  NONE,
  type Rows,
  type VersionNode,
  WAITS,
} from './types';

type Under = Pick<Rows, 'under' | 'outer'>;

const kmsKeyIn = (nodes: readonly KeyNode[], key: string): KeyNode | undefined =>
  nodes.find((node) => node.kind === 'kms key' && node.key === key);

/** True for each node that opens what hangs under it, for you, now. */
function opening({ nodes, now }: Hierarchy): boolean[] {
  const works = (version: VersionNode | undefined): boolean => {
    const key = version && kmsKeyIn(nodes, version.key);
    return key?.kind === 'kms key' && key.state === 'Enabled';
  };
  return nodes.map((node) => {
    switch (node.kind) {
      case 'kms key':
        return node.state === 'Enabled';
      case 'version':
        return works(node);
      case 'bucket key':
        // While S3 keeps it, nobody asks KMS: a key that is taken away is missed late.
        return (
          node.until > now ||
          works(
            nodes.find(
              (one): one is VersionNode => one.id === node.version && one.kind === 'version',
            ),
          )
        );
      case 'own key':
        return !node.isLost;
      default:
        return true;
    }
  });
}

/** 1 for each object that a GET gives you. */
export function readableNow(hierarchy: Hierarchy, { under, outer }: Under): Uint8Array {
  const opens = opening(hierarchy);
  const found = new Uint8Array(under.length);
  for (let i = 0; i < found.length; i++) {
    const second = outer[i] as number;
    if (opens[under[i] as number] && (second === NONE || opens[second])) found[i] = 1;
  }
  return found;
}

/** The hierarchy as an order would leave it; objects that it adds or moves aside. */
export function hierarchyAfter(hierarchy: Hierarchy, order: KeyOrder): Hierarchy {
  const { nodes, now, leaked } = hierarchy;
  const set = (
    state: 'Enabled' | 'Disabled' | 'PendingDeletion',
    from: readonly string[],
  ): Hierarchy => ({
    ...hierarchy,
    nodes: nodes.map((node) =>
      node.kind === 'kms key' &&
      'key' in order &&
      node.key === order.key &&
      node.key !== 'aws/s3' &&
      from.includes(node.state)
        ? { ...node, state }
        : node,
    ),
  });
  switch (order.do) {
    case 'disable':
      return set('Disabled', ['Enabled']);
    case 'enable':
      return set('Enabled', ['Disabled']);
    case 'schedule':
      return set('PendingDeletion', ['Enabled', 'Disabled']);
    case 'cancel':
      return set('Disabled', ['PendingDeletion']);
    case 'wait': {
      const later = now + WAITS[order.wait];
      return {
        ...hierarchy,
        now: later,
        nodes: nodes.map((node) =>
          node.kind === 'kms key' && node.deletion && node.deletion <= later
            ? { ...node, state: 'Deleted', deletion: undefined }
            : node,
        ),
      };
    }
    case 'lose':
      return {
        ...hierarchy,
        nodes: nodes.map((node) =>
          node.kind === 'own key' && node.key === order.key ? { ...node, isLost: true } : node,
        ),
      };
    case 'leak':
      return leaked.includes(order.node)
        ? hierarchy
        : { ...hierarchy, leaked: [...leaked, order.node] };
    default:
      return hierarchy;
  }
}

/** Of each object how many of its layers lie open with the leaked keys and the disks: 0, 1 or 2. */
export function openLayersOf({ nodes, leaked }: Hierarchy, { under, outer }: Under): Uint8Array {
  const has = new Set(leaked);
  const opens = nodes.map(
    (node) => has.has(node.id) || (node.kind === 'bucket key' && has.has(node.version)),
  );
  const found = new Uint8Array(under.length);
  for (let i = 0; i < found.length; i++) {
    const second = outer[i] as number;
    found[i] = (opens[under[i] as number] ? 1 : 0) + (second !== NONE && opens[second] ? 1 : 0);
  }
  // A data key is the innermost of its object, and of no other.
  for (const id of leaked) {
    const at = /^o(\d+)$/.exec(id)?.[1];
    const i = Number(at);
    if (at === undefined || i >= found.length || opens[under[i] as number]) continue;
    found[i] = (found[i] as number) + 1;
  }
  return found;
}

/** Of each object how many layers it has: what must lie open for it to be read. */
export const layersAt = ({ outer }: Under, i: number): number => (outer[i] === NONE ? 1 : 2);

export const EFFECTS = ['none', 'lost', 'back', 'open', 'half'] as const;
export type Effect = (typeof EFFECTS)[number];

export interface Effects {
  /** Per object an index into EFFECTS. */
  readonly of: Uint8Array;
  readonly counts: Readonly<Record<Effect, number>>;
  /** Objects that will be lost with the bucket keys that S3 still keeps, within five minutes. */
  readonly late: number;
}

/** Bytes of a key can be taken from where it is used; one that nobody can use is nowhere to be had. */
function isUsed(hierarchy: Hierarchy, readable: Uint8Array, node: string): boolean {
  const object = /^o(\d+)$/.exec(node)?.[1];
  if (object !== undefined) return readable[Number(object)] === 1;
  return opening(hierarchy)[hierarchy.nodes.findIndex(({ id }) => id === node)] ?? false;
}

/** What an order does to each object, against how it is now. */
export function effectsOf(hierarchy: Hierarchy, rows: Under, order: KeyOrder): Effects {
  const before = readableNow(hierarchy, rows);
  const isVain = order.do === 'leak' && !isUsed(hierarchy, before, order.node);
  const after = isVain ? hierarchy : hierarchyAfter(hierarchy, order);
  const then = readableNow(after, rows);
  const later = readableNow(hierarchyAfter(after, { do: 'wait', wait: '5m' }), rows);
  const open = openLayersOf(hierarchy, rows);
  const opened = openLayersOf(after, rows);
  const of = new Uint8Array(before.length);
  const counts: Record<Effect, number> = { none: 0, lost: 0, back: 0, open: 0, half: 0 };
  let late = 0;
  for (let i = 0; i < of.length; i++) {
    let effect: Effect = 'none';
    if (before[i] && !then[i]) effect = 'lost';
    else if (!before[i] && then[i]) effect = 'back';
    else if ((opened[i] as number) > (open[i] as number))
      effect = opened[i] === layersAt(rows, i) ? 'open' : 'half';
    if (before[i] && then[i] && !later[i] && order.do !== 'wait') late++;
    of[i] = EFFECTS.indexOf(effect);
    counts[effect]++;
  }
  return { of, counts, late };
}
