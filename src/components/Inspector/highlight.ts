// Finds the keys and objects of a step in a text, raw or in base64 or hex, so that they can be marked and named.

import type { Forms } from '../../flows';
import type { Bytes } from '../../sim/types';
import { readText, toBase64, toHex } from './bytes';

/** A piece of text; with an id, it is a secret or a sealed thing of the trace. */
export interface Segment {
  readonly text: string;
  readonly id?: string;
}

export interface Needle {
  readonly id: string;
  readonly text: string;
}

/** Nothing larger is ever carried as text here. */
const ENCODED_UP_TO = 64 * 1024;
/** A shorter one proves nothing when found inside other text. */
const SHORTEST = 8;

function textsOf(bytes: Bytes): string[] {
  if (bytes.length === 0 || bytes.length > ENCODED_UP_TO) return [];
  const raw = readText(bytes);
  const encoded = [toBase64(bytes), toHex(bytes), toHex(bytes).toUpperCase()];
  return raw === undefined ? encoded : [raw, ...encoded];
}

/** Texts to look for, longest first, so that what contains another is found before it. */
export function needlesOf(forms: Forms, ids: readonly string[]): Needle[] {
  return ids
    .flatMap((id) =>
      (forms.get(id) ?? []).flatMap((bytes) => textsOf(bytes)).map((text) => ({ id, text })),
    )
    .sort((a, b) => b.text.length - a.text.length);
}

export function segmentsOf(text: string, needles: readonly Needle[]): Segment[] {
  const whole = needles.find((needle) => needle.text === text);
  if (whole) return [{ text, id: whole.id }];
  const [first, ...rest] = needles.filter(
    (needle) => needle.text.length >= SHORTEST && text.includes(needle.text),
  );
  if (!first) return text === '' ? [] : [{ text }];
  const at = text.indexOf(first.text);
  const after = at + first.text.length;
  return [
    ...segmentsOf(text.slice(0, at), rest),
    { text: first.text, id: first.id },
    ...segmentsOf(text.slice(after), [first, ...rest]),
  ];
}

const LONG_RUN = /([^\s"<>{},]{97,})/;

/** Sets long unbroken runs apart, so that each can be shown shortened. */
export const apart = (segments: readonly Segment[]): Segment[] =>
  segments.flatMap((segment) =>
    segment.id === undefined
      ? segment.text
          .split(LONG_RUN)
          .filter((text) => text !== '')
          .map((text) => ({ text }))
      : [segment],
  );
