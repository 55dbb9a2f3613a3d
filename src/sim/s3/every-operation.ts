// Every operation of S3 that is simulated, for whoever is not in a hurry to load.
import { attributeOperations } from './attributes';
import { bulkOperations } from './bulk-delete';
import { copyOperations } from './copy';
import { listOperations } from './list';
import { multipartOperations } from './multipart/operations';
import { CORE_OPERATIONS, type S3Operations } from './operations';
import { encryptionOperations } from './update-encryption';

export const EVERY_OPERATION: S3Operations = {
  ...CORE_OPERATIONS,
  ...listOperations,
  ...bulkOperations,
  ...copyOperations,
  ...attributeOperations,
  ...multipartOperations,
  ...encryptionOperations,
};
