// DSSE-KMS: two layers of encryption, under two keys: one from KMS, one of S3's own.
import { contextToHeader, plainClient } from '../sim';
import { getIt, KEY_ALIAS, makeBucket, makeKmsKey, putIt } from './stage';
import type { Flow } from './types';

export const dsseKms: Flow = {
  id: 'dsse-kms',
  variants: [
    {
      id: 'customer-key',
      client: () => plainClient,
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
      async prepare(stage) {
        await makeBucket(stage);
        await makeKmsKey(stage);
      },
      async put(stage) {
        const { context } = stage.scenario.own;
        stage.putParameters.ServerSideEncryption = 'aws:kms:dsse';
        stage.putParameters.SSEKMSKeyId = KEY_ALIAS;
        if (Object.keys(context).length > 0)
          stage.putParameters.SSEKMSEncryptionContext = contextToHeader(context);
        return putIt(stage);
      },
      get: getIt,
      story: { prepare: [], put: [], get: [] },
    },
  ],
};
