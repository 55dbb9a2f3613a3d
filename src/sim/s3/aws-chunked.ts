// aws-chunked bodies: how SDKs stream an upload whose checksum they know only at the end. (SigV4 streaming, S3 API)
//   <size in hex>[;chunk-signature=…]\r\n <bytes>\r\n … 0[;chunk-signature=…]\r\n [trailer: value\r\n …] \r\n
// Taken apart here into the body that was meant and the trailers, which count like headers. Signatures
// are checked at S3's door, where they are checked at all (../signature-v4/chunks.ts).
import { concat, EMPTY, toUtf8 } from '../crypto/bytes';
import { Refusal } from '../refusal';
import type { Bytes, HttpRequest } from '../types';

const incomplete = (message = 'The request body terminated unexpectedly'): Refusal =>
  new Refusal(400, 'IncompleteBody', message);

const malformedTrailer = (): Refusal =>
  new Refusal(
    400,
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  );

/** Whether the body is framed in chunks. */
const isChunked = ({ headers }: HttpRequest): boolean =>
  (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ||
  encodings(headers['content-encoding']).includes('aws-chunked');

const encodings = (value = ''): string[] =>
  value.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));

/** The request with the body as the client meant it; the same request when it is not framed. */
export function unchunked(request: HttpRequest): HttpRequest {
  if (!isChunked(request)) return request;
  const { headers } = request;
  const announced = headers['x-amz-decoded-content-length'];
  if (announced === undefined)
    throw new Refusal(
      411,
      'MissingContentLength',
      'You must provide the Content-Length HTTP header.',
    );
  const { chunks, rest } = readChunks(request.body);
  const body = concat(...chunks.map((chunk) => chunk.bytes));
  if (String(body.length) !== announced)
    throw incomplete(
      'You did not provide the number of bytes specified by the Content-Length HTTP header',
    );
  const trailers = readTrailers(rest, encodings(headers['x-amz-trailer']));
  const { 'content-encoding': encoding, ...others } = headers;
  const kept = encodings(encoding).filter((one) => one !== 'aws-chunked');
  const contentEncoding = kept.length > 0 ? { 'content-encoding': kept.join(',') } : {};
  return { ...request, headers: { ...others, ...contentEncoding, ...trailers }, body };
}

const CR = 13;
const LF = 10;

export interface Chunk {
  readonly bytes: Bytes;
  readonly signature: string | undefined;
}

/** The chunks, the empty last one among them, and the text after it. */
export function readChunks(framed: Bytes): { chunks: readonly Chunk[]; rest: string } {
  const chunks: Chunk[] = [];
  let at = 0;
  for (;;) {
    const end = framed.indexOf(CR, at);
    if (end < 0 || framed[end + 1] !== LF) throw incomplete();
    const [, size, signature] =
      /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]*)|;.*)?$/.exec(
        toUtf8(framed.subarray(at, end)),
      ) ?? [];
    if (size === undefined) throw incomplete();
    const length = Number.parseInt(size, 16);
    at = end + 2;
    if (length === 0) {
      chunks.push({ bytes: EMPTY, signature });
      return { chunks, rest: toUtf8(framed.subarray(at)) };
    }
    const after = at + length;
    if (framed[after] !== CR || framed[after + 1] !== LF) throw incomplete();
    chunks.push({ bytes: framed.subarray(at, after), signature });
    at = after + 2;
  }
}

export const TRAILER_SIGNATURE = 'x-amz-trailer-signature';

/** Names in lower case, and values; the signature among them. */
export const trailerLines = (text: string): (readonly [name: string, value: string])[] =>
  text.split(/\r?\n/).flatMap((line) => {
    if (line === '') return [];
    const [, name, value] = /^([!#-'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw malformedTrailer();
    return [[name.toLowerCase(), value] as const];
  });

function readTrailers(text: string, announced: readonly string[]): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const [name, value] of trailerLines(text))
    if (name !== TRAILER_SIGNATURE) trailers[name] = value;
  const wanted = announced.map((name) => name.toLowerCase());
  const given = Object.keys(trailers);
  if (wanted.some((name) => !given.includes(name)) || given.some((name) => !wanted.includes(name)))
    throw malformedTrailer();
  return trailers;
}
