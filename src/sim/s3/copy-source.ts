// The source of a copy: named in x-amz-copy-source, read and opened for the caller like any other object, with the
// customer key that the copy-source headers bring. (facts §1.1, §5.2)

import { ACCOUNT_ID } from '../names';
import { Refusal } from '../refusal';
import type { Bytes, Headers } from '../types';
import { percentDecoded } from './address';
import { checkCopySource } from './conditions';
import { type At, refuseOtherOwner, refuseVersion, type S3Context } from './context';
import { type Found, find, open } from './reading';

const HEADER = 'x-amz-copy-source';
const CUSTOMER = 'server-side-encryption-customer-';

const invalid = (message: string, value: string): Refusal =>
  new Refusal(400, 'InvalidArgument', message, { ArgumentName: HEADER, ArgumentValue: value });

/** `bucket/key` or `/bucket/key`, percent-encoded, with an optional `?versionId=`. */
export function sourceOf(headers: Headers): At {
  const value = headers[HEADER] ?? '';
  const [path = '', version] = value.split('?versionId=', 2);
  refuseVersion(version);
  const name = percentDecoded(path);
  const [, bucketName, key] = /^\/?([^/]+)\/(.+)$/s.exec(name ?? '') ?? [];
  if (bucketName === undefined || key === undefined)
    throw invalid(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      value,
    );
  return { bucketName, key };
}

/** The copy-source customer key under the names that a GET has for it. */
const readingHeaders = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(`${HEADER}-${CUSTOMER}`))
      .map(([name, value]) => [`x-amz-${name.slice(HEADER.length + 1)}`, value]),
  );

export interface Source extends Found {
  readonly at: At;
  /** In the clear. */
  readonly object: Bytes;
}

/** Finds and opens the source, or S3's refusal. */
export async function readSource(context: S3Context): Promise<Source> {
  const { headers } = context.request;
  refuseOtherOwner(headers, 'x-amz-source-expected-bucket-owner', ACCOUNT_ID);
  const at = sourceOf(headers);
  const found = await find(context, at, readingHeaders(headers), 'GET');
  const { metadata } = found;
  checkCopySource(headers, {
    etag: metadata.etag ?? '',
    lastModified: metadata['last-modified'] ?? '',
  });
  return { ...found, at, object: await open(found, context.desk) };
}
