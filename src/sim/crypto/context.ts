// The encryption context: a map of strings that travels readable and is authenticated as the AAD of the data key's GCM.
// AWS does not publish how KMS serialises it. Ours is the AWS Encryption SDK's: pairs sorted by the UTF-8 bytes of
// the key; u16 count, then u16 length ‖ key ‖ u16 length ‖ value for each; an empty map is zero bytes.
import type { Bytes } from '../types';
import { concat, EMPTY, fromBase64, fromUtf8, isUtf8, toBase64, toUtf8, uintBE } from './bytes';

export type EncryptionContext = Readonly<Record<string, string>>;

/** The AAD for a context; the same for any order of its pairs. */
export function canonicalContext(context: EncryptionContext): Bytes {
  const pairs = Object.entries(context).map(([k, v]) => [fromUtf8(k), fromUtf8(v)] as const);
  if (pairs.length === 0) return EMPTY;
  pairs.sort(([a], [b]) => compareBytes(a, b));
  const fields = pairs.flatMap(([k, v]) => [uintBE(k.length, 2), k, uintBE(v.length, 2), v]);
  return concat(uintBE(pairs.length, 2), ...fields);
}

/** As in the x-amz-server-side-encryption-context header: base64 of a JSON object. */
export const contextToHeader = (context: EncryptionContext): string =>
  toBase64(fromUtf8(JSON.stringify(context)));

/** The map in a context header, or undefined when it is not base64 of UTF-8 JSON of string pairs. */
export function contextFromHeader(header: string): EncryptionContext | undefined {
  try {
    const bytes = fromBase64(header);
    return isUtf8(bytes) ? parseContext(toUtf8(bytes)) : undefined;
  } catch {
    return undefined;
  }
}

/** The map in a JSON text, or undefined when it is not an object of strings. */
export function parseContext(json: string): EncryptionContext | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const pairs = Object.entries(value);
    return pairs.every(([, v]) => typeof v === 'string')
      ? (Object.fromEntries(pairs) as EncryptionContext)
      : undefined;
  } catch {
    return undefined;
  }
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
