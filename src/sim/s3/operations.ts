// The operations that the lessons use. All of S3 that is simulated is in every-operation.ts, which the page does not load.
import type { Operation } from '../types';
import { bucketOperations } from './bucket-operations';
import type { S3Handler } from './context';
import { objectOperations } from './object-operations';

export type S3Operations = Partial<Readonly<Record<Operation, S3Handler>>>;

export const CORE_OPERATIONS: S3Operations = { ...bucketOperations, ...objectOperations };
