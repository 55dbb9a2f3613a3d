// Where the bytes of a deed come from, and where they go: looked for in the recording, and nowhere else.
import {
  type Bytes,
  type DeedStep,
  type Step,
  sameBytes,
  type Trace,
  toBase64,
  toHex,
  toUtf8,
} from '../../sim';

/** A step that has the same bytes. */
export interface Whereabouts {
  readonly step: number;
  /** A deed made them or worked on them; a message carried them, as they are or in another form. */
  readonly how: 'made' | 'used' | 'carried';
}

/** Fewer bytes are found anywhere by chance. */
const LEAST = 8;
/** Longer ones are not looked for: to compare them with every step's takes too long to wait for. */
const MOST = 1024 * 1024;

/** Whether bytes are looked for at all. */
export const isTraced = ({ length }: Bytes): boolean => length >= LEAST && length <= MOST;

type Message = Exclude<Step, DeedStep>;
/** A step is asked for many values: what it says is put together once. */
const texts = new WeakMap<Message, string>();

function textOf(step: Message): string {
  const known = texts.get(step);
  if (known !== undefined) return known;
  const { headers, body } = step.message;
  const path = step.kind === 'request' ? step.message.path : '';
  const said = body.length > MOST ? '' : toUtf8(body);
  const text = [path, ...Object.values(headers), said].join('\n');
  texts.set(step, text);
  return text;
}

function isWithin(bytes: Bytes, whole: Bytes): boolean {
  if (bytes.length > whole.length || whole.length > MOST) return false;
  for (
    let at = whole.indexOf(bytes[0] as number);
    at >= 0;
    at = whole.indexOf(bytes[0] as number, at + 1)
  ) {
    if (at + bytes.length > whole.length) return false;
    let i = 1;
    while (i < bytes.length && whole[at + i] === bytes[i]) i++;
    if (i === bytes.length) return true;
  }
  return false;
}

/** As they are in the body, in base64 or hex in a header or field, or as text. */
function carries(step: Message, bytes: Bytes): boolean {
  if (sameBytes(step.message.body, bytes) || isWithin(bytes, step.message.body)) return true;
  const text = textOf(step);
  return text.includes(toBase64(bytes)) || text.includes(toHex(bytes));
}

const has = (all: DeedStep['inputs'], bytes: Bytes): boolean =>
  Object.values(all).some((one) => sameBytes(one, bytes));

/** The deed before a step that made these bytes, the last one if several did; else the first message that carried them. */
export function originOf({ steps }: Trace, index: number, bytes: Bytes): Whereabouts | undefined {
  if (!isTraced(bytes)) return undefined;
  const before = steps.slice(0, index);
  const made = before.findLast((step) => step.kind === 'deed' && has(step.outputs, bytes));
  if (made) return { step: made.index, how: 'made' };
  const carried = before.find((step) => step.kind !== 'deed' && carries(step, bytes));
  return carried && { step: carried.index, how: 'carried' };
}

/** The steps after one that work on these bytes or carry them. */
export function usesOf({ steps }: Trace, index: number, bytes: Bytes): Whereabouts[] {
  if (!isTraced(bytes)) return [];
  return steps.slice(index + 1).flatMap((step): Whereabouts[] => {
    if (step.kind === 'deed')
      return has(step.inputs, bytes) ? [{ step: step.index, how: 'used' }] : [];
    return carries(step, bytes) ? [{ step: step.index, how: 'carried' }] : [];
  });
}
