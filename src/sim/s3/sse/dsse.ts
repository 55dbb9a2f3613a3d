// DSSE-KMS: two layers of AES-256-GCM. The inner key comes from KMS as in SSE-KMS; the outer one is S3's own, as in
// SSE-S3. (facts §6; the User Guide and the launch post disagree on whose the outer key is: we follow the User Guide.)
import { fromBase64, toBase64 } from '../../crypto/bytes';
import { contextToHeader } from '../../crypto/context';
import { AWS_S3_ALIAS } from '../../kms/keys';
import { objectArn } from '../../names';
import type { Bytes, Desk, Headers } from '../../types';
import type { KmsChoice } from '../choose';
import { KMS_KEY_ID, SSE } from '../headers';
import { decryptDataKey, fullContext, generateDataKey } from './ask-kms';
import { contextToOpen } from './kms';
import { openLayers } from './layers';
import { decryptObject, encryptObject } from './object';
import { newObjectKey, unwrapObjectKey } from './object-keys';
import { AT_REST, atRest, type SseScheme } from './scheme';

export const dsseKms: SseScheme<KmsChoice> = {
  name: 'aws:kms:dsse',

  async seal(object, choice, place, desk) {
    const context = fullContext(objectArn(place.bucket, place.key), choice.context);
    const { dataKey, blob, keyArn } = await generateDataKey(
      desk,
      place,
      choice.kmsKeyId ?? AWS_S3_ALIAS,
      context,
    );
    const inner = await encryptObject(desk, dataKey, object);
    desk.forgets('data key', dataKey);
    const { objectKey, wrapped } = await newObjectKey(desk);
    const outer = await encryptObject(desk, objectKey, inner.ciphertext);
    desk.forgets('object key', objectKey);
    return {
      body: outer.ciphertext,
      atRest: {
        [AT_REST.iv]: toBase64(inner.iv),
        [AT_REST.wrappedKey]: blob,
        [AT_REST.outerIv]: toBase64(outer.iv),
        [AT_REST.outerWrappedKey]: wrapped,
        [AT_REST.kmsKey]: keyArn,
        [AT_REST.context]: contextToHeader(choice.context),
      },
    };
  },

  async admit() {},

  async open({ body, metadata }, request, place, desk) {
    if (metadata[AT_REST.parts] !== undefined)
      return dsseKms.unlock(metadata, request, place, desk, (keys) =>
        openLayers(desk, keys, body, metadata),
      );
    // KMS first: without its yes, S3 does not touch the outer layer either.
    const context = contextToOpen(metadata, objectArn(place.bucket, place.key));
    const dataKey = await decryptDataKey(desk, place, atRest(metadata, 'wrappedKey'), context);
    try {
      const inner = await openOuter(desk, body, metadata);
      return await decryptObject(desk, dataKey, fromBase64(atRest(metadata, 'iv')), inner);
    } finally {
      desk.forgets('data key', dataKey);
    }
  },

  async begin(choice, place, desk) {
    const context = fullContext(objectArn(place.bucket, place.key), choice.context);
    const kmsKeyId = choice.kmsKeyId ?? AWS_S3_ALIAS;
    const { dataKey, blob, keyArn } = await generateDataKey(desk, place, kmsKeyId, context);
    desk.forgets('data key', dataKey);
    const { objectKey, wrapped } = await newObjectKey(desk);
    desk.forgets('object key', objectKey);
    return {
      [AT_REST.wrappedKey]: blob,
      [AT_REST.outerWrappedKey]: wrapped,
      [AT_REST.kmsKey]: keyArn,
      [AT_REST.context]: contextToHeader(choice.context),
    };
  },

  async unlock(metadata, _request, place, desk, work) {
    const context = contextToOpen(metadata, objectArn(place.bucket, place.key));
    const dataKey = await decryptDataKey(desk, place, atRest(metadata, 'wrappedKey'), context);
    try {
      const objectKey = await unwrapObjectKey(desk, atRest(metadata, 'outerWrappedKey'));
      try {
        return await work([dataKey, objectKey]);
      } finally {
        desk.forgets('object key', objectKey);
      }
    } finally {
      desk.forgets('data key', dataKey);
    }
  },

  describe: (metadata) => ({ [SSE]: 'aws:kms:dsse', [KMS_KEY_ID]: atRest(metadata, 'kmsKey') }),
};

async function openOuter(desk: Desk, body: Bytes, metadata: Headers): Promise<Bytes> {
  const objectKey = await unwrapObjectKey(desk, atRest(metadata, 'outerWrappedKey'));
  try {
    return await decryptObject(desk, objectKey, fromBase64(atRest(metadata, 'outerIv')), body);
  } finally {
    desk.forgets('object key', objectKey);
  }
}
