// Byte helpers that every room of the engine shares. Encodings come from @scure/base.
import { base64, hex, utf8 } from '@scure/base';
import type { Bytes } from '../types';

/** An independent, plainly backed copy. */
export const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

export const EMPTY: Bytes = new Uint8Array(0);

const encoder = new TextEncoder();
const decoder = new TextDecoder();
export const fromUtf8 = (text: string): Bytes => encoder.encode(text);
export const toUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);
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

const WORDS_FROM = 1024;

/** Same length and content; compares word by word, for recordings (not constant time). */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  if (a === b) return true;
  // Not for the short ones: asking for the buffer of a few bytes costs more than comparing them.
  if (a.length < WORDS_FROM || a.byteOffset % 4 !== 0 || b.byteOffset % 4 !== 0)
    return sameRange(a, b, 0, a.length);
  if (a.buffer === b.buffer && a.byteOffset === b.byteOffset) return true;
  const words = a.length >>> 2;
  const x = new Int32Array(a.buffer, a.byteOffset, words);
  const y = new Int32Array(b.buffer, b.byteOffset, words);
  const whole = words - (words % 4);
  for (let i = 0; i < whole; i += 4) {
    const difference =
      ((x[i] as number) ^ (y[i] as number)) |
      ((x[i + 1] as number) ^ (y[i + 1] as number)) |
      ((x[i + 2] as number) ^ (y[i + 2] as number)) |
      ((x[i + 3] as number) ^ (y[i + 3] as number));
    if (difference !== 0) return false;
  }
  return sameRange(a, b, whole * 4, a.length);
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
