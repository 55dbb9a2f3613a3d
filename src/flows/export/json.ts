// JSON in pieces: the bytes of a large object would not fit in one string.
import { type Bytes, type NamedBytes, toBase64, toHex } from '../../sim';

export type Pieces = Iterable<string>;

/** Bytes at a time; a multiple of 3, so that pieces of base64 join without padding between them. */
const PART = 3 << 16;

/** Stands in a document for bytes, and is written as their hex or base64. */
export class Encoded {
  readonly bytes: Bytes;
  readonly encoding: 'hex' | 'base64';

  constructor(bytes: Bytes, encoding: 'hex' | 'base64') {
    this.bytes = bytes;
    this.encoding = encoding;
  }

  *pieces(): Pieces {
    const write = this.encoding === 'hex' ? toHex : toBase64;
    for (let at = 0; at < this.bytes.length; at += PART)
      yield write(this.bytes.subarray(at, at + PART));
  }
}

const isList = (value: object): value is Iterable<unknown> => Symbol.iterator in value;

/** JSON as `JSON.stringify(value, undefined, 2)` writes it. Any iterable is a list; nothing is undefined. */
export function* json(value: unknown, indent = ''): Pieces {
  if (value instanceof Encoded) {
    yield '"';
    yield* value.pieces();
    yield '"';
    return;
  }
  if (typeof value !== 'object' || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const list = isList(value);
  const inner = `${indent}  `;
  let empty = true;
  for (const entry of list ? value : Object.entries(value)) {
    yield `${empty ? (list ? '[' : '{') : ','}\n${inner}`;
    empty = false;
    if (list) yield* json(entry, inner);
    else {
      const [name, field] = entry as [string, unknown];
      yield `${JSON.stringify(name)}: `;
      yield* json(field, inner);
    }
  }
  if (empty) yield list ? '[]' : '{}';
  else yield `\n${indent}${list ? ']' : '}'}`;
}

export const hexed = (bytes: NamedBytes): Record<string, Encoded> =>
  Object.fromEntries(
    Object.entries(bytes).map(([name, value]) => [name, new Encoded(value, 'hex')]),
  );
