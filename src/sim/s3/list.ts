// Listing buckets and their keys, from S3's own books: no object is read. LIST shows size and ETag, and no encryption.
// (facts §1.1; order, paging and elements: API reference of ListObjectsV2)
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '../crypto/bytes';
import { encodeKey } from '../http';
import { REGION } from '../names';
import { Refusal } from '../refusal';
import type { Operation } from '../types';
import type { Query } from './address';
import type { Bucket } from './buckets';
import type { S3Context, S3Handler } from './context';
import { byUtf8 } from './key-index';
import { type Cursor, type Page, pageOf } from './pages';
import { answer } from './responses';
import { NAMESPACE, XML, xml } from './xml';

const MAX_KEYS = 1000;
/** The account's canonical id: 64 hex digits, made up. */
export const OWNER = { ID: 'c1'.repeat(32) };

/** A whole number in the query, at most `most`. */
export function countIn(query: Query, name: string, most = MAX_KEYS): number {
  const text = query.get(name);
  if (text === undefined || text === '') return most;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : undefined;
  if (number === undefined || number > 0x7fffffff)
    throw new Refusal(
      400,
      'InvalidArgument',
      `Provided ${name} not an integer or within integer range`,
      { ArgumentName: name, ArgumentValue: text },
    );
  return Math.min(number, most);
}

/** How names are written in the answer: as they are, or percent-encoded with `+` for a space. */
export function namesIn(query: Query): (name: string) => string {
  const encoding = query.get('encoding-type');
  if (encoding === undefined || encoding === '') return (name) => name;
  if (encoding !== 'url')
    throw new Refusal(400, 'InvalidArgument', 'Invalid Encoding Method specified in Request', {
      ArgumentName: 'encoding-type',
      ArgumentValue: encoding,
    });
  return (name) => encodeKey(name).replaceAll('%20', '+');
}

const tokenOf = ({ text, isPrefix }: Cursor): string =>
  toBase64(fromUtf8(`${isPrefix ? 'p' : 'k'}${text}`));

function cursorOf(token: string | undefined): Cursor | undefined {
  if (token === undefined) return undefined;
  const refusal = new Refusal(
    400,
    'InvalidArgument',
    'The continuation token provided is incorrect',
    { ArgumentName: 'continuation-token' },
  );
  let text: string;
  try {
    text = toUtf8(fromBase64(token));
  } catch {
    throw refusal;
  }
  if (!/^[pk]./su.test(text)) throw refusal;
  return { text: text.slice(1), isPrefix: text.startsWith('p') };
}

const startAfter = (text: string | undefined): Cursor | undefined =>
  text === undefined || text === '' ? undefined : { text, isPrefix: false };

const present = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

function contents(
  { objects }: Bucket,
  { names, commonPrefixes }: Page,
  write: (name: string) => string,
  withOwner: boolean,
): object {
  return {
    Contents: names.flatMap((key) => {
      const entry = objects.get(key);
      if (!entry) return [];
      const { checksum } = entry;
      return [
        {
          Key: write(key),
          LastModified: isoSeconds(entry.lastModified),
          ETag: entry.etag,
          ...(checksum
            ? { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }
            : {}),
          Size: String(entry.size),
          ...(withOwner ? { Owner: OWNER } : {}),
          StorageClass: 'STANDARD',
        },
      ];
    }),
    CommonPrefixes: commonPrefixes.map((prefix) => ({ Prefix: write(prefix) })),
  };
}

/** ISO 8601 with the milliseconds at zero: S3 keeps whole seconds. */
export const isoSeconds = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, '.000Z');

async function listed(context: S3Context, after: (query: Query) => Cursor | undefined) {
  await context.authorise('s3:ListBucket');
  const bucket = context.bucket();
  const { query } = context;
  const size = countIn(query, 'max-keys');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const request = { prefix, delimiter, after: after(query), size };
  const page = pageOf(bucket.objects.keys(), request, byUtf8);
  return { bucket, query, size, prefix, delimiter, page, write: namesIn(query) };
}

const listObjectsV2: S3Handler = async (context) => {
  if (context.query.get('list-type') !== '2')
    throw new Refusal(400, 'InvalidArgument', 'Invalid List Type specified in Request', {
      ArgumentName: 'list-type',
      ArgumentValue: context.query.get('list-type') ?? '',
    });
  const { bucket, query, size, prefix, delimiter, page, write } = await listed(
    context,
    (q) => cursorOf(q.get('continuation-token')) ?? startAfter(q.get('start-after')),
  );
  const { names, commonPrefixes, next } = page;
  const body = xml({
    ListBucketResult: {
      ...NAMESPACE,
      Name: bucket.name,
      Prefix: write(prefix),
      ...present({
        StartAfter: startAfter(query.get('start-after')) && write(query.get('start-after') ?? ''),
        ContinuationToken: query.get('continuation-token'),
        NextContinuationToken: next && tokenOf(next),
      }),
      KeyCount: String(names.length + commonPrefixes.length),
      MaxKeys: String(size),
      ...present({
        Delimiter: delimiter === '' ? undefined : write(delimiter),
        EncodingType: query.get('encoding-type'),
      }),
      IsTruncated: String(next !== undefined),
      ...contents(bucket, page, write, query.get('fetch-owner') === 'true'),
    },
  });
  return answer(context.desk, 200, XML, body);
};

/** The first version: a marker instead of a token. With a delimiter a marker may be a common prefix. */
const listObjects: S3Handler = async (context) => {
  const { bucket, query, size, prefix, delimiter, page, write } = await listed(context, (q) => {
    const marker = startAfter(q.get('marker'));
    const ends = q.get('delimiter');
    return marker && { ...marker, isPrefix: !!ends && marker.text.endsWith(ends) };
  });
  const { next } = page;
  const body = xml({
    ListBucketResult: {
      ...NAMESPACE,
      Name: bucket.name,
      Prefix: write(prefix),
      Marker: write(query.get('marker') ?? ''),
      ...present({ NextMarker: next && delimiter !== '' ? write(next.text) : undefined }),
      MaxKeys: String(size),
      ...present({
        Delimiter: delimiter === '' ? undefined : write(delimiter),
        EncodingType: query.get('encoding-type'),
      }),
      IsTruncated: String(next !== undefined),
      ...contents(bucket, page, write, true),
    },
  });
  return answer(context.desk, 200, XML, body);
};

const listBuckets: S3Handler = async (context) => {
  await context.authorise('s3:ListAllMyBuckets');
  const { query, buckets } = context;
  const prefix = query.get('prefix') ?? '';
  const size = countIn(query, 'max-buckets', 10_000);
  const after = cursorOf(query.get('continuation-token'));
  const names = [...buckets.keys()].sort(byUtf8);
  const page = pageOf(names, { prefix, delimiter: '', after, size }, byUtf8);
  const body = xml({
    ListAllMyBucketsResult: {
      ...NAMESPACE,
      Owner: OWNER,
      Buckets: {
        Bucket: page.names.map((name) => ({
          Name: name,
          CreationDate: isoSeconds((buckets.get(name) as Bucket).created),
          BucketRegion: REGION,
        })),
      },
      ...present({
        Prefix: query.get('prefix'),
        ContinuationToken: page.next && tokenOf(page.next),
      }),
    },
  });
  return answer(context.desk, 200, XML, body);
};

export const listOperations = {
  ListBuckets: listBuckets,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
} as const satisfies Partial<Record<Operation, S3Handler>>;
