// DSSE-KMS: two layers of encryption, under two keys: one from KMS, one of S3's own.
import { KEY_FAULTS, KMS_FAULTS } from './fault-lists';
import {
  BUCKET_IS_MADE,
  GET_BEGINS,
  KMS_KEY_IS_MADE,
  kmsDecryptsDataKey,
  kmsGeneratesDataKey,
  PUT_ENDS,
  S3_ADMITS_PUT,
  S3_UNWRAPS_OBJECT_KEY,
  s3WrapsObjectKey,
} from './stories';
import type { Flow } from './types';

export const dsseKms: Flow = {
  id: 'dsse-kms',
  variants: [
    {
      id: 'customer-key',
      takes: ['context'],
      faults: [...KEY_FAULTS, ...KMS_FAULTS],
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
          ...PUT_ENDS,
        ],
        get: [
          ...GET_BEGINS,
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
