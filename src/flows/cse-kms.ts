// Client-side encryption with a data key from KMS. Your client asks KMS for a data key, encrypts, and keeps the encrypted
// data key beside the object as metadata. S3 sees neither object nor key; KMS never sees the object.
import { encryptionClient, kmsKeyring } from '../sim';
import { getIt, KEY_ALIAS, makeBucket, makeKmsKey, putIt } from './stage';
import type { Flow, Variant } from './types';

const variant = (id: 'v2' | 'v3', format: 'V2' | 'V3'): Variant => ({
  id,
  client: () => encryptionClient(kmsKeyring(KEY_ALIAS), format),
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
    stage.putParameters.EncryptionContext = JSON.stringify(stage.scenario.own.context);
    return putIt(stage);
  },
  get: getIt,
  story: { prepare: [], put: [], get: [] },
});

export const cseKms: Flow = { id: 'cse-kms', variants: [variant('v2', 'V2'), variant('v3', 'V3')] };
