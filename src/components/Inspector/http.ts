// A message as it is written on the wire, and which of its headers come first.
import { REASONS } from '../../flows';
import type { ActorId, Headers, RequestStep, ResponseStep } from '../../sim/types';
import { readText, toBase64 } from './bytes';

export type MessageStep = RequestStep | ResponseStep;
export type Leg = 'program' | 'yours' | 'services' | 'inside';

const INSIDE: readonly ActorId[] = ['s3-keys', 'hsm', 'storage'];
const YOURS: readonly ActorId[] = ['you', 'client'];

export function legOf({ from, to }: MessageStep): Leg {
  if (INSIDE.includes(from) || INSIDE.includes(to)) return 'inside';
  const mine = [from, to].filter((actor) => YOURS.includes(actor)).length;
  return mine === 2 ? 'program' : mine === 1 ? 'yours' : 'services';
}

/** A call of the library, written as a message, has no HTTP in it. */
export function startLine(step: MessageStep): string {
  const version = legOf(step) === 'program' ? '' : 'HTTP/1.1';
  const line =
    step.kind === 'request'
      ? [step.message.method, step.message.path, version]
      : [version, step.message.status, REASONS[step.message.status] ?? ''];
  return line.filter((part) => part !== '').join(' ');
}

/** In the order in which they teach; a capital letter begins an argument of a library call. */
const TEACHING = [
  /^(Bucket|Key)$/,
  /^[A-Z]/,
  /^host$/,
  /^x-amz-target$/,
  /^x-amz-server-side-encryption/,
  /^x-amz-meta-/,
  /^sse-/,
  /^etag$/,
  /^x-amz-checksum-crc32$/,
  /^exception$/,
  /^x-sealed-/,
];

interface Split {
  readonly first: readonly [string, string][];
  readonly rest: readonly [string, string][];
}

/** Teaching headers first, the others in their own order; alone, nothing is left out. */
export function splitHeaders(headers: Headers): Split {
  const rank = ([name]: [string, string]): number => TEACHING.findIndex((one) => one.test(name));
  const all = Object.entries(headers);
  const first = all.filter((one) => rank(one) >= 0).sort((a, b) => rank(a) - rank(b));
  const rest = all.filter((one) => rank(one) < 0);
  return first.length === 0 || rest.length === 1
    ? { first: [...first, ...rest], rest: [] }
    : { first, rest };
}

const COPIED_UP_TO = 1 << 20;

export interface CopyNotes {
  readonly asBase64: string;
  readonly tooLong: string;
}

/** The whole message as sent. A body that is no text follows in base64, and says so. */
export function asSent(step: MessageStep, notes: CopyNotes): string {
  const { headers, body } = step.message;
  const head = [startLine(step), ...Object.entries(headers).map(([n, v]) => `${n}: ${v}`)];
  if (body.length > COPIED_UP_TO) return [...head, '', notes.tooLong].join('\n');
  const text = readText(body);
  const rest = text === undefined ? `${notes.asBase64}\n${toBase64(body)}` : text;
  return [...head, '', rest].join('\n');
}

/** JSON indented for reading; undefined when the text is none. */
export function prettyJson(text: string): string | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

/** XML with a line for each element; undefined when the text does not say that it is XML. */
export function prettyXml(text: string): string | undefined {
  if (!text.startsWith('<?xml')) return undefined;
  let depth = 0;
  const lines = text.trim().replace(/>\s*</g, '>\n<').split('\n');
  return lines
    .map((line) => {
      if (line.startsWith('</')) depth--;
      const indented = `${'  '.repeat(Math.max(0, depth))}${line}`;
      if (/^<[^?!/]/.test(line) && !/\/>$|<\//.test(line)) depth++;
      return indented;
    })
    .join('\n');
}
