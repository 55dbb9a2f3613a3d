// Where a request to S3 leads. Bucket and key are in the host and the path, the sub-resource in the query:
//   virtual-hosted   <bucket>.s3.<region>.amazonaws.com  /<key>?…        also <bucket>.localhost
//   path-style       any other host                      /<bucket>/<key>?…
// Percent-encoding is undone once; a key may hold any character of UTF-8, slashes and dots as they come.
import { REGION } from '../names';
import type { HttpRequest } from '../types';

/** Query parameters by name; the first of several of one name counts. */
export type Query = ReadonlyMap<string, string>;

export interface Address {
  /** Empty: the service itself. */
  readonly bucketName: string;
  /** Empty: the bucket. Undefined: the path is not percent-encoded UTF-8. */
  readonly key: string | undefined;
  readonly query: Query;
}

/** Host of a bucket's address. */
export const bucketHost = (bucket: string): string => `${bucket}.s3.${REGION}.amazonaws.com`;

const VIRTUAL_HOST =
  /^(.+)\.(?:s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com|(?:s3\.)?localhost)$/;

export function readAddress({ path, headers }: Pick<HttpRequest, 'path' | 'headers'>): Address {
  const [pathname = '/', search = ''] = path.split(/\?(.*)/s, 2);
  const query = readQuery(search);
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const rest = pathname.slice(1);
  const virtual = VIRTUAL_HOST.exec(host)?.[1];
  if (virtual !== undefined) return { bucketName: virtual, key: percentDecoded(rest), query };
  const slash = rest.indexOf('/');
  const bucketName = percentDecoded(slash < 0 ? rest : rest.slice(0, slash));
  const key = slash < 0 ? '' : percentDecoded(rest.slice(slash + 1));
  return bucketName === undefined
    ? { bucketName: '', key: undefined, query }
    : { bucketName, key, query };
}

function readQuery(search: string): Query {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search))
    if (!query.has(name)) query.set(name, value);
  return query;
}

/** The text, or undefined when it is not percent-encoded UTF-8. */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
