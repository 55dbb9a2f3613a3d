// The key hierarchy as it lies there: keys as nodes, and for each object the key that it hangs under. Read from the disks
// and from what KMS says of its keys; a room shows it, a lab makes it.
import type { Run } from '../types';
import {
  GROUP_IDS,
  type GroupId,
  KMS_KEY_IDS,
  type KmsKeyId,
  OWN_KEY_IDS,
  type OwnKeyId,
} from './groups';

export type KmsKeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'Deleted';

interface NodeBase {
  /** `diary`, `diary.1`, `bucket.1`, `root`, `customer`, `wrapping`. */
  readonly id: string;
}
export interface KmsKeyNode extends NodeBase {
  readonly kind: 'kms key';
  readonly key: KmsKeyId;
  readonly arn: string;
  readonly state: KmsKeyState;
  /** Milliseconds since 1970, while deletion is pending. */
  readonly deletion: number | undefined;
}
/** One backing key of a KMS key. */
export interface VersionNode extends NodeBase {
  readonly kind: 'version';
  readonly key: KmsKeyId;
  /** Counted from 1. */
  readonly version: number;
  /** Hexadecimal, as ListKeyRotations says it. */
  readonly materialId: string;
  /** New data keys are sealed with this one. */
  readonly isCurrent: boolean;
}
export interface BucketKeyNode extends NodeBase {
  readonly kind: 'bucket key';
  /** The version that it is sealed with. */
  readonly version: string;
  /** S3 keeps it in memory until then; milliseconds since 1970. */
  readonly until: number;
}
export interface RootKeyNode extends NodeBase {
  readonly kind: 'root key';
}
export interface OwnKeyNode extends NodeBase {
  readonly kind: 'own key';
  readonly key: OwnKeyId;
  readonly isLost: boolean;
}
export type KeyNode = KmsKeyNode | VersionNode | BucketKeyNode | RootKeyNode | OwnKeyNode;

/** No key of S3's lies around that of the object. */
export const NONE = 0xffff;

/** Objects from `from` on. Columns of the same length, indexes into the nodes. */
export interface Rows {
  readonly from: number;
  /** Index into GROUP_IDS. */
  readonly group: Uint8Array;
  /** Place in its group, counted from 1. */
  readonly ordinal: Uint32Array;
  /** The key that opens the object's own data key; of client-side encryption yours, not S3's. */
  readonly under: Uint16Array;
  /** The key around a second layer, or NONE. */
  readonly outer: Uint16Array;
}

export interface Hierarchy {
  readonly nodes: readonly KeyNode[];
  /** The world's clock, milliseconds since 1970. */
  readonly now: number;
  /** Ids of nodes, or `o17` for the data key of object 17. */
  readonly leaked: readonly string[];
}

export const WAITS = { '5m': 5 * 60_000, '7d': 7 * 86_400_000, '365d': 365 * 86_400_000 } as const;
export type Wait = keyof typeof WAITS;
export const MOVE_WAYS = ['update', 'copy'] as const;
export type MoveWay = (typeof MOVE_WAYS)[number];

const KEY_ORDERS = ['disable', 'enable', 'rotate', 'schedule', 'cancel'] as const;

/** What somebody does in this world. */
export type KeyOrder =
  | { readonly do: (typeof KEY_ORDERS)[number]; readonly key: KmsKeyId }
  | { readonly do: 'wait'; readonly wait: Wait }
  | { readonly do: 'lose'; readonly key: OwnKeyId }
  | { readonly do: 'leak'; readonly node: string }
  | { readonly do: 'put'; readonly group: GroupId }
  | {
      readonly do: 'move';
      readonly object: number;
      readonly way: MoveWay;
      readonly to: KmsKeyId;
    };

/** `disable.diary`, `wait.7d`, `leak.o17`, `move.17.update.archive`: as it stands in an address. */
export function writeOrder(order: KeyOrder): string {
  switch (order.do) {
    case 'wait':
      return `wait.${order.wait}`;
    case 'leak':
      return `leak.${order.node}`;
    case 'put':
      return `put.${order.group}`;
    case 'move':
      return `move.${order.object}.${order.way}.${order.to}`;
    default:
      return `${order.do}.${order.key}`;
  }
}

const NODE = /^(o\d{1,6}|root|customer|wrapping|bucket\.\d{1,4}|(diary|archive|aws\/s3)\.\d{1,3})$/;

/** Undefined for what is no order. */
export function readOrder(text: string): KeyOrder | undefined {
  const [what = '', ...rest] = text.split('.');
  const on = rest.join('.');
  const oneOf = <T extends string>(all: readonly T[], value: string | undefined): T | undefined =>
    all.find((one) => one === value);
  const keyOrder = oneOf(KEY_ORDERS, what);
  const key = oneOf(KMS_KEY_IDS, on);
  if (keyOrder) return key && { do: keyOrder, key };
  if (what === 'wait') {
    const wait = oneOf(Object.keys(WAITS) as Wait[], on);
    return wait && { do: 'wait', wait };
  }
  if (what === 'lose') {
    const own = oneOf(OWN_KEY_IDS, on);
    return own && { do: 'lose', key: own };
  }
  if (what === 'leak') return NODE.test(on) ? { do: 'leak', node: on } : undefined;
  if (what === 'put') {
    const group = oneOf(GROUP_IDS, on);
    return group && { do: 'put', group };
  }
  if (what === 'move' && rest.length === 3) {
    const way = oneOf(MOVE_WAYS, rest[1]);
    const to = oneOf(KMS_KEY_IDS, rest[2]);
    const object = /^\d{1,6}$/.test(rest[0] ?? '') ? Number(rest[0]) : undefined;
    return way && to && object !== undefined ? { do: 'move', object, way, to } : undefined;
  }
  return undefined;
}

/** What is at rest of an object; base64 and header values as they stand there. */
export interface AtRest {
  readonly metadata: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What came of a request: S3's, KMS's or the client library's own answer. */
export interface Answered {
  readonly status: number;
  /** The error code or exception; empty when all went well. */
  readonly code: string;
  readonly message: string;
  /** All that happened, recorded. */
  readonly run: Run;
}

/** What an order came to. */
export interface Done {
  readonly order: KeyOrder;
  /** Undefined: time passed, or a key was lost or leaked, and nobody was asked. */
  readonly answered: Answered | undefined;
  /** Of a move: the object before and after. */
  readonly moved: { readonly before: AtRest; readonly after: AtRest } | undefined;
}

/** One object opened with leaked keys and what lies on the disks, really tried. */
export interface LeakTry {
  readonly isOpen: boolean;
  /** The object in the clear, UTF-8. */
  readonly text: string | undefined;
}
