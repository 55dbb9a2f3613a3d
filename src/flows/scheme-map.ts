// The map of the schemes: what each place comes to hold while an object is uploaded with the first variant of a flow.
// Data for the first view, which runs nothing; a test takes the same from real runs and compares. What S3 adds of its
// own to client-side encryption is left out, as in the flows below the Deep level.
import type { FlowId } from './types';

export const PLACES = ['yours', 's3', 'kms', 'disks'] as const;
export type PlaceId = (typeof PLACES)[number];

export const SCHEME_MAP: Readonly<Record<FlowId, Readonly<Record<PlaceId, readonly string[]>>>> = {
  'cse-kms': {
    yours: ['O1', 'D1', 'D1<K1', 'O1<D1'],
    s3: ['D1<K1', 'O1<D1'],
    kms: ['K1', 'D1', 'D1<K1'],
    disks: ['D1<K1', 'O1<D1'],
  },
  'cse-local': {
    yours: ['O1', 'W1', 'D1', 'D1<W1', 'O1<D1'],
    s3: ['D1<W1', 'O1<D1'],
    kms: [],
    disks: ['D1<W1', 'O1<D1'],
  },
  'sse-s3': {
    yours: ['O1'],
    s3: ['O1', 'D1', 'R1', 'D1<R1', 'O1<D1'],
    kms: [],
    disks: ['D1<R1', 'O1<D1'],
  },
  'sse-kms': {
    yours: ['O1'],
    s3: ['O1', 'D1', 'D1<K1', 'O1<D1'],
    kms: ['K1', 'D1', 'D1<K1'],
    disks: ['D1<K1', 'O1<D1'],
  },
  'dsse-kms': {
    yours: ['O1'],
    s3: ['O1', 'D1', 'D1<K1', 'O1<D1', 'D2', 'R1', 'D2<R1', 'O1<D1<D2'],
    kms: ['K1', 'D1', 'D1<K1'],
    disks: ['D1<K1', 'D2<R1', 'O1<D1<D2'],
  },
  'sse-c': {
    yours: ['O1', 'C1'],
    s3: ['O1', 'C1', 'O1<C1'],
    kms: [],
    disks: ['O1<C1'],
  },
};
