// Who comes to hold what while an object is uploaded with the first variant of a flow. Data for views that run nothing,
// the first view among them; a test takes the same from real runs and compares. What S3 adds of its own to client-side
// encryption, and the keys that the HSM derives for one call, are left out.
import type { ActorId } from '../sim/types';
import type { FlowId } from './types';

export type Held = Readonly<Record<ActorId, readonly string[]>>;

const NOBODY: Held = { you: [], client: [], s3: [], 's3-keys': [], kms: [], hsm: [], storage: [] };

/** What KMS and its HSM hold when a data key is made. */
const KMS_HOLDS = { kms: ['D1', 'D1<K1'], hsm: ['K1', 'D1', 'D1<K1'] };

export const HELD: Readonly<Record<FlowId, Held>> = {
  'cse-kms': {
    ...NOBODY,
    ...KMS_HOLDS,
    you: ['O1'],
    client: ['O1', 'D1', 'D1<K1', 'O1<D1'],
    s3: ['D1<K1', 'O1<D1'],
    storage: ['D1<K1', 'O1<D1'],
  },
  'cse-local': {
    ...NOBODY,
    you: ['O1', 'W1'],
    client: ['O1', 'W1', 'D1', 'D1<W1', 'O1<D1'],
    s3: ['D1<W1', 'O1<D1'],
    storage: ['D1<W1', 'O1<D1'],
  },
  'sse-s3': {
    ...NOBODY,
    you: ['O1'],
    client: ['O1'],
    s3: ['O1', 'D1', 'D1<R1', 'O1<D1'],
    's3-keys': ['D1', 'R1', 'D1<R1'],
    storage: ['D1<R1', 'O1<D1'],
  },
  'sse-kms': {
    ...NOBODY,
    ...KMS_HOLDS,
    you: ['O1'],
    client: ['O1'],
    s3: ['O1', 'D1', 'D1<K1', 'O1<D1'],
    storage: ['D1<K1', 'O1<D1'],
  },
  'dsse-kms': {
    ...NOBODY,
    ...KMS_HOLDS,
    you: ['O1'],
    client: ['O1'],
    s3: ['O1', 'D1', 'D1<K1', 'O1<D1', 'D2', 'D2<R1', 'O1<D1<D2'],
    's3-keys': ['D2', 'R1', 'D2<R1'],
    storage: ['D1<K1', 'D2<R1', 'O1<D1<D2'],
  },
  'sse-c': {
    ...NOBODY,
    you: ['O1', 'C1'],
    client: ['O1', 'C1'],
    s3: ['O1', 'C1', 'O1<C1'],
    storage: ['O1<C1'],
  },
};

export const PLACES = ['yours', 's3', 'kms', 'disks'] as const;
export type PlaceId = (typeof PLACES)[number];

const ACTORS_AT: Readonly<Record<PlaceId, readonly ActorId[]>> = {
  yours: ['you', 'client'],
  s3: ['s3', 's3-keys'],
  kms: ['hsm', 'kms'],
  disks: ['storage'],
};

/** What a place comes to hold: objects first, then keys, as the actors there do. */
export function heldAt(flow: FlowId, place: PlaceId): readonly string[] {
  const held = ACTORS_AT[place].flatMap((actor) => HELD[flow][actor]);
  const rank = (id: string): number => (id.startsWith('O') ? 0 : 1);
  return [...new Set(held)].sort((a, b) => rank(a) - rank(b));
}
