// Faults that several variants share, in the order in which they are offered.
import type { FaultId } from './types';

/** What can befall a customer managed KMS key. */
export const KEY_FAULTS: readonly FaultId[] = ['key-disabled', 'key-pending-deletion'];

const DISK_FAULTS: readonly FaultId[] = ['bodies-swapped', 'objects-swapped'];

/** What can befall an object that is stored without a sealed key beside it. */
export const OBJECT_FAULTS: readonly FaultId[] = ['object-bit', ...DISK_FAULTS];

/** And with one. */
export const SEALED_FAULTS: readonly FaultId[] = ['object-bit', 'data-key-bit', ...DISK_FAULTS];

/** Where KMS gives the data key. */
export const KMS_FAULTS: readonly FaultId[] = [
  'no-decrypt',
  'no-generate',
  'wrong-context',
  ...SEALED_FAULTS,
];
