// SSE-KMS. (facts §2.1)
//   PUT  S3 asks KMS for a data key, as the caller, bound to the object by its encryption context; encrypts the object;
//        forgets the plaintext data key; keeps the encrypted one with the object.
//   GET  S3 sends the encrypted data key and the context back to KMS; decrypts; forgets.
// With a bucket key: see bucket-key.ts.
import { toBase64 } from '../../crypto/bytes';
import { contextFromHeader, contextToHeader, type EncryptionContext } from '../../crypto/context';
import { AWS_S3_ALIAS } from '../../kms/keys';
import { bucketArn, objectArn } from '../../names';
import type { Bytes, Headers } from '../../types';
import type { KmsChoice } from '../choose';
import { BUCKET_KEY, KMS_KEY_ID, SSE } from '../headers';
import { decryptDataKey, fullContext, generateDataKey } from './ask-kms';
import type { BucketKeys } from './bucket-key';
import { openLayers } from './layers';
import { encryptObject } from './object';
import { AT_REST, atRest, type SseScheme } from './scheme';

/**
 * The context for Decrypt: the pairs that were given at PUT and are kept with the object, and the ARN of what is being
 * read, computed anew. So an object moved to another name on the disks no longer fits its context (modelled).
 */
export const contextToOpen = (metadata: Headers, arn: string): EncryptionContext => {
  const added = contextFromHeader(atRest(metadata, 'context'));
  if (!added) throw new Error('a stored encryption context is not readable');
  return fullContext(arn, added);
};

export const sseKms = (bucketKeys: BucketKeys): SseScheme<KmsChoice> => {
  const unlock: SseScheme<KmsChoice>['unlock'] = async (metadata, _request, place, desk, work) => {
    const wrapped = atRest(metadata, 'wrappedKey');
    const hasBucketKey = metadata[AT_REST.bucketKeyBlob] !== undefined;
    const dataKey: Bytes = hasBucketKey
      ? await bucketKeys.unwrap(
          metadata,
          contextToOpen(metadata, bucketArn(place.bucket)),
          place,
          desk,
        )
      : await decryptDataKey(
          desk,
          place,
          wrapped,
          contextToOpen(metadata, objectArn(place.bucket, place.key)),
        );
    try {
      return await work([dataKey]);
    } finally {
      desk.forgets(hasBucketKey ? 'object key' : 'data key', dataKey);
    }
  };

  return {
    name: 'aws:kms',

    async seal(object, choice, place, desk) {
      const kmsKeyId = choice.kmsKeyId ?? AWS_S3_ALIAS;
      if (choice.bucketKey) return bucketKeys.seal(object, kmsKeyId, choice.context, place, desk);
      const context = fullContext(objectArn(place.bucket, place.key), choice.context);
      const { dataKey, blob, keyArn } = await generateDataKey(desk, place, kmsKeyId, context);
      const { iv, ciphertext } = await encryptObject(desk, dataKey, object);
      desk.forgets('data key', dataKey);
      return {
        body: ciphertext,
        atRest: {
          [AT_REST.iv]: toBase64(iv),
          [AT_REST.wrappedKey]: blob,
          [AT_REST.kmsKey]: keyArn,
          [AT_REST.context]: contextToHeader(choice.context),
        },
      };
    },

    async admit() {},

    open: ({ body, metadata }, request, place, desk) =>
      unlock(metadata, request, place, desk, (keys) => openLayers(desk, keys, body, metadata)),

    async begin(choice, place, desk) {
      const kmsKeyId = choice.kmsKeyId ?? AWS_S3_ALIAS;
      if (choice.bucketKey) return bucketKeys.begin(kmsKeyId, choice.context, place, desk);
      const context = fullContext(objectArn(place.bucket, place.key), choice.context);
      const { dataKey, blob, keyArn } = await generateDataKey(desk, place, kmsKeyId, context);
      desk.forgets('data key', dataKey);
      return {
        [AT_REST.wrappedKey]: blob,
        [AT_REST.kmsKey]: keyArn,
        [AT_REST.context]: contextToHeader(choice.context),
      };
    },

    unlock,

    describe: (metadata) => ({
      [SSE]: 'aws:kms',
      [KMS_KEY_ID]: atRest(metadata, 'kmsKey'),
      ...(metadata[AT_REST.bucketKeyBlob] === undefined ? {} : { [BUCKET_KEY]: 'true' }),
    }),
  };
};
