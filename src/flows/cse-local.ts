// Client-side encryption with a wrapping key that you make and keep. No KMS in the flow: the client makes the data key
// itself and wraps it under your key. Lose the wrapping key and the object is lost.
import { SEALED_FAULTS } from './fault-lists';
import {
  BUCKET_IS_MADE,
  S3_GIVES_WITH_OWN_KEY,
  S3_OWN_ENCRYPTION,
  S3_TAKES_WITH_OWN_KEY,
} from './stories';
import type { Flow, Variant } from './types';

const variant = (id: 'aes' | 'rsa'): Variant => ({
  id,
  faults: ['wrapping-key-lost', ...SEALED_FAULTS],
  deep: S3_OWN_ENCRYPTION,
  story: {
    prepare: BUCKET_IS_MADE,
    put: [
      id === 'aes' ? 'you generates wrapping key' : 'you generates key pair',
      'you -> client PutObject',
      'client generates data key',
      'client wraps data key',
      'client encrypts object',
      'client forgets data key',
      ...S3_TAKES_WITH_OWN_KEY,
    ],
    get: [
      ...S3_GIVES_WITH_OWN_KEY,
      'client unwraps data key',
      'client decrypts object',
      'client forgets data key',
      'you <- client GetObject',
    ],
  },
});

export const cseLocal: Flow = { id: 'cse-local', variants: [variant('aes'), variant('rsa')] };
