// The layers of an object's encryption, with their keys at hand: one layer, or two under DSSE-KMS. Keys and ivs go from
// the innermost layer outwards.
import { fromBase64, toBase64 } from '../../crypto/bytes';
import type { Bytes, Desk, Headers } from '../../types';
import { decryptObject, encryptObject } from './object';
import { AT_REST, atRest, type SealedObject } from './scheme';

const IVS = ['iv', 'outerIv'] as const;

const ivOf = (layer: number): (typeof IVS)[number] => IVS[layer] as (typeof IVS)[number];

export async function sealLayers(
  desk: Desk,
  keys: readonly Bytes[],
  object: Bytes,
): Promise<SealedObject> {
  const ivs: Record<string, string> = {};
  let body = object;
  for (const [layer, key] of keys.entries()) {
    const { iv, ciphertext } = await encryptObject(desk, key, body);
    ivs[AT_REST[ivOf(layer)]] = toBase64(iv);
    body = ciphertext;
  }
  return { body, atRest: ivs };
}

export async function openLayers(
  desk: Desk,
  keys: readonly Bytes[],
  sealed: Bytes,
  metadata: Headers,
): Promise<Bytes> {
  let body = sealed;
  for (let layer = keys.length - 1; layer >= 0; layer--) {
    const iv = fromBase64(atRest(metadata, ivOf(layer)));
    body = await decryptObject(desk, keys[layer] as Bytes, iv, body);
  }
  return body;
}
