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
