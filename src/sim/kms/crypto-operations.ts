// KMS operations that use key material: GenerateDataKey, Encrypt, Decrypt, ReEncrypt, GenerateRandom. KMS decides; the
// HSM computes. Of GenerateDataKeyWithoutPlaintext and ReEncrypt no plaintext ever leaves the HSM.
import { toBase64, toHex } from '../crypto/bytes';
import { canonicalContext, type EncryptionContext } from '../crypto/context';
import { looked } from '../crypto/works';
import { readBlob } from '../hsm/blob';
import { ACCOUNT_ID, aliasArn } from '../names';
import { Refusal } from '../refusal';
import type { Bytes } from '../types';
import type { Asking } from './authorise';
import { askHsm } from './hsm-calls';
import { awsS3Key } from './key-operations';
import { AWS_S3_ALIAS, currentMaterial, type KmsKey } from './keys';
import type { KmsContext, KmsHandler } from './kms';
import {
  blob,
  encryptionContext,
  integer,
  optionallyChosen,
  optionalText,
  refuseDryRun,
  text,
  unsupported,
  validation,
} from './parameters';
import { refuseState } from './states';

const ALGORITHM = 'SYMMETRIC_DEFAULT';
const ALGORITHMS = [ALGORITHM, 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'] as const;
const MAX_PLAINTEXT = 4096;
const MAX_BLOB = 6144;
const MAX_RANDOM = 1024;
const KEY_SPEC_BYTES = { AES_256: 32, AES_128: 16 } as const;

/** Authorised and in a usable state, or a refusal. */
async function clear({ desk, call }: KmsContext, key: KmsKey, asking: Asking): Promise<void> {
  await call.authorise(key, asking);
  let refusal: Refusal | undefined;
  try {
    refuseState(key, call.operation);
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
async function keyToUse({ keys, desk, call }: KmsContext, name = 'KeyId'): Promise<KmsKey> {
  const reference = text(call, name);
  const named = [AWS_S3_ALIAS, aliasArn(AWS_S3_ALIAS)].includes(reference);
  const isAwsS3 = named && call.account === ACCOUNT_ID;
  return isAwsS3 ? awsS3Key(keys, desk) : keys.find(reference, call.account);
}

/** The alias by which a key was named, for the condition key kms:RequestAlias. */
function requestAlias({ call }: KmsContext, name = 'KeyId'): Pick<Asking, 'conditions'> {
  const alias = /(?:^|:)(alias\/.+)$/.exec(String(call.body[name] ?? ''))?.[1];
  return alias === undefined ? {} : { conditions: { 'kms:requestalias': alias } };
}

const aad = (context: EncryptionContext): string => toBase64(canonicalContext(context));

/** The HSM's answer. A wrong context, a changed blob: KMS says no more than this. (facts §2.5) */
async function compute(
  { desk, call }: KmsContext,
  fields: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const { ok, body } = await askHsm(desk, call.operation, fields);
  if (!ok) throw new Refusal(400, 'InvalidCiphertextException', '');
  return body;
}

const materialInUse = (key: KmsKey): string => {
  const material = currentMaterial(key);
  if (!material) throw new Error(`${key.arn} is usable and has no key material`);
  return material.id;
};

const materialOf = (ciphertextBlob: Bytes): string =>
  toHex((readBlob(ciphertextBlob) as { materialId: Bytes }).materialId);

function dataKeyLength({ call }: KmsContext): number {
  const specs = Object.keys(KEY_SPEC_BYTES) as (keyof typeof KEY_SPEC_BYTES)[];
  const spec = optionallyChosen(call, 'KeySpec', specs);
  const number = call.body.NumberOfBytes ?? undefined;
  if ((spec === undefined) === (number === undefined)) {
    throw validation('Please specify either number of bytes or key spec.');
  }
  return spec ? KEY_SPEC_BYTES[spec] : integer(call, 'NumberOfBytes', 32, 1, MAX_RANDOM);
}

/** Symmetric keys know one algorithm. */
function refuseAlgorithm({ call }: KmsContext, name = 'EncryptionAlgorithm'): void {
  const algorithm = optionallyChosen(call, name, ALGORITHMS) ?? ALGORITHM;
  if (algorithm === ALGORITHM) return;
  throw new Refusal(
    400,
    'InvalidKeyUsageException',
    `Algorithm ${algorithm} is incompatible with key spec SYMMETRIC_DEFAULT.`,
  );
}

/** Answers sealed for a Nitro enclave, and other key stores' randomness, are not here (modelled). */
function refuseElsewhere({ call }: KmsContext): void {
  if (call.body.Recipient !== undefined) throw unsupported('Recipient is not supported.');
  if (call.body.CustomKeyStoreId !== undefined) {
    throw unsupported('Custom key stores are not supported.');
  }
}

/** The key that made a blob, read from the blob itself. */
function keyOfBlob({ keys, call }: KmsContext, bytes: Bytes, name = 'KeyId'): KmsKey {
  const parts = readBlob(bytes);
  const named = optionalText(call, name);
  if (!parts) throw new Refusal(400, 'InvalidCiphertextException', '');
  const key = keys.byMaterial(toHex(parts.materialId));
  if (named !== undefined && keys.find(named, call.account) !== key) {
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

/** What GenerateDataKey and GenerateDataKeyWithoutPlaintext have in common. */
async function generate(context: KmsContext): Promise<{
  key: KmsKey;
  materialId: string;
  made: Readonly<Record<string, unknown>>;
}> {
  const length = dataKeyLength(context);
  const pairs = encryptionContext(context.call);
  refuseElsewhere(context);
  const key = await keyToUse(context);
  await clear(context, key, { encryptionContext: pairs, ...requestAlias(context) });
  refuseDryRun(context.call);
  const materialId = materialInUse(key);
  const made = await compute(context, {
    KeyMaterialId: materialId,
    NumberOfBytes: length,
    AdditionalAuthenticatedData: aad(pairs),
  });
  return { key, materialId, made };
}

export const cryptoOperations: Readonly<Record<string, KmsHandler>> = {
  async GenerateDataKey(context) {
    const { key, materialId, made } = await generate(context);
    return {
      CiphertextBlob: made.CiphertextBlob,
      Plaintext: made.Plaintext,
      KeyId: key.arn,
      KeyMaterialId: materialId,
    };
  },

  async GenerateDataKeyWithoutPlaintext(context) {
    const { key, materialId, made } = await generate(context);
    return { CiphertextBlob: made.CiphertextBlob, KeyId: key.arn, KeyMaterialId: materialId };
  },

  async Encrypt(context) {
    const plaintext = blob(context.call, 'Plaintext', MAX_PLAINTEXT);
    const pairs = encryptionContext(context.call);
    refuseAlgorithm(context);
    const key = await keyToUse(context);
    await clear(context, key, { encryptionContext: pairs, ...requestAlias(context) });
    refuseDryRun(context.call);
    const made = await compute(context, {
      KeyMaterialId: materialInUse(key),
      Plaintext: toBase64(plaintext),
      AdditionalAuthenticatedData: aad(pairs),
    });
    return { CiphertextBlob: made.CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
  },

  async Decrypt(context) {
    const ciphertextBlob = blob(context.call, 'CiphertextBlob', MAX_BLOB);
    const pairs = encryptionContext(context.call);
    refuseAlgorithm(context);
    refuseElsewhere(context);
    const key = keyOfBlob(context, ciphertextBlob);
    await clear(context, key, { encryptionContext: pairs, ...requestAlias(context) });
    refuseDryRun(context.call);
    const opened = await compute(context, {
      CiphertextBlob: toBase64(ciphertextBlob),
      AdditionalAuthenticatedData: aad(pairs),
    });
    return {
      KeyId: key.arn,
      Plaintext: opened.Plaintext,
      EncryptionAlgorithm: ALGORITHM,
      KeyMaterialId: materialOf(ciphertextBlob),
    };
  },

  async ReEncrypt(context) {
    const { call } = context;
    const ciphertextBlob = blob(call, 'CiphertextBlob', MAX_BLOB);
    const from = encryptionContext(call, 'SourceEncryptionContext');
    const to = encryptionContext(call, 'DestinationEncryptionContext');
    refuseAlgorithm(context, 'SourceEncryptionAlgorithm');
    refuseAlgorithm(context, 'DestinationEncryptionAlgorithm');
    const source = keyOfBlob(context, ciphertextBlob, 'SourceKeyId');
    const destination = await keyToUse(context, 'DestinationKeyId');
    const onSameKey = { 'kms:reencryptonsamekey': String(source === destination) };
    await clear(context, source, {
      action: 'ReEncryptFrom',
      encryptionContext: from,
      conditions: { ...requestAlias(context, 'SourceKeyId').conditions, ...onSameKey },
    });
    await clear(context, destination, {
      action: 'ReEncryptTo',
      encryptionContext: to,
      conditions: { ...requestAlias(context, 'DestinationKeyId').conditions, ...onSameKey },
    });
    refuseDryRun(call);
    const materialId = materialInUse(destination);
    const made = await compute(context, {
      CiphertextBlob: toBase64(ciphertextBlob),
      AdditionalAuthenticatedData: aad(from),
      KeyMaterialId: materialId,
      DestinationAdditionalAuthenticatedData: aad(to),
    });
    return {
      CiphertextBlob: made.CiphertextBlob,
      SourceKeyId: source.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm: ALGORITHM,
      DestinationEncryptionAlgorithm: ALGORITHM,
      SourceKeyMaterialId: materialOf(ciphertextBlob),
      DestinationKeyMaterialId: materialId,
    };
  },

  async GenerateRandom(context) {
    const { call } = context;
    if ((call.body.NumberOfBytes ?? undefined) === undefined) {
      throw validation('NumberOfBytes is required.');
    }
    const length = integer(call, 'NumberOfBytes', 0, 1, MAX_RANDOM);
    refuseElsewhere(context);
    await call.authoriseAccount();
    const made = await compute(context, { NumberOfBytes: length });
    return { Plaintext: made.Plaintext };
  },
};
