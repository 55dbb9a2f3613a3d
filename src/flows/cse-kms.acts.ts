// What people do in the cse-kms scenarios.
import { encryptionClient, kmsKeyring } from '../sim';
import { type Acts, getIt, KEY_ALIAS, makeBucketAndKmsKey, putIt } from './stage';

const acts = (format: 'V2' | 'V3'): Acts => ({
  client: () => encryptionClient(kmsKeyring(KEY_ALIAS), format),
  prepare: makeBucketAndKmsKey,
  async put(stage) {
    stage.putParameters.EncryptionContext = JSON.stringify(stage.scenario.own.context);
    return putIt(stage);
  },
  get: getIt,
});

export const cseKmsActs = { v2: acts('V2'), v3: acts('V3') };
