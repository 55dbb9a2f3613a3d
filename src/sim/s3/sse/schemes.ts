// All schemes by the name under which they are stored.
import type { Choice } from '../choose';
import type { BucketKeys } from './bucket-key';
import { sseC } from './c';
import { dsseKms } from './dsse';
import { sseKms } from './kms';
import { sseS3 } from './s3';
import type { SseScheme } from './scheme';

export type Schemes = {
  readonly [Name in Choice['scheme']]: SseScheme<Extract<Choice, { scheme: Name }>>;
};

export const schemes = (bucketKeys: BucketKeys): Schemes => ({
  AES256: sseS3,
  'aws:kms': sseKms(bucketKeys) as Schemes['aws:kms'],
  'aws:kms:dsse': dsseKms as Schemes['aws:kms:dsse'],
  'SSE-C': sseC,
});
