// Key material of your own. (facts §2.3, §2.5; KMS API, GetParametersForImport, ImportKeyMaterial)
//   1. CreateKey with Origin EXTERNAL: a key without key material, PendingImport.
//   2. GetParametersForImport: the HSM makes an RSA key pair; its public key goes out, with a token, for 24 hours.
//   3. You wrap your 32 bytes with the public key. ImportKeyMaterial hands them in with the token; the HSM unwraps them.
// The id of imported key material is computed from it, so the same bytes come back under the same id: old blobs open
// again, and anything else is refused. How AWS computes it is not published; ours is in ../hsm (modelled).
import { addDays, epochSeconds } from '../clock';
import { toBase64 } from '../crypto/bytes';
import { Refusal } from '../refusal';
import type { Desk } from '../types';
import { askHsm, destroyBackingKeys } from './hsm-calls';
import { currentMaterial, type ImportParameters, type KeyMaterial, type KmsKey } from './keys';
import type { KmsContext, KmsHandler } from './kms';
import { customerKey } from './named-keys';
import {
  blob,
  chosen,
  optionalDate,
  optionallyChosen,
  optionalText,
  unsupported,
  validation,
} from './parameters';

const TOKEN_BYTES = 32;
const MAX_BLOB = 6144;
const MAX_DESCRIPTION = 256;
const VALID_DAYS = 1;
/** KMS API, ImportKeyMaterial: key material expires within a year of its import. */
const MAX_EXPIRY_DAYS = 365;
const WRAPPING_ALGORITHMS = [
  'RSAES_PKCS1_V1_5',
  'RSAES_OAEP_SHA_1',
  'RSAES_OAEP_SHA_256',
  'RSA_AES_KEY_WRAP_SHA_1',
  'RSA_AES_KEY_WRAP_SHA_256',
  'SM2PKE',
] as const;
const WRAPPING_KEY_SPECS = ['RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2'] as const;

async function externalKey(context: KmsContext): Promise<KmsKey> {
  const key = await customerKey(context);
  if (key.origin === 'EXTERNAL') return key;
  throw unsupported(`${key.arn} origin is AWS_KMS which is not valid for this operation.`);
}

/** The key material that has to be there before the key can be used. */
const needed = (key: KmsKey): readonly KeyMaterial[] =>
  key.materials.filter(({ state }) => state !== 'PENDING_ROTATION');

/** Key material expired or was deleted. Material that was never in use leaves no trace (modelled). */
export async function loseImported(desk: Desk, key: KmsKey, material: KeyMaterial): Promise<void> {
  await destroyBackingKeys(desk, [material.id]);
  if (material.imported) material.imported.present = false;
  if (material.state === 'PENDING_ROTATION')
    key.materials.splice(key.materials.indexOf(material), 1);
  else if (key.state !== 'PendingDeletion') key.state = 'PendingImport';
}

function parametersOf({ keys, desk, call }: KmsContext, key: KmsKey): ImportParameters {
  const parameters = keys.imports.get(toBase64(blob(call, 'ImportToken', MAX_BLOB)));
  if (parameters?.key !== key) throw new Refusal(400, 'InvalidImportTokenException', '');
  if (parameters.expired || parameters.validTo <= desk.now()) {
    throw new Refusal(400, 'ExpiredImportTokenException', '');
  }
  return parameters;
}

/** Undefined: it does not expire. The refusals but the first are in our words (modelled). */
function readExpiry({ desk, call }: KmsContext): Date | undefined {
  const validTo = optionalDate(call, 'ValidTo');
  const model =
    optionallyChosen(call, 'ExpirationModel', [
      'KEY_MATERIAL_EXPIRES',
      'KEY_MATERIAL_DOES_NOT_EXPIRE',
    ]) ?? 'KEY_MATERIAL_EXPIRES';
  if (model === 'KEY_MATERIAL_EXPIRES' && !validTo) {
    throw validation('A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES');
  }
  if (model === 'KEY_MATERIAL_DOES_NOT_EXPIRE' && validTo) {
    throw validation(
      'A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE',
    );
  }
  const now = desk.now();
  if (validTo && (validTo <= now || validTo > addDays(now, MAX_EXPIRY_DAYS))) {
    throw validation(`The validTo date must lie within ${MAX_EXPIRY_DAYS} days from now`);
  }
  return validTo;
}

export const importOperations: Readonly<Record<string, KmsHandler>> = {
  async GetParametersForImport(context) {
    const { keys, desk, call } = context;
    const algorithm = chosen(call, 'WrappingAlgorithm', WRAPPING_ALGORITHMS);
    const spec = chosen(call, 'WrappingKeySpec', WRAPPING_KEY_SPECS);
    const key = await externalKey(context);
    if (algorithm !== 'RSAES_OAEP_SHA_1' && algorithm !== 'RSAES_OAEP_SHA_256') {
      throw unsupported(`WrappingAlgorithm ${algorithm} is not supported.`);
    }
    if (spec !== 'RSA_2048') throw unsupported(`WrappingKeySpec ${spec} is not supported.`);
    const { body } = await askHsm(desk, 'CreateWrappingKeyPair', {});
    const token = toBase64(desk.random(TOKEN_BYTES));
    const validTo = addDays(desk.now(), VALID_DAYS);
    const wrappingKeyId = String(body.WrappingKeyId);
    keys.imports.set(token, { key, wrappingKeyId, algorithm, validTo, expired: false });
    return {
      KeyId: key.arn,
      ImportToken: token,
      PublicKey: body.PublicKey,
      ParametersValidTo: epochSeconds(validTo),
    };
  },

  async ImportKeyMaterial(context) {
    const { keys, desk, call } = context;
    const encrypted = blob(call, 'EncryptedKeyMaterial', MAX_BLOB);
    const validTo = readExpiry(context);
    const description = optionalText(call, 'KeyMaterialDescription', { max: MAX_DESCRIPTION });
    const asked = optionallyChosen(call, 'ImportType', [
      'NEW_KEY_MATERIAL',
      'EXISTING_KEY_MATERIAL',
    ]);
    const expected = optionalText(call, 'KeyMaterialId');
    const key = await externalKey(context);
    const { wrappingKeyId, algorithm } = parametersOf(context, key);
    const ids = key.materials.map(({ id }) => id);
    const isNew = (asked ?? (ids.length === 0 ? 'NEW_KEY_MATERIAL' : '')) === 'NEW_KEY_MATERIAL';
    const pending = key.materials.find(({ state }) => state === 'PENDING_ROTATION');
    if (isNew && pending) {
      throw new Refusal(
        400,
        'KMSInvalidStateException',
        `${key.arn} has key material pending rotation.`,
      );
    }
    const { ok, body } = await askHsm(desk, 'ImportBackingKey', {
      KmsKeyId: key.keyId,
      WrappingKeyId: wrappingKeyId,
      WrappingAlgorithm: algorithm,
      EncryptedKeyMaterial: toBase64(encrypted),
      ...(isNew
        ? { NoneOf: ids, ...(expected === undefined ? {} : { OneOf: [expected] }) }
        : { OneOf: ids.filter((id) => expected === undefined || id === expected) }),
    });
    // KMS API: could not be unwrapped, or is not the key material that this key had.
    if (!ok) throw new Refusal(400, String(body.Refused), '');
    const id = String(body.KeyMaterialId);
    const known = key.materials.find((material) => material.id === id);
    const imported = {
      present: true,
      validTo,
      description: description ?? known?.imported?.description,
    };
    if (known) known.imported = imported;
    else {
      const state = ids.length === 0 ? 'CURRENT' : 'PENDING_ROTATION';
      keys.addMaterial(key, { id, state, rotation: undefined, imported });
    }
    const complete = needed(key).every((material) => material.imported?.present);
    if (key.state === 'PendingImport' && complete) key.state = 'Enabled';
    return { KeyId: key.arn, KeyMaterialId: id };
  },

  async DeleteImportedKeyMaterial(context) {
    const asked = optionalText(context.call, 'KeyMaterialId');
    const key = await externalKey(context);
    const material =
      asked === undefined ? currentMaterial(key) : key.materials.find(({ id }) => id === asked);
    if (asked !== undefined && !material) {
      throw new Refusal(400, 'NotFoundException', `Key material '${asked}' does not exist`);
    }
    if (material?.imported?.present) await loseImported(context.desk, key, material);
    return { KeyId: key.arn, ...(material ? { KeyMaterialId: material.id } : {}) };
  },
};
