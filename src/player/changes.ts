// The changes of a forked world in an address: `what=57.flip.123*62.key.DisableKey`, each its step, its kind and what else
// it says. Free text is in base64url.
import { base64urlnopad } from '@scure/base';
import { BUCKET_CHANGES, type Change, KEY_CHANGES, POLICIES, type What } from '../flows';

/** More than that nobody compares. */
const MOST = 8;
const MOST_TEXT = 4096;
const HEADER_NAME = /^[a-z0-9-]{1,64}$/;

const packed = (text: string): string => base64urlnopad.encode(new TextEncoder().encode(text));

function unpacked(text: string): string | undefined {
  if (text.length > MOST_TEXT * 2) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(base64urlnopad.decode(text));
  } catch {
    return undefined;
  }
}

function argumentsOf(what: What): readonly string[] {
  switch (what.kind) {
    case 'flip':
    case 'stored-flip':
      return [String(what.bit)];
    case 'header':
      return [what.name, packed(what.value)];
    case 'key':
    case 'bucket':
      return [what.to];
    case 'policy':
      return [what.of, packed(what.json)];
    default:
      return [];
  }
}

const number = (text: string | undefined, digits: number): number | undefined =>
  text !== undefined && /^\d+$/.test(text) && text.length <= digits ? Number(text) : undefined;

function whatOf(kind: string, [first = '', second]: readonly string[]): What | undefined {
  switch (kind) {
    case 'drop':
    case 'replay':
    case 'stored-swap':
    case 'stored-back':
      return { kind };
    case 'flip':
    case 'stored-flip': {
      const bit = number(first, 12);
      return bit === undefined ? undefined : { kind, bit };
    }
    case 'header': {
      const value = unpacked(second ?? '');
      return value === undefined || !HEADER_NAME.test(first)
        ? undefined
        : { kind, name: first, value };
    }
    case 'key': {
      const to = KEY_CHANGES.find((one) => one === first);
      return to && { kind, to };
    }
    case 'bucket': {
      const to = BUCKET_CHANGES.find((one) => one === first);
      return to && { kind, to };
    }
    case 'policy': {
      const of = POLICIES.find((one) => one === first);
      const json = unpacked(second ?? '');
      return of && json !== undefined ? { kind, of, json } : undefined;
    }
    default:
      return undefined;
  }
}

export const writeChange = (change: Change): string =>
  [change.at, change.kind, ...argumentsOf(change)].join('.');

export const writeChanges = (changes: readonly Change[]): string =>
  changes.map(writeChange).join('*');

function readChange(text: string): Change | undefined {
  const [step, kind = '', ...rest] = text.split('.');
  const at = number(step, 6);
  const what = whatOf(kind, rest);
  // One way to write it, so that one world has one address.
  const change = at !== undefined && what ? { ...what, at } : undefined;
  return change && writeChange(change) === text ? change : undefined;
}

/** What can be read, in the order of the steps; the rest as it stands. */
export function readChanges(text: string | null): { changes: Change[]; malformed: string[] } {
  const parts = text === null ? [] : text.split('*');
  const changes: Change[] = [];
  const malformed: string[] = [];
  for (const part of parts) {
    const change = readChange(part);
    const last = changes.at(-1)?.at ?? 0;
    if (change && change.at >= last && changes.length < MOST) changes.push(change);
    else malformed.push(part);
  }
  return { changes, malformed };
}

/** Header names are written small; what is not printable does not travel. */
export const isHeader = (name: string, value: string): boolean =>
  HEADER_NAME.test(name) && /^[\x20-\x7e]{0,1024}$/.test(value);
