// Where JSON ends to be JSON.
import { type ParseError, parse } from 'jsonc-parser';

/** Undefined when it is JSON throughout. Counted from 1. */
export function brokenAt(
  text: string,
): { readonly line: number; readonly column: number } | undefined {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (!first) return undefined;
  const lines = text.slice(0, first.offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
