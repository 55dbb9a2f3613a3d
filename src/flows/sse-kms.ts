// SSE-KMS: S3 encrypts, with a data key that it asks of KMS in your name. Four ways to come to it: a customer managed key
// named in the request, the AWS managed key aws/s3, the bucket's default, and a bucket key.
import { contextToHeader, plainClient } from '../sim';
import {
  getIt,
  KEY_ALIAS,
  makeBucket,
  makeKmsKey,
  putIt,
  type Stage,
  setBucketEncryption,
} from './stage';
import {
  AWS_S3_KEY_IS_MADE,
  BUCKET_IS_MADE,
  BUCKET_IS_SET,
  KMS_KEY_IS_MADE,
  kmsDecryptsDataKey,
  kmsGeneratesDataKey,
  S3_ADMITS_PUT,
  S3_FETCHES,
  S3_STORES,
  YOU_LET_GO,
} from './stories';
import type { FaultId, Flow, Story, Variant } from './types';

const KEY_FAULTS: readonly FaultId[] = ['key-disabled', 'key-pending-deletion'];
const FAULTS: readonly FaultId[] = [
  'no-decrypt',
  'no-generate',
  'wrong-context',
  'object-bit',
  'data-key-bit',
  'bodies-swapped',
  'objects-swapped',
];

const addContext = (stage: Stage): void => {
  const { context } = stage.scenario.own;
  if (Object.keys(context).length === 0) return;
  stage.putParameters.SSEKMSEncryptionContext = contextToHeader(context);
};

/** `first`: what KMS does before it decides. */
const put = (first: Story): Story => [
  'you -> client PutObject',
  ...S3_ADMITS_PUT,
  ...kmsGeneratesDataKey('s3', first),
  's3 encrypts object',
  's3 forgets data key',
  ...S3_STORES,
  ...YOU_LET_GO,
];

const GET: Story = [
  'you -> client GetObject',
  ...S3_FETCHES,
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
  ...S3_STORES,
  ...YOU_LET_GO,
];

const customerKey: Variant = {
  id: 'customer-key',
  client: () => plainClient,
  faults: [...KEY_FAULTS, ...FAULTS],
  async prepare(stage) {
    await makeBucket(stage);
    await makeKmsKey(stage);
  },
  async put(stage) {
    stage.putParameters.ServerSideEncryption = 'aws:kms';
    stage.putParameters.SSEKMSKeyId = KEY_ALIAS;
    addContext(stage);
    return putIt(stage);
  },
  get: getIt,
  story: { prepare: [...BUCKET_IS_MADE, ...KMS_KEY_IS_MADE], put: put([]), get: GET },
};

const awsS3: Variant = {
  id: 'aws-s3',
  client: () => plainClient,
  faults: FAULTS,
  prepare: makeBucket,
  async put(stage) {
    stage.putParameters.ServerSideEncryption = 'aws:kms';
    addContext(stage);
    return putIt(stage);
  },
  get: getIt,
  story: { prepare: BUCKET_IS_MADE, put: put(AWS_S3_KEY_IS_MADE), get: GET },
};

const bucketDefault: Variant = {
  ...customerKey,
  id: 'bucket-default',
  async prepare(stage) {
    await customerKey.prepare(stage);
    await setBucketEncryption(stage, { algorithm: 'aws:kms', kmsKeyId: stage.kmsKeyArn });
  },
  put: putIt,
  story: { ...customerKey.story, prepare: [...customerKey.story.prepare, ...BUCKET_IS_SET] },
};

const bucketKey: Variant = {
  ...bucketDefault,
  id: 'bucket-key',
  async prepare(stage) {
    await customerKey.prepare(stage);
    const kmsKeyId = stage.kmsKeyArn;
    await setBucketEncryption(stage, { algorithm: 'aws:kms', kmsKeyId, bucketKeyEnabled: true });
  },
  async put(stage) {
    const stored = await putIt(stage);
    if (stored) await stage.putOther();
    return stored;
  },
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
      'you -> client GetObject',
      ...S3_FETCHES,
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
