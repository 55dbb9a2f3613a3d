// S3 Bucket Keys. (facts §6)
//   PUT  S3 gets one key for the bucket from KMS (context: the bucket's ARN) and keeps it for a while, per requester and
//        KMS key. Each object gets a fresh key, wrapped under the bucket key; KMS is not asked again while it is kept.
//   GET  while the bucket key is kept, no call to KMS and no look at the key policy: revocation comes late.
// How long it is kept and how object keys hang under it are not published: five minutes and RFC 3394 here (modelled).
import { aesKeyUnwrap, aesKeyWrap } from '../../crypto/aes';
import { fromBase64, toBase64 } from '../../crypto/bytes';
import { contextToHeader, type EncryptionContext } from '../../crypto/context';
import { DecryptionFailed } from '../../crypto/failure';
import { drawn } from '../../crypto/works';
import { bucketArn } from '../../names';
import type { Bytes, Desk, Headers } from '../../types';
import { decryptDataKey, fullContext, generateDataKey } from './ask-kms';
import { damaged, encryptObject } from './object';
import { AT_REST, atRest, type Place, type SealedObject } from './scheme';

export const KEPT_MILLISECONDS = 5 * 60_000;
const SHELF = 'bucket keys';

interface Kept {
  readonly key: Bytes;
  readonly blob: string;
  readonly keyArn: string;
  readonly until: number;
}

export class BucketKeys {
  readonly #kept = new Map<string, Kept>();

  async seal(
    object: Bytes,
    kmsKeyId: string,
    added: EncryptionContext,
    place: Place,
    desk: Desk,
  ): Promise<SealedObject> {
    const { objectKey, atRest: kept } = await this.#newObjectKey(kmsKeyId, added, place, desk);
    const { iv, ciphertext } = await encryptObject(desk, objectKey, object);
    desk.forgets('object key', objectKey);
    return { body: ciphertext, atRest: { [AT_REST.iv]: toBase64(iv), ...kept } };
  }

  /** For an upload in parts: a key for it, kept wrapped and forgotten. */
  async begin(
    kmsKeyId: string,
    added: EncryptionContext,
    place: Place,
    desk: Desk,
  ): Promise<Headers> {
    const { objectKey, atRest: kept } = await this.#newObjectKey(kmsKeyId, added, place, desk);
    desk.forgets('object key', objectKey);
    return kept;
  }

  async #newObjectKey(
    kmsKeyId: string,
    added: EncryptionContext,
    place: Place,
    desk: Desk,
  ): Promise<{ objectKey: Bytes; atRest: Headers }> {
    const bucketKey = await this.#current(kmsKeyId, added, place, desk);
    const { objectKey } = await desk.does(
      'generates',
      'object key',
      drawn('objectKey', desk.random(32)),
    );
    desk.holds('data key', objectKey);
    return { objectKey, atRest: await this.#wrap(objectKey, bucketKey, added, desk) };
  }

  /** Puts a key that an object has already under the bucket key. */
  async wrap(
    objectKey: Bytes,
    kmsKeyId: string,
    added: EncryptionContext,
    place: Place,
    desk: Desk,
  ): Promise<Headers> {
    return this.#wrap(objectKey, await this.#current(kmsKeyId, added, place, desk), added, desk);
  }

  async #wrap(
    objectKey: Bytes,
    bucketKey: Kept,
    added: EncryptionContext,
    desk: Desk,
  ): Promise<Headers> {
    const wrap = aesKeyWrap({ key: bucketKey.key, plaintext: objectKey });
    const wrapped = await desk.does('wraps', 'object key', wrap);
    return {
      [AT_REST.wrappedKey]: toBase64(wrapped.ciphertext),
      [AT_REST.bucketKeyBlob]: bucketKey.blob,
      [AT_REST.kmsKey]: bucketKey.keyArn,
      [AT_REST.context]: contextToHeader(added),
    };
  }

  async #current(
    kmsKeyId: string,
    added: EncryptionContext,
    place: Place,
    desk: Desk,
  ): Promise<Kept> {
    const context = fullContext(bucketArn(place.bucket), added);
    const name = JSON.stringify([place.principal, kmsKeyId, context]);
    return this.#fresh(name, desk) ?? (await this.#generate(name, kmsKeyId, context, place, desk));
  }

  async unwrap(
    metadata: Headers,
    context: EncryptionContext,
    place: Place,
    desk: Desk,
  ): Promise<Bytes> {
    const blob = atRest(metadata, 'bucketKeyBlob');
    const kept = [...this.#kept.entries()].find(
      ([name, entry]) =>
        entry.blob === blob && (JSON.parse(name) as string[])[0] === place.principal,
    );
    const bucketKey =
      (kept && this.#fresh(kept[0], desk)?.key) ??
      (await decryptDataKey(desk, place, blob, context));
    try {
      const ciphertext = fromBase64(atRest(metadata, 'wrappedKey'));
      const unwrap = aesKeyUnwrap({ key: bucketKey, ciphertext });
      return (await desk.does('unwraps', 'object key', unwrap)).plaintext;
    } catch (error) {
      throw error instanceof DecryptionFailed ? damaged() : error;
    }
  }

  #fresh(name: string, desk: Desk): Kept | undefined {
    const kept = this.#kept.get(name);
    if (kept && desk.now().getTime() < kept.until) return kept;
    if (this.#kept.delete(name)) this.#shelve(desk);
    return undefined;
  }

  async #generate(
    name: string,
    kmsKeyId: string,
    context: EncryptionContext,
    place: Place,
    desk: Desk,
  ): Promise<Kept> {
    const { dataKey, blob, keyArn } = await generateDataKey(desk, place, kmsKeyId, context);
    const kept = { key: dataKey, blob, keyArn, until: desk.now().getTime() + KEPT_MILLISECONDS };
    this.#kept.set(name, kept);
    this.#shelve(desk);
    return kept;
  }

  #shelve(desk: Desk): void {
    desk.keeps(
      SHELF,
      [...this.#kept.values()].map(({ key }) => key),
    );
  }
}
