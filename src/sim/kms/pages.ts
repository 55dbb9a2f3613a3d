// Lists in pages: at most `Limit` items; `NextMarker` of one answer is `Marker` of the next request. A marker is opaque
// to callers; ours names the last item that was given (modelled).
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '../crypto/bytes';
import { Refusal } from '../refusal';
import type { KmsCall } from './authorise';
import { integer, optionalText } from './parameters';

export interface PageLimits {
  readonly usual: number;
  readonly max: number;
}

export function page<T>(
  call: KmsCall,
  member: string,
  items: readonly T[],
  idOf: (item: T) => string,
  { usual, max }: PageLimits,
): Record<string, unknown> {
  const limit = integer(call, 'Limit', usual, 1, max);
  const marker = optionalText(call, 'Marker');
  const start = marker === undefined ? 0 : after(marker, items.map(idOf));
  const part = items.slice(start, start + limit);
  const last = part.at(-1);
  return start + limit < items.length && last !== undefined
    ? { [member]: part, NextMarker: toBase64(fromUtf8(idOf(last))), Truncated: true }
    : { [member]: part, Truncated: false };
}

function after(marker: string, ids: readonly string[]): number {
  let at = -1;
  try {
    at = ids.indexOf(toUtf8(fromBase64(marker)));
  } catch {
    // not one of ours
  }
  if (at < 0) throw new Refusal(400, 'InvalidMarkerException', '');
  return at + 1;
}
