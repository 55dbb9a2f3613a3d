// SSE-S3. S3 makes a key for each object, encrypts the object with it, has it wrapped under its own root key, and keeps
// the wrapped key with the object. KMS takes no part; you see no key and can set no key policy. (facts §4)
import { toBase64 } from '../../crypto/bytes';
import type { Choice } from '../choose';
import { SSE } from '../headers';
import { openLayers } from './layers';
import { encryptObject } from './object';
import { newObjectKey, unwrapObjectKey } from './object-keys';
import { AT_REST, atRest, type SseScheme } from './scheme';

export const sseS3: SseScheme<Extract<Choice, { scheme: 'AES256' }>> = {
  name: 'AES256',

  async seal(object, _choice, _place, desk) {
    const { objectKey, wrapped } = await newObjectKey(desk);
    const { iv, ciphertext } = await encryptObject(desk, objectKey, object);
    desk.forgets('object key', objectKey);
    return {
      body: ciphertext,
      atRest: { [AT_REST.iv]: toBase64(iv), [AT_REST.wrappedKey]: wrapped },
    };
  },

  async admit() {},

  open: ({ body, metadata }, request, place, desk) =>
    sseS3.unlock(metadata, request, place, desk, (keys) => openLayers(desk, keys, body, metadata)),

  async begin(_choice, _place, desk) {
    const { objectKey, wrapped } = await newObjectKey(desk);
    desk.forgets('object key', objectKey);
    return { [AT_REST.wrappedKey]: wrapped };
  },

  async unlock(metadata, _request, _place, desk, work) {
    const objectKey = await unwrapObjectKey(desk, atRest(metadata, 'wrappedKey'));
    try {
      return await work([objectKey]);
    } finally {
      desk.forgets('object key', objectKey);
    }
  },

  describe: () => ({ [SSE]: 'AES256' }),
};
