// All schemes by the name under which they are stored.
import type { Choice } from '../choose';
import { BucketKeys } from './bucket-key';
import { sseC } from './c';
import { dsseKms } from './dsse';
import { sseKms } from './kms';
import { sseS3 } from './s3';
import type { SseScheme } from './scheme';

export type Schemes = {
  readonly [Name in Choice['scheme']]: SseScheme<Extract<Choice, { scheme: Name }>>;
};

export const schemes = (): Schemes => ({
  AES256: sseS3,
  'aws:kms': sseKms(new BucketKeys()) as Schemes['aws:kms'],
  'aws:kms:dsse': dsseKms as Schemes['aws:kms:dsse'],
  'SSE-C': sseC,
});
