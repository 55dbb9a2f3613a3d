// What happens to keys as time passes, without anybody asking. It is caught up with at the start of every request, so
// that no request ever sees a key as it was.
//   1. A key past its deletion date is gone, with all its key material, aliases and grants. (facts §2.3)
//   2. Imported key material past its ValidTo is gone; its key waits for it.
//   3. What is due for automatic rotation is rotated.
//   4. A wrapping key pair for an import is gone after its 24 hours.
import type { Desk } from '../types';
import { askHsm, destroyBackingKeys } from './hsm-calls';
import { loseImported } from './import';
import type { KeyStore, KmsKey } from './keys';
import { rotateDue } from './rotation';

export async function catchUp(keys: KeyStore, desk: Desk): Promise<void> {
  const now = desk.now();
  for (const key of keys.all()) {
    if (key.deletionDate && key.deletionDate <= now) {
      await destroy(keys, desk, key);
      continue;
    }
    for (const material of [...key.materials]) {
      const { imported } = material;
      if (imported?.present && imported.validTo && imported.validTo <= now) {
        await loseImported(desk, key, material);
      }
    }
    await rotateDue(keys, desk, key, now);
  }
  for (const parameters of keys.imports.values()) {
    if (parameters.expired || parameters.validTo > now) continue;
    parameters.expired = true;
    await askHsm(desk, 'DestroyWrappingKeyPair', { WrappingKeyId: parameters.wrappingKeyId });
  }
}

async function destroy(keys: KeyStore, desk: Desk, key: KmsKey): Promise<void> {
  const kept = key.materials.filter(({ imported }) => !imported || imported.present);
  await destroyBackingKeys(
    desk,
    kept.map(({ id }) => id),
  );
  for (const parameters of keys.imports.values()) {
    if (parameters.key !== key || parameters.expired) continue;
    await askHsm(desk, 'DestroyWrappingKeyPair', { WrappingKeyId: parameters.wrappingKeyId });
  }
  keys.remove(key);
}
