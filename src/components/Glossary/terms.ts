// The terms that are explained, and where they stand in a text.
import { useMemo } from 'react';
import { useWords } from '../context';

/** In the order in which they build on each other. Names, meanings and written forms are in the catalogue `glossary`. */
export const TERMS = [
  ...['bucket', 'object', 'metadata', 'plaintext', 'ciphertext', 'tls'],
  ...['cse', 'sse', 'sse-s3', 'sse-kms', 'dsse-kms', 'sse-c', 'client library'],
  ...[
    'kms',
    'kms key',
    'key material',
    'customer managed key',
    'aws managed key',
    'hsm',
    'alias',
    'rotation',
  ],
  ...[
    'data key',
    'encrypted data key',
    'envelope',
    'wrap',
    'wrapping key',
    'root key',
    'bucket key',
  ],
  ...['context', 'policies', 'session', 'arn', 'cloudtrail'],
  ...['aes-gcm', 'iv', 'tag', 'aad', 'hmac', 'salt', 'kdf', 'hkdf', 'commitment', 'rsa'],
  ...['md5', 'checksum', 'base64', 'etag'],
] as const;

/** A piece of text; with a term, it is one of the term's written forms. */
export interface Piece {
  readonly text: string;
  readonly term?: string;
}

/** Finds terms by their written forms, `[term, 'form|another form']`; a form in the text may begin with a capital. */
export function createFinder(forms: readonly (readonly [string, string])[]) {
  const terms = new Map(
    forms.flatMap(([term, written]) => written.split('|').map((form) => [form, term] as const)),
  );
  const byLength = [...terms.keys()].sort((a, b) => b.length - a.length);
  const source = byLength.map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}:-])(?:${source})(?![\\p{L}\\p{N}-])`, 'giu');
  const termOf = (found: string): string | undefined =>
    terms.get(found) ?? terms.get(found.charAt(0).toLowerCase() + found.slice(1));

  /** The whole text in pieces; each term is marked where it occurs first. */
  return (text: string): Piece[] => {
    const pieces: Piece[] = [];
    const marked = new Set<string>();
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      const term = termOf(match[0]);
      if (!term || marked.has(term)) continue;
      marked.add(term);
      if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
      pieces.push({ text: match[0], term });
      end = match.index + match[0].length;
    }
    if (end < text.length) pieces.push({ text: text.slice(end) });
    return pieces;
  };
}

/** Stands in for the forms of a term that the catalogue gives none. */
const NO_FORMS = 'no forms';

/** The finder for the language of the page. A term without forms stands only in the glossary's own list. */
export function useFinder(): (text: string) => Piece[] {
  const words = useWords('glossary');
  return useMemo(
    () =>
      createFinder(
        TERMS.map((term) => [term, words([`term ${term} forms`, 'no forms'])] as const).filter(
          ([, forms]) => forms !== NO_FORMS,
        ),
      ),
    [words],
  );
}
