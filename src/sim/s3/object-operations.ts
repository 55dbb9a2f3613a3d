// S3 operations on one object. PUT: authorise, check the body, choose the encryption, seal, write. GET: authorise, read,
// admit, open, and of that the part that was asked for. (facts §1)

import { definedHeaders, request } from '../http';
import { PRINCIPAL } from '../names';
import { Refusal } from '../refusal';
import type { Headers, Operation } from '../types';
import type { Query } from './address';
import { unchunked } from './aws-chunked';
import { checksumHeaders, checkUpload, computedChecksum, DEFAULT_ALGORITHM } from './checksums';
import { checkWrite, notModified } from './conditions';
import { refuseVersion, type S3Context, type S3Handler } from './context';
import { type Span, spanOf, spanOfPart } from './ranges';
import { diskPath, type Found, find, open, openChecksum, refuseChoice } from './reading';
import { answer } from './responses';
import { aboutOf, choose, contentHeaders, store, userMetadata } from './storing';

const putObject: S3Handler = async (context) => {
  const { desk, key } = context;
  await context.authorise('s3:PutObject');
  const bucket = context.bucket();
  const { headers, body } = unchunked(context.request);
  checkWrite(headers, bucket.objects.get(key)?.etag, key);
  const about = aboutOf(headers);
  const sent = await checkUpload(desk, headers, body);
  const choice = await choose(desk, headers, bucket);
  const checksum = sent ?? (await computedChecksum(DEFAULT_ALGORITHM, body));
  const { etag, described } = await store(context, body, { choice, about, checksum }, headers);
  return answer(desk, 200, { etag, ...described, ...checksumHeaders(checksum) });
};

/** Query parameters that replace a header of the answer. */
const OVERRIDES = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
] as const;

function overrides(query: Query, principal: string | undefined): Headers {
  const wanted = definedHeaders(
    Object.fromEntries(OVERRIDES.map((name) => [name, query.get(`response-${name}`)])),
  );
  if (principal === undefined && Object.keys(wanted).length > 0)
    throw new Refusal(
      400,
      'InvalidRequest',
      'Request specific response headers cannot be used for anonymous GET requests.',
    );
  return wanted;
}

function headersOf(found: Found, span: Span | undefined, part: boolean): Headers {
  const { metadata, scheme, size, entry } = found;
  return definedHeaders({
    'content-length': String(span ? span.end - span.start : size),
    'content-type': metadata['content-type'],
    etag: metadata.etag,
    'last-modified': metadata['last-modified'],
    ...scheme.describe(metadata, found.headers),
    ...contentHeaders(metadata),
    ...userMetadata(metadata),
    ...(span ? { 'content-range': `bytes ${span.start}-${span.end - 1}/${size}` } : {}),
    ...(part && entry?.parts ? { 'x-amz-mp-parts-count': String(entry.parts.length) } : {}),
  });
}

/** GET and HEAD alike, but for the body. */
async function read(context: S3Context, method: 'GET' | 'HEAD') {
  const { desk, query } = context;
  const { headers } = context.request;
  refuseChoice(headers);
  const replaced = overrides(query, headers[PRINCIPAL]);
  refuseVersion(query.get('versionId'));
  const found = await find(context, context, headers, method);
  const { metadata, entry, size } = found;
  const version = { etag: metadata.etag ?? '', lastModified: metadata['last-modified'] ?? '' };
  if (notModified(headers, version))
    return answer(desk, 304, { etag: version.etag, 'last-modified': version.lastModified });
  const part = spanOfPart(query, headers.range, size, entry?.parts);
  const span = part ?? spanOf(headers.range, size);
  const withChecksum = headers['x-amz-checksum-mode'] === 'ENABLED';
  const object = method === 'GET' ? await open(found, desk) : undefined;
  if (withChecksum && !object) await openChecksum(found, desk);
  return answer(
    desk,
    span ? 206 : 200,
    {
      ...headersOf(found, span, part !== undefined),
      ...(withChecksum ? checksumToShow(found, span, query.get('partNumber')) : {}),
      ...replaced,
    },
    span ? object?.slice(span.start, span.end) : object,
  );
}

/** The whole object's, or the part's own where the object's is made of those; a range of another kind has none. */
function checksumToShow(
  { entry }: Found,
  span: Span | undefined,
  partNumber: string | undefined,
): Headers {
  if (!span) return checksumHeaders(entry?.checksum);
  if (partNumber === undefined) return {};
  if (!entry?.parts) return checksumHeaders(entry?.checksum);
  if (entry.checksum?.type !== 'COMPOSITE') return {};
  const checksum = entry.parts[Number(partNumber) - 1]?.checksum;
  return checksumHeaders(checksum && { ...checksum, type: 'COMPOSITE' });
}

const deleteObject: S3Handler = async (context) => {
  await context.authorise('s3:DeleteObject');
  const bucket = context.bucket();
  refuseVersion(context.query.get('versionId'));
  await context.desk.send('storage', 'EraseObject', request('DELETE', diskPath(context)));
  bucket.objects.delete(context.key);
  return answer(context.desk, 204);
};

export const objectOperations = {
  PutObject: putObject,
  GetObject: (context) => read(context, 'GET'),
  HeadObject: (context) => read(context, 'HEAD'),
  DeleteObject: deleteObject,
} as const satisfies Partial<Record<Operation, S3Handler>>;
