// Storing an object: choose its encryption, seal it, write it, note it in the index.
import { httpDate } from '../clock';
import { toHex } from '../crypto/bytes';
import { md5Hex } from '../crypto/checksums';
import { looked } from '../crypto/works';
import { definedHeaders, request } from '../http';
import { Refusal } from '../refusal';
import type { Bytes, Desk, Headers } from '../types';
import type { Bucket } from './buckets';
import type { Checksum } from './checksums';
import { type Choice, chooseEncryption } from './choose';
import { type At, placeOf, type S3Context, schemeNamed } from './context';
import { CONTENT_HEADERS, META_PREFIX } from './headers';
import type { PartEntry } from './key-index';
import { diskPath } from './reading';
import { AT_REST, type SealedObject } from './sse/scheme';
import { refusePlainHttp } from './transport';

const MAX_USER_METADATA_BYTES = 2048;

export const userMetadata = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith(META_PREFIX)));

export const contentHeaders = (headers: Headers): Headers =>
  definedHeaders(Object.fromEntries(CONTENT_HEADERS.map((name) => [name, headers[name]])));

/** What a client says about an object, as it is kept with it. */
export function aboutOf(headers: Headers): Headers {
  const user = userMetadata(headers);
  const size = Object.entries(user).reduce(
    (sum, [name, value]) => sum + name.length - META_PREFIX.length + value.length,
    0,
  );
  if (size > MAX_USER_METADATA_BYTES)
    throw new Refusal(
      400,
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size',
      { Size: String(size), MaxSizeAllowed: String(MAX_USER_METADATA_BYTES) },
    );
  return {
    'content-type': headers['content-type'] ?? 'binary/octet-stream',
    ...contentHeaders(headers),
    ...user,
  };
}

export async function choose(desk: Desk, headers: Headers, bucket: Bucket): Promise<Choice> {
  const choice = chooseEncryption(headers, bucket);
  refusePlainHttp(headers, choice.scheme);
  await desk.does(
    'chooses',
    'encryption',
    looked('request header, else bucket default', { scheme: choice.scheme, asked: choice.asked }),
  );
  return choice;
}

/** MD5 of the object for SSE-S3; for the other schemes AWS says only that it is not that: random here (modelled). */
export const newEtag = (desk: Desk, scheme: Choice['scheme'], object: Bytes): string =>
  `"${scheme === 'AES256' ? md5Hex(object) : toHex(desk.random(16))}"`;

export interface Draft {
  readonly size: number;
  readonly scheme: Choice['scheme'];
  readonly sealed: SealedObject;
  readonly etag: string;
  readonly about: Headers;
  readonly checksum: Checksum;
  readonly parts?: readonly PartEntry[];
}

export interface Written {
  readonly etag: string;
  readonly lastModified: Date;
  /** As it lies at rest. */
  readonly metadata: Headers;
}

export async function write(context: S3Context, at: At, draft: Draft): Promise<Written> {
  const { desk } = context;
  const { etag, scheme, sealed, size, checksum, parts } = draft;
  const now = desk.now();
  const metadata = definedHeaders({
    [AT_REST.scheme]: scheme,
    ...sealed.atRest,
    [AT_REST.length]: String(size),
    etag,
    'last-modified': httpDate(now),
    ...draft.about,
  });
  await desk.send('storage', 'WriteObject', request('PUT', diskPath(at), metadata, sealed.body));
  const entry = { size, etag, lastModified: now, checksum, ...(parts ? { parts } : {}) };
  context.bucket(at.bucketName).objects.set(at.key, entry);
  return { etag, lastModified: now, metadata };
}

/** Seals `object` as chosen and writes it. `described`: how it is encrypted, for the answer. */
export async function store(
  context: S3Context,
  object: Bytes,
  draft: Pick<Draft, 'about' | 'checksum'> & { readonly choice: Choice },
  headers: Headers,
): Promise<Written & { readonly described: Headers }> {
  const { desk } = context;
  const { choice, about, checksum } = draft;
  const etag = newEtag(desk, choice.scheme, object);
  const scheme = schemeNamed(context, choice.scheme);
  const sealed = await scheme.seal(object, choice, placeOf(context, context), desk);
  const size = object.length;
  const written = await write(context, context, {
    size,
    scheme: choice.scheme,
    sealed,
    etag,
    about,
    checksum,
  });
  return { ...written, described: scheme.describe(written.metadata, headers) };
}
