// The layers of an object's encryption, with their keys at hand: one layer, or two under DSSE-KMS. Keys and ivs go from
// the innermost layer outwards.
import { concat, fromBase64, toBase64 } from '../../crypto/bytes';
import type { Bytes, Desk, Facts, Headers } from '../../types';
import { decryptObject, encryptObject } from './object';
import { AT_REST, atRest, type SealedObject } from './scheme';

const IVS = ['iv', 'outerIv'] as const;

const ivOf = (layer: number): (typeof IVS)[number] => IVS[layer] as (typeof IVS)[number];

export async function sealLayers(
  desk: Desk,
  keys: readonly Bytes[],
  object: Bytes,
  facts?: Facts,
): Promise<SealedObject> {
  const ivs: Record<string, string> = {};
  let body = object;
  for (const [layer, key] of keys.entries()) {
    const { iv, ciphertext } = await encryptObject(desk, key, body, facts);
    ivs[AT_REST[ivOf(layer)]] = toBase64(iv);
    body = ciphertext;
  }
  return { body, atRest: ivs };
}

/** One part of an object that was uploaded in parts: the length of its ciphertext, and its ivs. */
export type SealedPart = readonly [length: number, ivs: Headers];

/** An object that came in parts stays in parts at rest: their ciphertexts in a row. Undefined: it is in one piece. */
function partsOf(metadata: Headers): readonly SealedPart[] | undefined {
  const parts = metadata[AT_REST.parts];
  return parts === undefined ? undefined : (JSON.parse(parts) as SealedPart[]);
}

export async function openLayers(
  desk: Desk,
  keys: readonly Bytes[],
  sealed: Bytes,
  metadata: Headers,
  facts?: Facts,
): Promise<Bytes> {
  const parts = partsOf(metadata);
  if (parts) {
    const opened: Bytes[] = [];
    let start = 0;
    for (const [i, [length, ivs]] of parts.entries()) {
      const part = sealed.slice(start, start + length);
      opened.push(await openLayers(desk, keys, part, ivs, { part: String(i + 1) }));
      start += length;
    }
    return concat(...opened);
  }
  let body = sealed;
  for (let layer = keys.length - 1; layer >= 0; layer--) {
    const iv = fromBase64(atRest(metadata, ivOf(layer)));
    body = await decryptObject(desk, keys[layer] as Bytes, iv, body, facts);
  }
  return body;
}
