// Which bytes of an object a GET or HEAD asks for. (RFC 9110 §14; partNumber: API reference of GetObject)
//   A Range that S3 does not understand, or several at once, means the whole object. One that begins past the end is a 416.
import { Refusal } from '../refusal';
import type { Query } from './address';
import type { IndexEntry } from './key-index';

/** First byte and one past the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const unsatisfiable = (range: string, size: number): Refusal =>
  new Refusal(416, 'InvalidRange', 'The requested range is not satisfiable', {
    RangeRequested: range,
    ActualObjectSize: String(size),
  });

/** The span that a Range header names in an object of `size` bytes; undefined for the whole object. */
export function spanOf(range: string | undefined, size: number): Span | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (range === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const suffix = Math.min(Number(last), size);
    if (suffix === 0) throw unsatisfiable(range, size);
    return { start: size - suffix, end: size };
  }
  const start = Number(first);
  const end = last === '' ? size : Number(last) + 1;
  if (end <= start && last !== '') return undefined;
  if (start >= size) throw unsatisfiable(range, size);
  return { start, end: Math.min(end, size) };
}

/** The span of part `partNumber`. An object that came in one piece is its own part 1. */
export function spanOfPart(
  query: Query,
  range: string | undefined,
  size: number,
  parts: IndexEntry['parts'],
): Span | undefined {
  const wanted = query.get('partNumber');
  if (wanted === undefined) return undefined;
  if (range !== undefined)
    throw new Refusal(
      400,
      'InvalidRequest',
      'Cannot specify both Range header and partNumber query parameter',
    );
  const partNumber = partNumberOf(wanted);
  const sizes = parts?.map((part) => part.size) ?? [size];
  const length = sizes[partNumber - 1];
  if (length === undefined)
    throw new Refusal(416, 'InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      PartNumberRequested: wanted,
      ActualPartCount: String(sizes.length),
    });
  const start = sizes.slice(0, partNumber - 1).reduce((sum, n) => sum + n, 0);
  return size === 0 ? undefined : { start, end: start + length };
}

/** 1 to 10,000. */
export function partNumberOf(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > 10_000)
    throw new Refusal(
      400,
      'InvalidArgument',
      'Part number must be an integer between 1 and 10000, inclusive',
      { ArgumentName: 'partNumber', ArgumentValue: text },
    );
  return number;
}
