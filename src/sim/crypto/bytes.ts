// Byte helpers that every room of the engine shares. Encodings come from @scure/base.
import { base64, hex, utf8 } from '@scure/base';
import type { Bytes } from '../types';

/** An independent, plainly backed copy. */
export const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

export const EMPTY: Bytes = new Uint8Array(0);

export const fromUtf8 = (text: string): Bytes => new TextEncoder().encode(text);
export const toUtf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const toHex = (bytes: Uint8Array): string => hex.encode(bytes);
export const fromHex = (text: string): Bytes => copy(hex.decode(text));
export const toBase64 = (bytes: Uint8Array): string => base64.encode(bytes);
/** Strict RFC 4648; throws on anything else. */
export const fromBase64 = (text: string): Bytes => copy(base64.decode(text));
/** True when the bytes are well-formed UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.encode(bytes);
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Big-endian unsigned integer of `width` bytes (2 or 4). */
export function uintBE(value: number, width: 2 | 4): Bytes {
  const out = new Uint8Array(width);
  const view = new DataView(out.buffer);
  if (width === 2) view.setUint16(0, value);
  else view.setUint32(0, value);
  return out;
}

/** Same length and content; compares word by word, for recordings (not constant time). */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  if (a.byteOffset % 4 !== 0 || b.byteOffset % 4 !== 0) return sameRange(a, b, 0, a.length);
  const words = a.length >>> 2;
  const x = new Uint32Array(a.buffer, a.byteOffset, words);
  const y = new Uint32Array(b.buffer, b.byteOffset, words);
  for (let i = 0; i < words; i++) if (x[i] !== y[i]) return false;
  return sameRange(a, b, words * 4, a.length);
}

function sameRange(a: Uint8Array, b: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Takes the same time wherever the first difference is. For checking MACs and commitments. */
export function equalConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
