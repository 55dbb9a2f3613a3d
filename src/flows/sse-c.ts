// SSE-C: you make and keep the key, and send it with every request. S3 uses it and forgets it. New buckets block such
// uploads since April 2026, so the administrator unblocks first.
import { OBJECT_FAULTS } from './fault-lists';
import { BUCKET_IS_MADE, BUCKET_IS_SET, GET_BEGINS, PUT_ENDS, S3_ADMITS_PUT } from './stories';
import type { Flow } from './types';

export const sseC: Flow = {
  id: 'sse-c',
  variants: [
    {
      id: 'unblocked',
      takes: ['customerKey'],
      faults: [
        'bucket-blocks',
        'wrong-customer-key',
        'no-customer-key',
        'wrong-key-md5',
        ...OBJECT_FAULTS,
      ],
      story: {
        prepare: [...BUCKET_IS_MADE, ...BUCKET_IS_SET],
        put: [
          'you generates customer key',
          'you -> client PutObject',
          ...S3_ADMITS_PUT,
          's3 hashes customer key',
          's3 encrypts object',
          's3 forgets customer key',
          ...PUT_ENDS,
        ],
        get: [
          ...GET_BEGINS,
          's3 checks customer key',
          's3 decrypts object',
          's3 forgets customer key',
          'client <- s3 GetObject',
          'you <- client GetObject',
        ],
      },
    },
  ],
};
