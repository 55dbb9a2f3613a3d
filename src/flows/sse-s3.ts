// SSE-S3: S3 makes, wraps and uses the keys. What happens when you ask for nothing. KMS takes no part.
import { SEALED_FAULTS } from './fault-lists';
import { BUCKET_IS_MADE, S3_GIVES_WITH_OWN_KEY, S3_TAKES_WITH_OWN_KEY } from './stories';
import type { Flow, Variant } from './types';

const variant = (id: 'default' | 'header'): Variant => ({
  id,
  faults: [...SEALED_FAULTS, 'no-decrypt'],
  story: {
    prepare: BUCKET_IS_MADE,
    put: ['you -> client PutObject', ...S3_TAKES_WITH_OWN_KEY],
    get: [...S3_GIVES_WITH_OWN_KEY, 'you <- client GetObject'],
  },
});

export const sseS3: Flow = { id: 'sse-s3', variants: [variant('default'), variant('header')] };
