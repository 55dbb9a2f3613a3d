// SSE-S3: S3 makes, wraps and uses the keys. What happens when you ask for nothing. KMS takes no part.
import { plainClient } from '../sim';
import { getIt, makeBucket, putIt } from './stage';
import type { Flow, Variant } from './types';

const variant = (id: 'default' | 'header'): Variant => ({
  id,
  client: () => plainClient,
  faults: ['object-bit', 'data-key-bit', 'bodies-swapped', 'objects-swapped', 'no-decrypt'],
  prepare: makeBucket,
  async put(stage) {
    if (id === 'header') stage.putParameters.ServerSideEncryption = 'AES256';
    return putIt(stage);
  },
  get: getIt,
  story: { prepare: [], put: [], get: [] },
});

export const sseS3: Flow = { id: 'sse-s3', variants: [variant('default'), variant('header')] };
