// Conditional requests. (RFC 9110 §13; API reference of GetObject, PutObject, CopyObject)
//   read   If-Match, If-Unmodified-Since → 412 when they do not hold; If-None-Match, If-Modified-Since → 304
//   write  If-None-Match: * → only when there is nothing yet; If-Match → only over that very object
//   copy   x-amz-copy-source-if-… → 412 in every case
// An ETag condition outweighs the date beside it.
import { dateOfHttp } from '../clock';
import { Refusal } from '../refusal';
import type { Headers } from '../types';
import { notImplemented } from './routes';

const failed = (condition: string): Refusal =>
  new Refusal(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    { Condition: condition },
  );

interface Version {
  readonly etag: string;
  readonly lastModified: string;
}

const bare = (etag: string): string => etag.trim().replace(/^W\//, '').replace(/^"|"$/g, '');

const names = (condition: string, etag: string): boolean =>
  condition.split(',').some((one) => one.trim() === '*' || bare(one) === bare(etag));

/** Whether it was modified after that date; undefined when the date is none. */
function modifiedSince(date: string | undefined, { lastModified }: Version): boolean | undefined {
  const then = dateOfHttp(date ?? '');
  const changed = dateOfHttp(lastModified);
  return then && changed ? changed.getTime() > then.getTime() : undefined;
}

/** The condition that does not hold, and whether it is one of "give me what is new". */
function broken(
  headers: Headers,
  prefix: string,
  version: Version,
): { condition: string; onlyNews: boolean } | undefined {
  const value = (name: string): string | undefined => headers[prefix + name.toLowerCase()];
  const match = value('If-Match');
  if (match !== undefined) {
    if (!names(match, version.etag)) return { condition: 'If-Match', onlyNews: false };
  } else if (modifiedSince(value('If-Unmodified-Since'), version) === true) {
    return { condition: 'If-Unmodified-Since', onlyNews: false };
  }
  const noneMatch = value('If-None-Match');
  if (noneMatch !== undefined) {
    if (names(noneMatch, version.etag)) return { condition: 'If-None-Match', onlyNews: true };
  } else if (modifiedSince(value('If-Modified-Since'), version) === false) {
    return { condition: 'If-Modified-Since', onlyNews: true };
  }
  return undefined;
}

/** Throws the 412; true when the answer is 304 Not Modified. */
export function notModified(headers: Headers, version: Version): boolean {
  const found = broken(headers, '', version);
  if (found && !found.onlyNews) throw failed(found.condition);
  return found !== undefined;
}

export function checkCopySource(headers: Headers, version: Version): void {
  const prefix = 'x-amz-copy-source-';
  const found = broken(headers, prefix, version);
  if (found) throw failed(`${prefix}${found.condition}`);
}

/** `etag` of what lies there now, if anything does. */
export function checkWrite(headers: Headers, etag: string | undefined, key: string): void {
  const noneMatch = headers['if-none-match'];
  const match = headers['if-match'];
  if (noneMatch !== undefined && noneMatch.trim() !== '*') throw notImplemented('If-None-Match');
  if (noneMatch !== undefined && etag !== undefined) throw failed('If-None-Match');
  if (match === undefined) return;
  if (etag === undefined)
    throw new Refusal(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });
  if (!names(match, etag)) throw failed('If-Match');
}
