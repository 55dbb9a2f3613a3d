// The hex grid as numbers: rows, offsets, which rows are in sight. However long the bytes, only those in sight are drawn.
export const ROW_HEIGHT = 22;
export const ROWS_IN_SIGHT = 16;
/** Browsers cut taller boxes; beyond it a scrolled pixel stands for more than one. */
export const TALLEST = 8_000_000;

export const rowsOf = (length: number, perRow: number): number => Math.ceil(length / perRow);

/** Digits of the largest offset, an even number of them and two at least. */
export function offsetDigits(length: number): number {
  const digits = Math.max(0, length - 1).toString(16).length;
  return digits + (digits % 2);
}

export const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');

/** What the right column shows: printable ASCII as it is, everything else as a dot. */
export const asciiOf = (byte: number): string =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';

/** The row on top when a grid of `rows` is scrolled to `top` of `height`. */
export function rowAt(top: number, rows: number): number {
  const last = Math.max(0, rows - ROWS_IN_SIGHT);
  const furthest = heightOf(rows) - ROWS_IN_SIGHT * ROW_HEIGHT;
  return furthest <= 0 ? 0 : Math.min(last, Math.round((top / furthest) * last));
}

/** Where to scroll so that `row` is on top: the reverse of `rowAt`. */
export function topOf(row: number, rows: number): number {
  const last = Math.max(1, rows - ROWS_IN_SIGHT);
  const furthest = Math.max(0, heightOf(rows) - ROWS_IN_SIGHT * ROW_HEIGHT);
  return (Math.min(row, last) / last) * furthest;
}

export const heightOf = (rows: number): number => Math.min(TALLEST, rows * ROW_HEIGHT);

/** An offset as typed: decimal, or hex after `0x`. Undefined when it is none of these bytes. */
export function readOffset(typed: string, length: number): number | undefined {
  const text = typed.trim();
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) return undefined;
  const offset = Number(text);
  return offset < length ? offset : undefined;
}
