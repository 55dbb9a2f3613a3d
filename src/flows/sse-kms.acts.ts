// What people do in the sse-kms scenarios.
import { plainClient } from '../sim';
import {
  type Acts,
  addSseContext,
  getIt,
  KEY_ALIAS,
  makeBucket,
  makeBucketAndKmsKey,
  putIt,
  setBucketEncryption,
} from './stage';

const client = () => plainClient;

const customerKey: Acts = {
  client,
  prepare: makeBucketAndKmsKey,
  async put(stage) {
    stage.putParameters.ServerSideEncryption = 'aws:kms';
    stage.putParameters.SSEKMSKeyId = KEY_ALIAS;
    addSseContext(stage);
    return putIt(stage);
  },
  get: getIt,
};

const awsS3: Acts = {
  client,
  prepare: makeBucket,
  async put(stage) {
    stage.putParameters.ServerSideEncryption = 'aws:kms';
    addSseContext(stage);
    return putIt(stage);
  },
  get: getIt,
};

const byBucket = (bucketKeyEnabled: boolean): Acts => ({
  client,
  async prepare(stage) {
    await makeBucketAndKmsKey(stage);
    const kmsKeyId = stage.kmsKeyArn;
    await setBucketEncryption(stage, { algorithm: 'aws:kms', kmsKeyId, bucketKeyEnabled });
  },
  put: putIt,
  get: getIt,
});

const bucketKey: Acts = {
  ...byBucket(true),
  async put(stage) {
    const stored = await putIt(stage);
    if (stored) await stage.putOther();
    return stored;
  },
};

export const sseKmsActs = {
  'customer-key': customerKey,
  'aws-s3': awsS3,
  'bucket-default': byBucket(false),
  'bucket-key': bucketKey,
};
