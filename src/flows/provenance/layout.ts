// A message as bytes in a row, and what lies where in them. This is our serialisation: the text form of HTTP/1.1. AWS
// sends the same over TLS, and inside AWS nobody outside knows the form; a call of the library is written the same way.
import {
  type Bytes,
  fromBase64,
  fromUtf8,
  type RequestStep,
  type ResponseStep,
  type Trace,
  toUtf8,
} from '../../sim';
import { type PartName, partsOf } from './blob-parts';
import { idOf } from './forms';

export type MessageStep = RequestStep | ResponseStep;

/** How a value is written where it stands. */
export const FORMS = ['raw', 'base64', 'hex', 'percent', 'escaped'] as const;
export type Form = (typeof FORMS)[number];

export const RANGE_NAMES = [
  'method',
  'path',
  'bucket',
  'object name',
  'query',
  'http version',
  'status',
  'reason',
  'separator',
  'line end',
  'header name',
  'header value',
  'host suffix',
  'markup',
  'field name',
  'field value',
  'chunk framing',
  'body',
] as const;
export type RangeName = (typeof RANGE_NAMES)[number];

export interface Range {
  readonly start: number;
  /** One past the last byte. */
  readonly end: number;
  readonly name: RangeName;
  /** The header or field it is the value of, in the message's own words; empty elsewhere. */
  readonly of: string;
  /** Inside a sealed thing: which part of it. */
  readonly part: PartName | undefined;
  readonly form: Form;
  /** The bytes that are meant: decoded, if they are written in another form. */
  readonly value: Bytes;
}

/** Bytes that are looked at in pieces, so that a large body need not be copied behind its head. */
export interface View {
  readonly length: number;
  subarray(start: number, end: number): Uint8Array;
}

export interface Layout {
  readonly view: View;
  readonly ranges: readonly Range[];
}

/** What HTTP calls the statuses that occur (RFC 9110). */
export const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const PROGRAM: readonly string[] = ['you', 'client'];
const isCall = ({ from, to }: MessageStep): boolean =>
  PROGRAM.includes(from) && PROGRAM.includes(to);

type Extra = Partial<Pick<Range, 'of' | 'part' | 'form' | 'value'>>;
type Put = (name: RangeName, bytes: Bytes | string, extra?: Extra) => void;

const OBJECT_BODIES: readonly string[] = [
  'PutObject',
  'GetObject',
  'UploadPart',
  'WriteObject',
  'ReadObject',
];
const isObject = (step: MessageStep): boolean =>
  OBJECT_BODIES.includes(step.operation) && (step.kind === 'request' || step.message.status < 300);

function startLine(step: MessageStep, put: Put): void {
  if (step.kind === 'response') {
    if (!isCall(step)) {
      put('http version', 'HTTP/1.1');
      put('separator', ' ');
    }
    put('status', String(step.message.status));
    const reason = REASONS[step.message.status];
    if (reason) {
      put('separator', ' ');
      put('reason', reason);
    }
  } else {
    put('method', step.message.method);
    put('separator', ' ');
    path(step, put);
    if (!isCall(step)) {
      put('separator', ' ');
      put('http version', 'HTTP/1.1');
    }
  }
  put('line end', '\r\n');
}

function unpercent(text: string): Extra {
  if (!text.includes('%')) return {};
  try {
    return { form: 'percent', value: fromUtf8(decodeURIComponent(text)) };
  } catch {
    return {};
  }
}

function path(step: RequestStep, put: Put): void {
  const { path: whole, headers } = step.message;
  const at = whole.indexOf('?');
  const [place, query] = at < 0 ? [whole, ''] : [whole.slice(0, at), whole.slice(at)];
  const virtual = headers.host?.includes('.s3.') ?? false;
  const named = (virtual || step.to === 'storage' || step.to === 's3') && !isCall(step);
  if (!named) put('path', place);
  else {
    const [first = '', ...rest] = place.slice(1).split('/');
    const key = virtual ? place.slice(1) : rest.join('/');
    put('separator', '/');
    if (!virtual) put('bucket', first, { of: 'Bucket', ...unpercent(first) });
    if (!virtual && rest.length > 0) put('separator', '/');
    put('object name', key, { of: 'Key', ...unpercent(key) });
  }
  put('query', query);
}

/** What stands under these names is a word or a name, whatever its letters could also spell. */
const WORDS = /type$|^(code|message|resource|host|key|keyid|bucket)$|-alg$|key-id$|request-?id$/i;
const isBase64 = (text: string, of: string): boolean =>
  text.length % 4 === 0 &&
  /^[A-Za-z0-9+/]+={0,2}$/.test(text) &&
  !WORDS.test(of) &&
  (text.endsWith('=') ||
    (text.length >= 16 &&
      (/-iv$/.test(of) || (/[0-9+]/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text)))));
const isHex = (text: string): boolean => text.length % 2 === 0 && /^[0-9a-f]{32,}$/.test(text);

/** A value in base64 or hex, in its parts if it is a sealed thing; a character with bits of two parts goes to the first. */
function decoded(trace: Trace, name: RangeName, text: string, of: string, put: Put): boolean {
  if (isHex(text)) {
    const value = Uint8Array.from(text.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
    put(name, text, { of, form: 'hex', value });
    return true;
  }
  if (!isBase64(text, of)) return false;
  let value: Bytes;
  try {
    value = fromBase64(text);
  } catch {
    return false;
  }
  const parts = partsOf(value, idOf(trace, value), false);
  if (parts.length === 0) put(name, text, { of, form: 'base64', value });
  const charAt = (byte: number): number =>
    byte === value.length ? text.length : Math.ceil((byte * 4) / 3);
  for (const part of parts)
    put(name, text.slice(charAt(part.start), charAt(part.end)), {
      of,
      part: part.name,
      form: 'base64',
      value: value.slice(part.start, part.end),
    });
  return true;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:\s]+/g;

/** JSON in its fields. False, and nothing put, when the text is none. */
function json(trace: Trace, text: string, put: Put): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
  } catch {
    return false;
  }
  let of = '';
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (/^[{}[\],:\s]/.test(token)) put('markup', token);
    else if (!token.startsWith('"')) put('field value', token, { of });
    else {
      const inner = token.slice(1, -1);
      const isName = /^\s*:/.test(text.slice(index + token.length));
      put('markup', '"');
      if (isName) {
        of = JSON.parse(token);
        put('field name', inner, { of });
      } else if (!decoded(trace, 'field value', inner, of, put)) {
        const value = fromUtf8(JSON.parse(token));
        put('field value', inner, inner.includes('\\') ? { of, form: 'escaped', value } : { of });
      }
      put('markup', '"');
    }
  }
  return true;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

function xml(trace: Trace, text: string, put: Put): boolean {
  if (!/^<[?A-Z]/.test(text)) return false;
  let of = '';
  for (const [piece] of text.matchAll(/<[^>]*>|[^<]+/g)) {
    if (piece.startsWith('<') || piece.trim() === '') {
      put('markup', piece);
      of = /^<([\w:]+)/.exec(piece)?.[1] ?? of;
    } else if (!decoded(trace, 'field value', piece, of, put)) {
      const value = piece.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
      put(
        'field value',
        piece,
        value === piece ? { of } : { of, form: 'escaped', value: fromUtf8(value) },
      );
    }
  }
  return true;
}

function header(trace: Trace, of: string, text: string, put: Put): void {
  const bucket = of === 'host' ? /^(.+?)(\.s3\..*)$/.exec(text) : undefined;
  const quoted = /^"(.*)"$/.exec(text)?.[1];
  if (bucket) {
    put('bucket', bucket[1] as string, { of: 'Bucket' });
    put('host suffix', bucket[2] as string, { of });
  } else if (quoted !== undefined) {
    put('markup', '"');
    if (!decoded(trace, 'header value', quoted, of, put)) put('header value', quoted, { of });
    put('markup', '"');
  } else if (!json(trace, text, put) && !decoded(trace, 'header value', text, of, put))
    put('header value', text, { of });
}

/** `size;chunk-signature=…\r\n data \r\n`: the frame that an SDK puts around a body that it streams. */
function chunked(body: Bytes, put: Put): boolean {
  let at = 0;
  const pieces: [RangeName, Bytes][] = [];
  while (at < body.length) {
    const end = body.indexOf(10, at);
    const line = end < 0 || end - at > 200 ? '' : toUtf8(body.subarray(at, end));
    const size = /^([0-9a-f]+)(?:;[^\r]*)?\r$/i.exec(line)?.[1];
    if (size === undefined) return false;
    const from = end + 1;
    const to = from + Number.parseInt(size, 16);
    pieces.push(['chunk framing', body.slice(at, from)], ['body', body.slice(from, to)]);
    // After the last chunk only trailers follow.
    const next = to === from ? body.length : to + 2;
    if (next > body.length) return false;
    pieces.push(['chunk framing', body.slice(to, next)]);
    at = next;
  }
  for (const [name, bytes] of pieces) put(name, bytes);
  return true;
}

function bodyOf(trace: Trace, step: MessageStep, put: Put): void {
  const { body, headers } = step.message;
  const framed = headers['content-encoding']?.includes('aws-chunked') ?? false;
  if (framed && chunked(body, put)) return;
  if (!isObject(step)) {
    const text = toUtf8(body);
    if (json(trace, text, put) || xml(trace, text, put)) return;
  }
  const parts = partsOf(body, idOf(trace, body), false);
  if (parts.length === 0) put('body', body);
  for (const { name, start, end } of parts) put('body', body.subarray(start, end), { part: name });
}

function viewOver(head: Bytes, body: Bytes): View {
  return {
    length: head.length + body.length,
    subarray(start, end) {
      const inHead = head.subarray(start, end);
      if (end <= head.length) return inHead;
      const inBody = body.subarray(Math.max(0, start - head.length), end - head.length);
      return inHead.length === 0 ? inBody : Uint8Array.from([...inHead, ...inBody]);
    },
  };
}

function laidOut(trace: Trace, step: MessageStep): Layout {
  const ranges: Range[] = [];
  const said: string[] = [];
  let at = 0;
  let inHead = true;
  const put: Put = (name, written, extra = {}) => {
    if (written.length === 0) return;
    const bytes = typeof written === 'string' ? fromUtf8(written) : written;
    if (inHead) said.push(written as string);
    const plain = { of: '', part: undefined, form: 'raw', value: bytes } as const;
    ranges.push({ start: at, end: at + bytes.length, name, ...plain, ...extra });
    at += bytes.length;
  };
  startLine(step, put);
  for (const [name, value] of Object.entries(step.message.headers)) {
    put('header name', name);
    put('separator', ': ');
    header(trace, name, value, put);
    put('line end', '\r\n');
  }
  put('line end', '\r\n');
  inHead = false;
  bodyOf(trace, step, put);
  return { view: viewOver(fromUtf8(said.join('')), step.message.body), ranges };
}

const layouts = new WeakMap<MessageStep, Layout>();

/** Laid out once, when it is first looked at. */
export function layoutOf(trace: Trace, step: MessageStep): Layout {
  const known = layouts.get(step);
  if (known) return known;
  const layout = laidOut(trace, step);
  layouts.set(step, layout);
  return layout;
}
