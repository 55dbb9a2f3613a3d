// Cutting a sorted list of names into pages: what LIST answers at a time. (API reference of ListObjectsV2)
//   1. Names that begin with the prefix and come after where the last page ended.
//   2. With a delimiter, all names that share what comes up to it roll up into one common prefix.
//   3. Names and common prefixes count alike towards the size of the page.

export interface PageRequest {
  readonly prefix: string;
  /** Empty: nothing rolls up. */
  readonly delimiter: string;
  readonly after: Cursor | undefined;
  readonly size: number;
}

/** The last thing of a page: a name, or a common prefix and with it all names under it. */
export interface Cursor {
  readonly text: string;
  readonly isPrefix: boolean;
}

export interface Page {
  readonly names: readonly string[];
  readonly commonPrefixes: readonly string[];
  /** Undefined when this page is the last. */
  readonly next: Cursor | undefined;
}

/** `sorted` in the order that `compare` gives. */
export function pageOf(
  sorted: readonly string[],
  { prefix, delimiter, after, size }: PageRequest,
  compare: (a: string, b: string) => number,
): Page {
  const names: string[] = [];
  const commonPrefixes: string[] = [];
  let last: Cursor | undefined;
  for (let i = firstAfter(sorted, after, prefix, compare); i < sorted.length; i++) {
    const name = sorted[i] as string;
    if (!name.startsWith(prefix)) {
      if (compare(name, prefix) > 0) break;
      continue;
    }
    if (after?.isPrefix && name.startsWith(after.text)) continue;
    const cut = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
    const rolled = cut < 0 ? undefined : name.slice(0, cut + delimiter.length);
    if (rolled !== undefined && rolled === commonPrefixes.at(-1)) continue;
    if (names.length + commonPrefixes.length === size)
      return { names, commonPrefixes, next: size === 0 ? undefined : last };
    if (rolled === undefined) names.push(name);
    else commonPrefixes.push(rolled);
    last = { text: rolled ?? name, isPrefix: rolled !== undefined };
  }
  return { names, commonPrefixes, next: undefined };
}

/** By halving: a page costs no more in a full bucket than in an empty one. */
function firstAfter(
  sorted: readonly string[],
  after: Cursor | undefined,
  prefix: string,
  compare: (a: string, b: string) => number,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const name = sorted[middle] as string;
    const isBefore = (after && compare(name, after.text) <= 0) || compare(name, prefix) < 0;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}
