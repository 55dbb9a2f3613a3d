// Whose objects hang under which keys, in the world of the key hierarchy: eight buckets, each encrypted in a way of its own.
// They are stored in a fixed order, so that a world with more objects begins with those of a smaller one.
import type { FlowId, VariantId } from '../types';

export const GROUP_IDS = [
  'diary',
  'photos',
  'notebook',
  'archive',
  'letters',
  'vault',
  'safe',
  'reports',
] as const;
/** Also the name of its bucket. */
export type GroupId = (typeof GROUP_IDS)[number];

/** KMS keys by their alias, less `alias/`; `aws/s3` is managed by AWS. */
export const KMS_KEY_IDS = ['diary', 'archive', 'aws/s3'] as const;
export type KmsKeyId = (typeof KMS_KEY_IDS)[number];
/** Keys that only you have: AWS cannot see them. */
export const OWN_KEY_IDS = ['customer', 'wrapping'] as const;
export type OwnKeyId = (typeof OWN_KEY_IDS)[number];

interface Group {
  /** How the flows tell the same. */
  readonly flow: FlowId;
  readonly variant: VariantId;
  /** Of each hundred objects so many are here. */
  readonly share: number;
}

export const GROUPS: Readonly<Record<GroupId, Group>> = {
  diary: { flow: 'sse-kms', variant: 'customer-key', share: 20 },
  photos: { flow: 'sse-s3', variant: 'default', share: 24 },
  notebook: { flow: 'sse-c', variant: 'unblocked', share: 5 },
  archive: { flow: 'sse-kms', variant: 'bucket-key', share: 32 },
  letters: { flow: 'cse-kms', variant: 'v2', share: 4 },
  vault: { flow: 'dsse-kms', variant: 'customer-key', share: 4 },
  safe: { flow: 'cse-local', variant: 'aes', share: 4 },
  reports: { flow: 'sse-kms', variant: 'aws-s3', share: 7 },
};

export const FEWEST_OBJECTS = 3;
export const MOST_OBJECTS = 100_000;

/** The group of each of the first `count` objects, as an index into GROUP_IDS: one of each, then by their shares. */
export function groupsOf(count: number): Uint8Array {
  const order = new Uint8Array(count);
  const owed = GROUP_IDS.map(() => 0);
  for (let i = 0; i < count; i++) {
    let next = i;
    if (i >= GROUP_IDS.length) {
      // Whoever is owed most comes next, so that every stretch has the shares of the whole.
      next = 0;
      for (const [at, id] of GROUP_IDS.entries()) {
        owed[at] = (owed[at] as number) + GROUPS[id].share;
        if ((owed[at] as number) > (owed[next] as number)) next = at;
      }
      owed[next] = (owed[next] as number) - 100;
    }
    order[i] = next;
  }
  return order;
}

/** What the `ordinal`th object of a group is called, counted from 1. */
export const objectName = (group: GroupId, ordinal: number): string => `${group}-${ordinal}.txt`;
