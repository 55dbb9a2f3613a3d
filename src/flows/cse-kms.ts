// Client-side encryption with a data key from KMS. Your client asks KMS for a data key, encrypts, and keeps the encrypted
// data key beside the object as metadata. S3 sees neither object nor key; KMS never sees the object.
import { KEY_FAULTS, KMS_FAULTS } from './fault-lists';
import {
  BUCKET_IS_MADE,
  KMS_KEY_IS_MADE,
  kmsDecryptsDataKey,
  kmsGeneratesDataKey,
  S3_GIVES_WITH_OWN_KEY,
  S3_OWN_ENCRYPTION,
  S3_TAKES_WITH_OWN_KEY,
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
  takes: ['context'],
  faults: [...KEY_FAULTS, ...KMS_FAULTS],
  deep: S3_OWN_ENCRYPTION,
  story: {
    prepare: [...BUCKET_IS_MADE, ...KMS_KEY_IS_MADE],
    put: [
      'you -> client PutObject',
      ...kmsGeneratesDataKey('client'),
      ...CONTENT[id].encrypts,
      'client forgets data key',
      ...S3_TAKES_WITH_OWN_KEY,
    ],
    get: [
      ...S3_GIVES_WITH_OWN_KEY,
      ...kmsDecryptsDataKey('client'),
      ...CONTENT[id].decrypts,
      'client forgets data key',
      'you <- client GetObject',
    ],
  },
});

export const cseKms: Flow = { id: 'cse-kms', variants: [variant('v2'), variant('v3')] };
