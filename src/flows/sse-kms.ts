// SSE-KMS: S3 encrypts, with a data key that it asks of KMS in your name. Four ways to come to it: a customer managed key
// named in the request, the AWS managed key aws/s3, the bucket's default, and a bucket key.
import { KEY_FAULTS, KMS_FAULTS } from './fault-lists';
import {
  AWS_S3_KEY_IS_MADE,
  BUCKET_IS_MADE,
  BUCKET_IS_SET,
  GET_BEGINS,
  KMS_KEY_IS_MADE,
  kmsDecryptsDataKey,
  kmsGeneratesDataKey,
  PUT_ENDS,
  S3_ADMITS_PUT,
} from './stories';
import type { Flow, Story, Variant } from './types';

/** `first`: what KMS does before it decides. */
const put = (first: Story): Story => [
  'you -> client PutObject',
  ...S3_ADMITS_PUT,
  ...kmsGeneratesDataKey('s3', first),
  's3 encrypts object',
  's3 forgets data key',
  ...PUT_ENDS,
];

const GET: Story = [
  ...GET_BEGINS,
  ...kmsDecryptsDataKey('s3'),
  's3 decrypts object',
  's3 forgets data key',
  'client <- s3 GetObject',
  'you <- client GetObject',
];

const SEAL_UNDER_BUCKET_KEY: Story = [
  's3 generates object key',
  's3 wraps object key',
  's3 encrypts object',
  's3 forgets object key',
  ...PUT_ENDS,
];

const customerKey: Variant = {
  id: 'customer-key',
  takes: ['context'],
  faults: [...KEY_FAULTS, ...KMS_FAULTS],
  story: { prepare: [...BUCKET_IS_MADE, ...KMS_KEY_IS_MADE], put: put([]), get: GET },
};

const awsS3: Variant = {
  id: 'aws-s3',
  takes: ['context'],
  faults: KMS_FAULTS,
  story: { prepare: BUCKET_IS_MADE, put: put(AWS_S3_KEY_IS_MADE), get: GET },
};

const bucketDefault: Variant = {
  ...customerKey,
  id: 'bucket-default',
  takes: [],
  story: { ...customerKey.story, prepare: [...customerKey.story.prepare, ...BUCKET_IS_SET] },
};

const bucketKey: Variant = {
  ...bucketDefault,
  id: 'bucket-key',
  story: {
    prepare: bucketDefault.story.prepare,
    put: [
      'you -> client PutObject',
      ...S3_ADMITS_PUT,
      ...kmsGeneratesDataKey('s3'),
      ...SEAL_UNDER_BUCKET_KEY,
      'you -> client PutObject',
      ...S3_ADMITS_PUT,
      ...SEAL_UNDER_BUCKET_KEY,
    ],
    get: [
      ...GET_BEGINS,
      's3 unwraps object key',
      's3 decrypts object',
      's3 forgets object key',
      'client <- s3 GetObject',
      'you <- client GetObject',
    ],
  },
};

export const sseKms: Flow = {
  id: 'sse-kms',
  variants: [customerKey, awsS3, bucketDefault, bucketKey],
};
