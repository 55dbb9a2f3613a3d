// Every operation of S3 that is simulated, for whoever is not in a hurry to load.
import { listOperations } from './list';
import { CORE_OPERATIONS, type S3Operations } from './operations';

export const EVERY_OPERATION: S3Operations = { ...CORE_OPERATIONS, ...listOperations };
