// Bytes as text for people: hex, base64, UTF-8.
import { base64, hex } from '@scure/base';
import type { Bytes } from '../../sim/types';

export const toHex = (bytes: Bytes): string => hex.encode(bytes);
export const toBase64 = (bytes: Bytes): string => base64.encode(bytes);

const CONTROL = /(?![\t\r\n])\p{Cc}/u;

/** The text that the first `atMost` bytes are, or undefined when they are no readable UTF-8. */
export function readText(bytes: Bytes, atMost = bytes.length): string | undefined {
  const cut = bytes.length > atMost;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    // A character cut in two at the end is none of the text's fault.
    const text = decoder.decode(bytes.subarray(0, atMost), { stream: cut });
    return CONTROL.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Compares word by word: 64 MiB take some ten milliseconds, and a difference ends it at once. */
export function sameBytes(a: Bytes, b: Bytes): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  const words = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0 ? a.length >>> 2 : 0;
  const wordsA = words ? new Uint32Array(a.buffer, a.byteOffset, words) : undefined;
  const wordsB = words ? new Uint32Array(b.buffer, b.byteOffset, words) : undefined;
  for (let i = 0; i < words; i++) if (wordsA?.[i] !== wordsB?.[i]) return false;
  for (let i = words * 4; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
