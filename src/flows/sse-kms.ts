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
import type { FaultId, Flow, Variant } from './types';

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
  story: { prepare: [], put: [], get: [] },
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
  story: { prepare: [], put: [], get: [] },
};

const bucketDefault: Variant = {
  ...customerKey,
  id: 'bucket-default',
  async prepare(stage) {
    await customerKey.prepare(stage);
    await setBucketEncryption(stage, { algorithm: 'aws:kms', kmsKeyId: stage.kmsKeyArn });
  },
  put: putIt,
  story: { prepare: [], put: [], get: [] },
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
  story: { prepare: [], put: [], get: [] },
};

export const sseKms: Flow = {
  id: 'sse-kms',
  variants: [customerKey, awsS3, bucketDefault, bucketKey],
};
