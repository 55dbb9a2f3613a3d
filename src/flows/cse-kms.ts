// Client-side encryption with a data key from KMS. Your client asks KMS for a data key, encrypts, and keeps the encrypted
// data key beside the object as metadata. S3 sees neither object nor key; KMS never sees the object.
import {
  BUCKET_IS_MADE,
  KMS_KEY_IS_MADE,
  kmsDecryptsDataKey,
  kmsGeneratesDataKey,
  S3_ADMITS_PUT,
  S3_FETCHES,
  S3_OPENS_WITH_OWN_KEY,
  S3_OWN_ENCRYPTION,
  S3_SEALS_WITH_OWN_KEY,
  S3_STORES,
  YOU_LET_GO,
} from './stories';
import type { Flow, Story, Variant } from './types';

/** What the two formats do with the data key. */
const CONTENT: Readonly<Record<'v2' | 'v3', { encrypts: Story; decrypts: Story }>> = {
  v2: { encrypts: ['client encrypts object'], decrypts: ['client decrypts object'] },
  v3: {
    encrypts: [
      'client generates message id',
      'client commits key commitment',
      'client derives content key',
      'client encrypts object',
      'client forgets content key',
    ],
    decrypts: [
      'client checks key commitment',
      'client derives content key',
      'client decrypts object',
      'client forgets content key',
    ],
  },
};

const variant = (id: 'v2' | 'v3'): Variant => ({
  id,
  faults: [
    'key-disabled',
    'key-pending-deletion',
    'no-decrypt',
    'no-generate',
    'wrong-context',
    'object-bit',
    'data-key-bit',
    'bodies-swapped',
    'objects-swapped',
  ],
  deep: S3_OWN_ENCRYPTION,
  story: {
    prepare: [...BUCKET_IS_MADE, ...KMS_KEY_IS_MADE],
    put: [
      'you -> client PutObject',
      ...kmsGeneratesDataKey('client'),
      ...CONTENT[id].encrypts,
      'client forgets data key',
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
      ...kmsDecryptsDataKey('client'),
      ...CONTENT[id].decrypts,
      'client forgets data key',
      'you <- client GetObject',
    ],
  },
});

export const cseKms: Flow = { id: 'cse-kms', variants: [variant('v2'), variant('v3')] };
