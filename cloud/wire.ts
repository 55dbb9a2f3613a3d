// Between HTTP as Node has it and the engine's plain records.
import { createHash } from 'node:crypto';
import type { Bytes, Headers, HttpRequest, HttpResponse } from '../src/sim';
import { fromUtf8, names } from '../src/sim';
import { isForKms } from './engine';

/** Where a request came in. */
export interface Line {
  /** Address of whoever sent it. */
  readonly from: string | undefined;
  /** TLS, or what counts as such. */
  readonly isSecure: boolean;
}

/** What only we may say of a request. */
const OWN_PREFIX = 'x-sealed-';

export function requestOf(
  method: string,
  path: string,
  rawHeaders: Iterable<readonly [name: string, value: string]>,
  body: Bytes,
  line: Line,
): HttpRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of rawHeaders) {
    const lower = name.toLowerCase();
    if (lower.startsWith(OWN_PREFIX)) continue;
    // RFC 9110 §5.3: several lines of one name are one list.
    const before = Object.hasOwn(headers, lower) ? `${headers[lower]},` : '';
    headers[lower] = before + value;
  }
  if (line.from !== undefined) headers[names.SOURCE_IP] = line.from;
  if (!line.isSecure) headers[names.PLAIN_HTTP] = 'true';
  return { method, path, headers, body };
}

/** A header's characters go out as bytes, one each; what does not fit is written as UTF-8, and controls as spaces. */
function headerValue(value: string): string {
  const fits = Array.from(value).every((char) => char <= '\u00ff');
  const bytes = fits ? value : latin1(fromUtf8(value));
  return Array.from(bytes, (char) => (char < ' ' || char === '\u007f' ? ' ' : char)).join('');
}

const latin1 = (bytes: Bytes): string => Array.from(bytes, (b) => String.fromCharCode(b)).join('');

const HAS_NO_BODY = [204, 304];

/** S3's second id of a request: 48 opaque bytes in base64 (what AWS makes it from is not published: modelled). */
const hostIdOf = (requestId: string): string =>
  createHash('sha384').update(requestId).digest('base64');

/** The headers of an answer on the wire. An answer to HEAD says how long the body would be, where it is known. */
export function headersOf(request: HttpRequest, { status, headers, body }: HttpResponse): Headers {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) out[name] = headerValue(value);
  if (HAS_NO_BODY.includes(status)) delete out['content-length'];
  else if (request.method !== 'HEAD') out['content-length'] = String(body.length);
  if (isForKms(request)) return { server: 'AWSKMS', ...out };
  const requestId = out['x-amz-request-id'];
  const hostId = requestId === undefined ? {} : { 'x-amz-id-2': hostIdOf(requestId) };
  return { server: 'AmazonS3', ...hostId, ...out };
}

/** An answer that the service gives before anybody in it looks at the request. */
export function atTheDoor(
  request: Pick<HttpRequest, 'headers' | 'method'>,
  status: number,
  code: string,
  message: string,
  extra: Readonly<Record<string, string>> = {},
): HttpResponse {
  if (isForKms(request)) {
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    return { status, headers, body: fromUtf8(JSON.stringify({ __type: code, message })) };
  }
  const elements = Object.entries({ Code: code, Message: message, ...extra });
  const xml = elements.map(([name, value]) => `<${name}>${value}</${name}>`).join('');
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml}</Error>`;
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: fromUtf8(request.method === 'HEAD' ? '' : body),
  };
}
