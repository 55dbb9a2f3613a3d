// Your own data as you type it, checked where you type it; and its form in an address, for whoever asks for that.
import { base64, hex } from '@scure/base';
import { DEFAULT_OWN, type OwnInput } from '../flows';
import type { Bytes } from '../sim/types';

export const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
/** A longer text does not go into an address: browsers and chat programs cut long ones. */
export const MAX_SHARED_CHARACTERS = 4000;
const MAX_KEY_BYTES = 1024;
const MAX_CONTEXT_BYTES = 8192;

/** Each field as typed. `context` holds one `name=value` a line, `customerKey` hex or base64 or nothing. */
export interface Draft {
  readonly text: string;
  readonly bucket: string;
  readonly key: string;
  readonly context: string;
  readonly customerKey: string;
}
export type DraftField = keyof Draft;
export const OWN_FIELDS: readonly DraftField[] = [
  'text',
  'bucket',
  'key',
  'context',
  'customerKey',
];

/** What is wrong with a field; its words are in the catalogue under `problem <id>`. */
export interface FieldProblem {
  readonly id:
    | 'text-too-long'
    | 'bucket-name'
    | 'bucket-reserved'
    | 'key-empty'
    | 'key-form'
    | 'key-too-long'
    | 'context-line'
    | 'context-ascii'
    | 'context-reserved'
    | 'context-repeated'
    | 'context-too-long'
    | 'customer-key-form'
    | 'customer-key-length';
  readonly values: Readonly<Record<string, string>>;
}
export type DraftProblems = Partial<Record<DraftField, FieldProblem>>;

const lines = (context: OwnInput['context']): string =>
  Object.entries(context)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

export const DEFAULT_DRAFT: Draft = {
  text: new TextDecoder().decode(DEFAULT_OWN.object),
  bucket: DEFAULT_OWN.bucket,
  key: DEFAULT_OWN.key,
  context: lines(DEFAULT_OWN.context),
  customerKey: '',
};

export const isDefault = (draft: Draft): boolean =>
  OWN_FIELDS.every((field) => draft[field] === DEFAULT_DRAFT[field]);

/** Short enough for an address. */
export const isShareable = (draft: Draft): boolean =>
  OWN_FIELDS.reduce((sum, field) => sum + draft[field].length, 0) <= MAX_SHARED_CHARACTERS;

const problem = (id: FieldProblem['id'], values: FieldProblem['values'] = {}): FieldProblem => ({
  id,
  values,
});
/** A character that is half of one: no bytes stand for it. */
const HALF_CHARACTER = /\p{Surrogate}/u;
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

function contextProblem(text: string): FieldProblem | undefined {
  const seen = new Set<string>();
  for (const line of text.split('\n').filter((l) => l.trim() !== '')) {
    const at = line.indexOf('=');
    const name = line.slice(0, at).trim();
    if (at < 0 || name === '') return problem('context-line', { line });
    if (!PRINTABLE_ASCII.test(line)) return problem('context-ascii', { line });
    if (name.toLowerCase().startsWith('aws:')) return problem('context-reserved', { name });
    if (seen.has(name)) return problem('context-repeated', { name });
    seen.add(name);
  }
  return utf8(text).length > MAX_CONTEXT_BYTES ? problem('context-too-long') : undefined;
}

export const readContext = (text: string): OwnInput['context'] =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => {
        const at = line.indexOf('=');
        return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
  );

/** The bytes of a typed key: hex if it reads as hex, else base64; undefined when it is neither. */
function keyBytes(text: string): Bytes | undefined {
  const typed = text.replace(/\s+/g, '');
  for (const codec of /^([0-9a-f]{2})*$/i.test(typed) ? [hex, base64] : [base64]) {
    try {
      return new Uint8Array(codec.decode(codec === hex ? typed.toLowerCase() : typed));
    } catch {
      // the other form, or none
    }
  }
  return undefined;
}

function customerKeyProblem(text: string): FieldProblem | undefined {
  if (text.trim() === '') return undefined;
  const bytes = keyBytes(text);
  if (!bytes) return problem('customer-key-form');
  return bytes.length === 32
    ? undefined
    : problem('customer-key-length', { length: String(bytes.length) });
}

function keyProblem(key: string): FieldProblem | undefined {
  if (key === '') return problem('key-empty');
  if (HALF_CHARACTER.test(key)) return problem('key-form');
  const { length } = utf8(key);
  return length > MAX_KEY_BYTES ? problem('key-too-long', { length: String(length) }) : undefined;
}

const BUCKET = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** Reserved by S3, or in the form of an IP address. */
const RESERVED =
  /^(\d+\.){3}\d+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

function bucketProblem(bucket: string): FieldProblem | undefined {
  if (!BUCKET.test(bucket)) return problem('bucket-name');
  return RESERVED.test(bucket) ? problem('bucket-reserved') : undefined;
}

const isTooLong = (text: string): boolean =>
  text.length * 3 > MAX_OBJECT_BYTES && utf8(text).length > MAX_OBJECT_BYTES;

/** What S3 and KMS, or their clients, would refuse. Empty when all is well. */
export function problemsOf(draft: Draft): DraftProblems {
  const { text, bucket, key, context, customerKey } = draft;
  const found: Record<DraftField, FieldProblem | undefined> = {
    text: isTooLong(text) ? problem('text-too-long') : undefined,
    bucket: bucketProblem(bucket),
    key: keyProblem(key),
    context: contextProblem(context),
    customerKey: customerKeyProblem(customerKey),
  };
  return Object.fromEntries(Object.entries(found).filter(([, one]) => one !== undefined));
}

/** Of a draft without problems. */
export const ownInputOf = (draft: Draft): OwnInput => ({
  object: utf8(draft.text),
  bucket: draft.bucket,
  key: draft.key,
  context: readContext(draft.context),
  customerKey: draft.customerKey.trim() === '' ? undefined : keyBytes(draft.customerKey),
});

// In an address: `own=private`, or `own=shared` and the fields that differ from the defaults.

export function readOwn(parameters: URLSearchParams): Draft | 'private' | 'malformed' | undefined {
  const own = parameters.get('own');
  if (own === null) return undefined;
  if (own === 'private') return 'private';
  const draft = Object.fromEntries(
    OWN_FIELDS.map((field) => [field, parameters.get(field) ?? DEFAULT_DRAFT[field]]),
  ) as unknown as Draft;
  const isSound = isShareable(draft) && Object.keys(problemsOf(draft)).length === 0;
  return own === 'shared' && isSound ? draft : 'malformed';
}

export function writeOwn(parameters: URLSearchParams, own: Draft | 'private'): void {
  if (own === 'private') {
    parameters.set('own', 'private');
    return;
  }
  parameters.set('own', 'shared');
  for (const field of OWN_FIELDS) {
    if (own[field] !== DEFAULT_DRAFT[field]) parameters.set(field, own[field]);
  }
}
