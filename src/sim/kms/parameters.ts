// Reading the parameters of a KMS request, with KMS's own refusals for what is missing or out of bounds.
import { fromBase64 } from '../crypto/bytes';
import type { EncryptionContext } from '../crypto/context';
import { Refusal } from '../refusal';
import type { Bytes } from '../types';
import type { KmsCall } from './authorise';

const invalid = (text: string): Refusal =>
  new Refusal(400, 'ValidationException', `1 validation error detected: ${text}`);

const missing = (name: string): Refusal =>
  invalid(`Value null at '${name}' failed to satisfy constraint: Member must not be null`);

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export function text(call: KmsCall, name: string): string {
  const value = call.body[name];
  if (value === undefined || value === null) throw missing(camel(name));
  if (typeof value !== 'string') throw new Refusal(400, 'SerializationException', '');
  return value;
}

export const optionalText = (call: KmsCall, name: string): string | undefined =>
  call.body[name] === undefined ? undefined : text(call, name);

/** A base64 parameter of 1 to `max` bytes. */
export function blob(call: KmsCall, name: string, max: number): Bytes {
  const encoded = text(call, name);
  let bytes: Bytes;
  try {
    bytes = fromBase64(encoded);
  } catch {
    throw new Refusal(400, 'SerializationException', '');
  }
  if (bytes.length > max) {
    throw invalid(
      `Value at '${camel(name)}' failed to satisfy constraint: Member must have length less than or equal to ${max}`,
    );
  }
  if (bytes.length === 0) {
    throw invalid(
      `Value at '${camel(name)}' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
  }
  return bytes;
}

export function encryptionContext(call: KmsCall): EncryptionContext {
  const value = call.body.EncryptionContext ?? {};
  const pairs = typeof value === 'object' ? Object.entries(value) : [];
  if (typeof value !== 'object' || pairs.some(([, v]) => typeof v !== 'string')) {
    throw new Refusal(400, 'SerializationException', '');
  }
  return Object.fromEntries(pairs) as EncryptionContext;
}

export function integer(
  call: KmsCall,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const value = call.body[name] ?? fallback;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new Refusal(400, 'SerializationException', '');
  }
  if (value < min || value > max) {
    const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
    throw invalid(
      `Value '${value}' at '${camel(name)}' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  return value;
}
