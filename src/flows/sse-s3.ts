// SSE-S3: S3 makes, wraps and uses the keys. What happens when you ask for nothing. KMS takes no part.
import {
  BUCKET_IS_MADE,
  S3_ADMITS_PUT,
  S3_FETCHES,
  S3_OPENS_WITH_OWN_KEY,
  S3_SEALS_WITH_OWN_KEY,
  S3_STORES,
  YOU_LET_GO,
} from './stories';
import type { Flow, Variant } from './types';

const variant = (id: 'default' | 'header'): Variant => ({
  id,
  faults: ['object-bit', 'data-key-bit', 'bodies-swapped', 'objects-swapped', 'no-decrypt'],
  story: {
    prepare: BUCKET_IS_MADE,
    put: [
      'you -> client PutObject',
      ...S3_ADMITS_PUT,
      ...S3_SEALS_WITH_OWN_KEY,
      ...S3_STORES,
      ...YOU_LET_GO,
    ],
    get: [
      'you -> client GetObject',
      ...S3_FETCHES,
      ...S3_OPENS_WITH_OWN_KEY,
      'client <- s3 GetObject',
      'you <- client GetObject',
    ],
  },
});

export const sseS3: Flow = { id: 'sse-s3', variants: [variant('default'), variant('header')] };
