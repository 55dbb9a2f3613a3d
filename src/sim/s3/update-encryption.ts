// UpdateObjectEncryption: another key around the same data key. The object's bytes on the disks stay as they are, and so
// do its ETag, date and checksum. From SSE-S3 or SSE-KMS, to SSE-KMS only. (facts §1.5)
// Which calls S3 makes is not published (modelled): from one KMS key to another it asks KMS to re-encrypt, so that it
// never sees the data key; otherwise it opens the data key and has it sealed again.
import { toBase64 } from '../crypto/bytes';
import { contextFromHeader, contextToHeader, type EncryptionContext } from '../crypto/context';
import { request } from '../http';
import { objectArn } from '../names';
import { Refusal } from '../refusal';
import type { Headers, Operation } from '../types';
import { checkDocument } from './checksums';
import { refuseVersion, type S3Context, type S3Handler } from './context';
import { diskPath, type Found, find } from './reading';
import { answer } from './responses';
import { ask, fullContext } from './sse/ask-kms';
import { AT_REST, atRest } from './sse/scheme';
import { malformed, readXml, textOf } from './xml';

interface Target {
  readonly kmsKeyArn: string;
  readonly bucketKey: boolean;
}

/** `<ObjectEncryption><SSE-KMS>…`: SSE-KMS is the only target there is. */
function targetIn({ request: message }: S3Context): Target {
  const wanted = Object(readXml(message.body, 'ObjectEncryption')['SSE-KMS']) as Record<
    string,
    unknown
  >;
  const kmsKeyArn = textOf(wanted.KMSKeyArn);
  if (kmsKeyArn === undefined) throw malformed();
  return { kmsKeyArn, bucketKey: textOf(wanted.BucketKeyEnabled) === 'true' };
}

const addedContext = (metadata: Headers): EncryptionContext =>
  contextFromHeader(metadata[AT_REST.context] ?? '') ?? {};

/** From KMS key to KMS key: the data key is opened and sealed inside the HSM. */
async function reEncrypted(
  { desk }: S3Context,
  { metadata, place }: Found,
  { kmsKeyArn }: Target,
): Promise<Headers> {
  const context = fullContext(objectArn(place.bucket, place.key), addedContext(metadata));
  const answered = await ask(desk, 'ReEncrypt', place, {
    CiphertextBlob: atRest(metadata, 'wrappedKey'),
    SourceEncryptionContext: context,
    DestinationKeyId: kmsKeyArn,
    DestinationEncryptionContext: context,
  });
  return {
    [AT_REST.wrappedKey]: String(answered.CiphertextBlob),
    [AT_REST.kmsKey]: String(answered.KeyId),
  };
}

/** From S3's own key, or to or from a bucket key: S3 opens the data key, has it sealed, and forgets it. */
function sealedAnew(context: S3Context, found: Found, target: Target): Promise<Headers> {
  const { desk, bucketKeys } = context;
  const { scheme, metadata, place } = found;
  const { kmsKeyArn, bucketKey } = target;
  const added = addedContext(metadata);
  return scheme.unlock(metadata, found.headers, place, desk, async ([dataKey]) => {
    if (!dataKey) throw new Error('a scheme unlocked no key');
    if (bucketKey) return bucketKeys.wrap(dataKey, kmsKeyArn, added, place, desk);
    const arn = objectArn(place.bucket, place.key);
    const answered = await ask(desk, 'Encrypt', place, {
      KeyId: kmsKeyArn,
      Plaintext: toBase64(dataKey),
      EncryptionContext: fullContext(arn, added),
    });
    return {
      [AT_REST.wrappedKey]: String(answered.CiphertextBlob),
      [AT_REST.kmsKey]: String(answered.KeyId),
      [AT_REST.context]: contextToHeader(added),
    };
  });
}

const hasBucketKey = ({ metadata }: Found): boolean =>
  metadata[AT_REST.bucketKeyBlob] !== undefined;

const updateObjectEncryption: S3Handler = async (context) => {
  const { desk } = context;
  await context.authorise('s3:UpdateObjectEncryption');
  await checkDocument(context.request.headers, context.request.body);
  const target = targetIn(context);
  refuseVersion(context.query.get('versionId'));
  const found = await find(context, context, {}, 'HEAD');
  const { scheme, metadata } = found;
  if (scheme.name !== 'AES256' && scheme.name !== 'aws:kms')
    throw new Refusal(
      400,
      'InvalidRequest',
      'The encryption type of this object does not support UpdateObjectEncryption.',
    );
  const between = scheme.name === 'aws:kms' && !hasBucketKey(found) && !target.bucketKey;
  const sealed = await (between ? reEncrypted : sealedAnew)(context, found, target);
  const { [AT_REST.bucketKeyBlob]: _, ...kept } = metadata;
  const updated = { ...kept, [AT_REST.scheme]: 'aws:kms', ...sealed };
  await desk.send('storage', 'WriteMetadata', request('PATCH', diskPath(context), updated));
  return answer(desk, 200);
};

export const encryptionOperations = {
  UpdateObjectEncryption: updateObjectEncryption,
} as const satisfies Partial<Record<Operation, S3Handler>>;
