// KMS operations that use key material: GenerateDataKey, Encrypt, Decrypt. KMS decides; the HSM computes.
import { toBase64, toHex } from '../crypto/bytes';
import { canonicalContext, type EncryptionContext } from '../crypto/context';
import { looked } from '../crypto/works';
import { readBlob } from '../hsm/blob';
import { jsonBody, readJson, request } from '../http';
import { aliasArn } from '../names';
import { Refusal } from '../refusal';
import type { Bytes, Operation } from '../types';
import { awsS3Key } from './key-operations';
import { AWS_S3_ALIAS, type KmsKey, refuseUnusable } from './keys';
import type { KmsContext, KmsHandler } from './kms';
import { blob, encryptionContext, integer, optionalText, text } from './parameters';

const ALGORITHM = 'SYMMETRIC_DEFAULT';
const MAX_PLAINTEXT = 4096;
const MAX_BLOB = 6144;
const KEY_SPEC_BYTES: Readonly<Record<string, number>> = { AES_256: 32, AES_128: 16 };

/** Authorised and in a usable state, or a refusal. */
async function clear({ desk, call }: KmsContext, key: KmsKey): Promise<void> {
  await call.authorise(key);
  let refusal: Refusal | undefined;
  try {
    refuseUnusable(key);
  } catch (error) {
    refusal = error as Refusal;
  }
  await desk.does(
    'checks',
    'key state',
    looked('key state', { key: key.arn, state: key.state }, refusal),
  );
}

/** The key a request names. `alias/aws/s3` comes into being when it is first asked for. */
async function keyToUse({ keys, desk, call }: KmsContext): Promise<KmsKey> {
  const reference = text(call, 'KeyId');
  const isAwsS3 = reference === AWS_S3_ALIAS || reference === aliasArn(AWS_S3_ALIAS);
  return isAwsS3 ? awsS3Key(keys, desk) : keys.find(reference);
}

interface HsmAnswer {
  readonly Plaintext: string;
  readonly CiphertextBlob: string;
}

async function askHsm(
  { desk }: KmsContext,
  operation: Operation,
  context: EncryptionContext,
  fields: Readonly<Record<string, unknown>>,
): Promise<HsmAnswer> {
  const aad = toBase64(canonicalContext(context));
  const body = jsonBody({ ...fields, AdditionalAuthenticatedData: aad });
  const answer = await desk.send('hsm', operation, request('POST', `/${operation}`, {}, body));
  // A wrong context, a changed blob: KMS says no more than this. (facts §2.5)
  if (answer.status !== 200) throw new Refusal(400, 'InvalidCiphertextException', '');
  return readJson(answer.body) as unknown as HsmAnswer;
}

const currentMaterial = (key: KmsKey): string => key.materialIds.at(-1) as string;

function dataKeyLength(context: KmsContext): number {
  const spec = optionalText(context.call, 'KeySpec');
  const number = context.call.body.NumberOfBytes;
  if (spec === undefined && number !== undefined) {
    return integer(context.call, 'NumberOfBytes', 32, 1, 1024);
  }
  const length = KEY_SPEC_BYTES[spec ?? ''];
  if (length === undefined || number !== undefined) {
    throw new Refusal(
      400,
      'ValidationException',
      'Please specify either number of bytes or key spec.',
    );
  }
  return length;
}

/** The key that made a blob, read from the blob itself. */
function keyOfBlob({ keys, call }: KmsContext, bytes: Bytes): KmsKey {
  const parts = readBlob(bytes);
  const named = optionalText(call, 'KeyId');
  if (!parts) throw new Refusal(400, 'InvalidCiphertextException', '');
  const key = keys.byMaterial(toHex(parts.materialId));
  if (named !== undefined && keys.find(named) !== key) {
    throw new Refusal(
      400,
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  if (key) return key;
  throw new Refusal(
    400,
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  );
}

export const cryptoOperations: Readonly<Record<string, KmsHandler>> = {
  async GenerateDataKey(context) {
    const key = await keyToUse(context);
    await clear(context, key);
    const materialId = currentMaterial(key);
    const made = await askHsm(context, 'GenerateDataKey', encryptionContext(context.call), {
      KeyMaterialId: materialId,
      NumberOfBytes: dataKeyLength(context),
    });
    return {
      CiphertextBlob: made.CiphertextBlob,
      Plaintext: made.Plaintext,
      KeyId: key.arn,
      KeyMaterialId: materialId,
    };
  },

  async Encrypt(context) {
    const key = await keyToUse(context);
    const plaintext = blob(context.call, 'Plaintext', MAX_PLAINTEXT);
    await clear(context, key);
    const made = await askHsm(context, 'Encrypt', encryptionContext(context.call), {
      KeyMaterialId: currentMaterial(key),
      Plaintext: toBase64(plaintext),
    });
    return { CiphertextBlob: made.CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
  },

  async Decrypt(context) {
    const ciphertextBlob = blob(context.call, 'CiphertextBlob', MAX_BLOB);
    const key = keyOfBlob(context, ciphertextBlob);
    await clear(context, key);
    const opened = await askHsm(context, 'Decrypt', encryptionContext(context.call), {
      CiphertextBlob: toBase64(ciphertextBlob),
    });
    return {
      KeyId: key.arn,
      Plaintext: opened.Plaintext,
      EncryptionAlgorithm: ALGORITHM,
      KeyMaterialId: toHex((readBlob(ciphertextBlob) as { materialId: Bytes }).materialId),
    };
  },
};
