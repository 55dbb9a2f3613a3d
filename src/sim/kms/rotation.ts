// Rotation: a KMS key gets new key material, and keeps the old for what it encrypted. Nothing is encrypted again.
// (facts §2.3)
//   automatic   on the world's clock: what fell due is caught up with when KMS is next asked for anything
//   on demand   at once, at most 25 times a key, and the schedule stays
// A disabled key is not rotated; enabled again, it is rotated at once if it is overdue. A key pending deletion is not
// rotated either. Source: KMS API, EnableKeyRotation, GetKeyRotationStatus, RotateKeyOnDemand, ListKeyRotations.
import { addDays, epochSeconds } from '../clock';
import { Refusal } from '../refusal';
import type { Desk } from '../types';
import { newBackingKey } from './hsm-calls';
import { currentMaterial, expiration, type KeyMaterial, type KeyStore, type KmsKey } from './keys';
import type { KmsHandler } from './kms';
import { customerKey, namedKey } from './named-keys';
import { page } from './pages';
import { integer, optionallyChosen, unsupported } from './parameters';
import { invalidState } from './states';

const MAX_ON_DEMAND_ROTATIONS = 25;
const DEFAULT_DAYS = 365;
const MIN_DAYS = 90;
const MAX_DAYS = 2560;
/** AWS managed keys are rotated every year, and nobody can change that. (facts §2.2) */
export const AWS_MANAGED_DAYS = 365;
const PAGE = { usual: 100, max: 1000 };

/** `next` comes into use, what was in use stays for decryption. */
function takeIntoUse(
  key: KmsKey,
  next: KeyMaterial,
  rotation: NonNullable<KeyMaterial['rotation']>,
): void {
  const current = currentMaterial(key);
  if (current) current.state = 'NON_CURRENT';
  next.state = 'CURRENT';
  next.rotation = rotation;
}

async function rotate(
  keys: KeyStore,
  desk: Desk,
  key: KmsKey,
  rotation: NonNullable<KeyMaterial['rotation']>,
): Promise<void> {
  const id = await newBackingKey(desk);
  const next: KeyMaterial = { id, state: 'NON_CURRENT', rotation, imported: undefined };
  keys.addMaterial(key, next);
  takeIntoUse(key, next, rotation);
}

/** Every rotation whose date has passed while the key was enabled, each with its date. */
export async function rotateDue(keys: KeyStore, desk: Desk, key: KmsKey, now: Date): Promise<void> {
  while (key.state === 'Enabled' && key.rotation && key.rotation.next <= now) {
    const { days, next } = key.rotation;
    await rotate(keys, desk, key, { date: next, type: 'AUTOMATIC' });
    key.rotation = { days, next: addDays(next, days) };
  }
}

/** For a key that was disabled over a rotation date: one rotation now, and the schedule from here. */
export async function rotateOverdue(keys: KeyStore, desk: Desk, key: KmsKey): Promise<void> {
  const now = desk.now();
  if (!key.rotation || key.rotation.next > now) return;
  const { days } = key.rotation;
  await rotate(keys, desk, key, { date: now, type: 'AUTOMATIC' });
  key.rotation = { days, next: addDays(now, days) };
}

function refuseExternal(key: KmsKey): void {
  if (key.origin === 'EXTERNAL') {
    throw unsupported(`${key.arn} origin is EXTERNAL which is not valid for this operation.`);
  }
}

/** One line of ListKeyRotations. Import state and expiration are of imported key material. */
const rotationEntry = (key: KmsKey, material: KeyMaterial): Record<string, unknown> => {
  const { imported, rotation } = material;
  return {
    KeyId: key.keyId,
    KeyMaterialId: material.id,
    ...(imported?.description === undefined
      ? {}
      : { KeyMaterialDescription: imported.description }),
    ...(imported ? { ImportState: imported.present ? 'IMPORTED' : 'PENDING_IMPORT' } : {}),
    KeyMaterialState: material.state,
    ...expiration(material),
    ...(rotation ? { RotationDate: epochSeconds(rotation.date), RotationType: rotation.type } : {}),
  };
};

export const rotationOperations: Readonly<Record<string, KmsHandler>> = {
  async EnableKeyRotation(context) {
    const key = await customerKey(context);
    refuseExternal(key);
    const days = integer(context.call, 'RotationPeriodInDays', DEFAULT_DAYS, MIN_DAYS, MAX_DAYS);
    key.rotation = { days, next: addDays(context.desk.now(), days) };
    return undefined;
  },

  async DisableKeyRotation(context) {
    const key = await customerKey(context);
    refuseExternal(key);
    key.rotation = undefined;
    return undefined;
  },

  async GetKeyRotationStatus(context) {
    const key = await namedKey(context);
    const { rotation } = key;
    const schedule = rotation && {
      RotationPeriodInDays: rotation.days,
      NextRotationDate: epochSeconds(rotation.next),
    };
    const on = rotation !== undefined && key.state !== 'PendingDeletion';
    return { KeyId: key.keyId, KeyRotationEnabled: on, ...(on ? schedule : {}) };
  },

  async RotateKeyOnDemand(context) {
    const key = await customerKey(context);
    const { keys, desk } = context;
    if (key.onDemandRotations >= MAX_ON_DEMAND_ROTATIONS) {
      throw new Refusal(
        400,
        'LimitExceededException',
        `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${key.arn}`,
      );
    }
    const rotation = { date: desk.now(), type: 'ON_DEMAND' } as const;
    if (key.origin === 'EXTERNAL') {
      const next = key.materials.find(({ state }) => state === 'PENDING_ROTATION');
      if (!next) throw invalidState(`${key.arn} has no key material pending rotation.`);
      takeIntoUse(key, next, rotation);
    } else {
      await rotate(keys, desk, key, rotation);
    }
    key.onDemandRotations++;
    return { KeyId: key.arn };
  },

  async ListKeyRotations(context) {
    const key = await namedKey(context);
    const wanted =
      optionallyChosen(context.call, 'IncludeKeyMaterial', [
        'ALL_KEY_MATERIAL',
        'ROTATIONS_ONLY',
      ]) ?? 'ROTATIONS_ONLY';
    const entries = key.materials
      .filter(({ rotation }) => wanted === 'ALL_KEY_MATERIAL' || rotation !== undefined)
      .map((material) => rotationEntry(key, material));
    return page(context.call, 'Rotations', entries, (e) => String(e.KeyMaterialId), PAGE);
  },
};
