// What people do in the dsse-kms scenario.
import { plainClient } from '../sim';
import { type Acts, addSseContext, getIt, KEY_ALIAS, makeBucketAndKmsKey, putIt } from './stage';

const customerKey: Acts = {
  client: () => plainClient,
  prepare: makeBucketAndKmsKey,
  async put(stage) {
    stage.putParameters.ServerSideEncryption = 'aws:kms:dsse';
    stage.putParameters.SSEKMSKeyId = KEY_ALIAS;
    addSseContext(stage);
    return putIt(stage);
  },
  get: getIt,
};

export const dsseKmsActs = { 'customer-key': customerKey };
