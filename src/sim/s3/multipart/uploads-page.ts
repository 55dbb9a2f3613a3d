// Cutting the uploads of a bucket into pages. Several uploads may be under way for one key, so a page ends at a key and an
// upload's id. (API reference of ListMultipartUploads)
import { byUtf8 } from '../key-index';
import type { Upload } from './uploads';

interface Asked {
  readonly prefix: string;
  /** Empty: nothing rolls up. */
  readonly delimiter: string;
  /** Empty: from the beginning. */
  readonly keyMarker: string;
  /** Empty: after all uploads for the marker's key. */
  readonly idMarker: string;
  readonly size: number;
}

interface UploadsPage {
  readonly uploads: readonly Upload[];
  readonly commonPrefixes: readonly string[];
  /** Where the next page begins; a common prefix has no id. Undefined when this page is the last. */
  readonly next: { readonly key: string; readonly id: string } | undefined;
}

/** What comes after the markers of `sorted`. */
function afterMarkers(
  sorted: readonly Upload[],
  { keyMarker, idMarker }: Asked,
): readonly Upload[] {
  if (keyMarker === '') return sorted;
  const last = sorted.findIndex(({ id, key }) => id === idMarker && key === keyMarker);
  if (last >= 0) return sorted.slice(last + 1);
  return sorted.filter(({ key }) => byUtf8(key, keyMarker) > 0);
}

/** `sorted` by key, and of one key the oldest first. */
export function pageOfUploads(sorted: readonly Upload[], asked: Asked): UploadsPage {
  const { prefix, delimiter, keyMarker, size } = asked;
  const uploads: Upload[] = [];
  const commonPrefixes: string[] = [];
  let last: UploadsPage['next'];
  for (const upload of afterMarkers(sorted, asked)) {
    const { key, id } = upload;
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const rolled = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    const isKnown = rolled === commonPrefixes.at(-1) || byUtf8(rolled ?? '', keyMarker) <= 0;
    if (rolled !== undefined && isKnown) continue;
    if (uploads.length + commonPrefixes.length === size)
      return { uploads, commonPrefixes, next: last };
    if (rolled === undefined) uploads.push(upload);
    else commonPrefixes.push(rolled);
    last = { key: rolled ?? key, id: rolled === undefined ? id : '' };
  }
  return { uploads, commonPrefixes, next: undefined };
}
