// DSSE-KMS: two layers of encryption, under two keys: one from KMS, one of S3's own.
import {
  BUCKET_IS_MADE,
  KMS_KEY_IS_MADE,
  kmsDecryptsDataKey,
  kmsGeneratesDataKey,
  S3_ADMITS_PUT,
  S3_FETCHES,
  S3_STORES,
  S3_UNWRAPS_OBJECT_KEY,
  s3WrapsObjectKey,
  YOU_LET_GO,
} from './stories';
import type { Flow } from './types';

export const dsseKms: Flow = {
  id: 'dsse-kms',
  variants: [
    {
      id: 'customer-key',
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
      story: {
        prepare: [...BUCKET_IS_MADE, ...KMS_KEY_IS_MADE],
        put: [
          'you -> client PutObject',
          ...S3_ADMITS_PUT,
          ...kmsGeneratesDataKey('s3'),
          's3 encrypts object',
          's3 forgets data key',
          ...s3WrapsObjectKey(true),
          ['s3 encrypts object', 'dsse: s3 encrypts object'],
          's3 forgets object key',
          ...S3_STORES,
          ...YOU_LET_GO,
        ],
        get: [
          'you -> client GetObject',
          ...S3_FETCHES,
          ...kmsDecryptsDataKey('s3'),
          ...S3_UNWRAPS_OBJECT_KEY,
          ['s3 decrypts object', 'dsse: s3 decrypts object'],
          's3 forgets object key',
          's3 decrypts object',
          's3 forgets data key',
          'client <- s3 GetObject',
          'you <- client GetObject',
        ],
      },
    },
  ],
};
