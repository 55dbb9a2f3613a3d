// Reading the parameters of a KMS request, with KMS's own refusals for what is missing or out of bounds.
import { dateOfEpochSeconds } from '../clock';
import { fromBase64, fromUtf8 } from '../crypto/bytes';
import type { EncryptionContext } from '../crypto/context';
import { Refusal } from '../refusal';
import type { Bytes } from '../types';
import type { KmsCall } from './authorise';

const MAX_CONTEXT_BYTES = 8192;

export const validation = (message: string): Refusal =>
  new Refusal(400, 'ValidationException', message);

const unreadable = (): Refusal => new Refusal(400, 'SerializationException', '');

/** `value` as KMS quotes it: `Value at 'plaintext'` of a blob, `Value '0' at 'numberOfBytes'` of anything else. */
const constraint = (name: string, value: string | undefined, must: string): Refusal =>
  validation(
    `1 validation error detected: Value${value === undefined ? '' : ` ${value}`} at '${camel(name)}' failed to satisfy constraint: Member must ${must}`,
  );

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export function text(call: KmsCall, name: string, limits: { max?: number } = {}): string {
  const value = call.body[name];
  if (value === undefined || value === null) throw constraint(name, 'null', 'not be null');
  if (typeof value !== 'string') throw unreadable();
  const { max } = limits;
  if (max !== undefined && value.length > max) {
    throw constraint(name, undefined, `have length less than or equal to ${max}`);
  }
  return value;
}

const absent = (call: KmsCall, name: string): boolean =>
  call.body[name] === undefined || call.body[name] === null;

export const optionalText = (
  call: KmsCall,
  name: string,
  limits?: { max?: number },
): string | undefined => (absent(call, name) ? undefined : text(call, name, limits));

/** A parameter that matches a pattern of the API model; `pattern` is quoted in the refusal. */
export function patterned(call: KmsCall, name: string, pattern: RegExp): string {
  const value = text(call, name);
  if (pattern.test(value)) return value;
  const { source } = pattern;
  throw constraint(name, `'${value}'`, `satisfy regular expression pattern: ${source}`);
}

/** One of the values the API model lists. */
export function chosen<T extends string>(call: KmsCall, name: string, values: readonly T[]): T {
  const value = text(call, name);
  const found = values.find((v) => v === value);
  if (found !== undefined) return found;
  const set = `satisfy enum value set: [${values.join(', ')}]`;
  throw constraint(name, `'${value}'`, set);
}

export const optionallyChosen = <T extends string>(
  call: KmsCall,
  name: string,
  values: readonly T[],
): T | undefined => (absent(call, name) ? undefined : chosen(call, name, values));

/** A list of strings; an absent one is empty. */
export function texts(call: KmsCall, name: string, min: number, max: number): readonly string[] {
  const value = call.body[name] ?? [];
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'string')) throw unreadable();
  refuseLength(call, name, value.length, min, max);
  return value;
}

/** A list of JSON objects. */
export function records(
  call: KmsCall,
  name: string,
  max: number,
): readonly Readonly<Record<string, unknown>>[] {
  const value = call.body[name] ?? [];
  if (!Array.isArray(value) || !value.every(isRecord)) throw unreadable();
  refuseLength(call, name, value.length, 0, max);
  return value;
}

function refuseLength(call: KmsCall, name: string, length: number, min: number, max: number): void {
  if (absent(call, name) && min > 0) throw constraint(name, 'null', 'not be null');
  if (length < min) {
    throw constraint(name, undefined, `have length greater than or equal to ${min}`);
  }
  if (length > max) throw constraint(name, undefined, `have length less than or equal to ${max}`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object; an absent one is empty. */
export function record(call: KmsCall, name: string): Readonly<Record<string, unknown>> {
  const value = call.body[name] ?? {};
  if (!isRecord(value)) throw unreadable();
  return value;
}

/** A base64 parameter of 1 to `max` bytes. */
export function blob(call: KmsCall, name: string, max: number): Bytes {
  const encoded = text(call, name);
  let bytes: Bytes;
  try {
    bytes = fromBase64(encoded);
  } catch {
    throw unreadable();
  }
  refuseLength(call, name, bytes.length, 1, max);
  return bytes;
}

/** A map of strings of at most 8192 bytes as JSON (facts §2.4); the words of the refusal are modelled. */
export function encryptionContext(call: KmsCall, name = 'EncryptionContext'): EncryptionContext {
  return contextIn(record(call, name), name);
}

export function contextIn(value: unknown, name: string): EncryptionContext {
  if (!isRecord(value) || Object.values(value).some((v) => typeof v !== 'string')) {
    throw unreadable();
  }
  if (fromUtf8(JSON.stringify(value)).length > MAX_CONTEXT_BYTES) {
    const limit = `have length less than or equal to ${MAX_CONTEXT_BYTES}`;
    throw constraint(name, undefined, limit);
  }
  return value as EncryptionContext;
}

export function flag(call: KmsCall, name: string): boolean {
  const value = call.body[name] ?? false;
  if (typeof value !== 'boolean') throw unreadable();
  return value;
}

/** Epoch seconds. */
export function optionalDate(call: KmsCall, name: string): Date | undefined {
  if (absent(call, name)) return undefined;
  const value = call.body[name];
  const date = typeof value === 'number' ? dateOfEpochSeconds(value) : undefined;
  if (!date) throw unreadable();
  return date;
}

export function integer(
  call: KmsCall,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const value = call.body[name] ?? fallback;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw unreadable();
  if (value < min || value > max) {
    const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
    throw constraint(name, `'${value}'`, `have value ${bound}`);
  }
  return value;
}

/**
 * Everything was in order and nothing is done (facts §2.5). The API model gives 412 for it; KMS was seen to answer 400
 * where the model says otherwise, so 400 here too (modelled).
 */
export function refuseDryRun(call: KmsCall): void {
  if (!flag(call, 'DryRun')) return;
  throw new Refusal(
    400,
    'DryRunOperationException',
    'The request would have succeeded, but the DryRun option is set.',
  );
}

/** Parts of KMS that are not here: named in the refusal, in our words (modelled). */
export const unsupported = (message: string): Refusal =>
  new Refusal(400, 'UnsupportedOperationException', message);
