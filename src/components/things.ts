// Names, kinds and hues of what lies on desks and travels in messages, read from the ids of a trace: `D1` a secret,
// `D1<K1` a sealed one, `D1<K1~` one with changed bytes. The same in every view.
import { useCallback } from 'react';
import { SECRET_KINDS } from '../flows';
import type { SecretKind } from '../sim/types';
import { useWords } from './context';

export type Shape = 'document' | 'sealed document' | 'key' | 'person key' | 'vault' | 'envelope';

export interface ThingLook {
  readonly id: string;
  readonly shape: Shape;
  /** Index of the hue of the key itself or of the innermost thing; undefined for an object in the clear. */
  readonly hue: number | undefined;
  /** Hues of what it is sealed with, outermost first. */
  readonly seals: readonly number[];
  readonly altered: boolean;
  /** On the drawing: `D1`, `O1`. Of a sealed thing, what is inside. */
  readonly short: string;
  /** The key around it, by its short name. */
  readonly under: string | undefined;
}

/** Hues by kind; data keys take turns. The palette is in theme.css as .hue-0 … .hue-7. */
const KIND_HUE: Readonly<Record<string, readonly number[]>> = {
  K: [0],
  D: [1, 2, 3],
  R: [4],
  W: [5],
  C: [5, 6],
  E: [6],
  P: [7],
};

function hueOf(secretId: string): number | undefined {
  const turns = KIND_HUE[secretId.charAt(0)];
  return turns?.[(Number(secretId.slice(1)) - 1) % turns.length];
}

const SHAPES: Readonly<Record<SecretKind, Shape>> = {
  object: 'document',
  'data key': 'key',
  'backing key': 'vault',
  'per-call key': 'key',
  'root key': 'vault',
  'customer key': 'person key',
  'wrapping key': 'person key',
  'content key': 'key',
};

/** `O1<D1<D2#2~` → `['O1', 'D1', 'D2']`: what is inside, then its seals, innermost first. */
export const layersOf = (id: string): readonly string[] => id.replace(/[#~].*$/, '').split('<');

const KINDS = Object.entries(SECRET_KINDS) as [SecretKind, string][];

/** The kind that a secret's short name stands for: `D1` is a data key. */
export const kindOf = (id: string): SecretKind =>
  KINDS.find(([, letter]) => letter === id.charAt(0))?.[0] ?? 'object';

export function lookOf(id: string): ThingLook {
  const [inner = '', ...keys] = layersOf(id);
  const shape = SHAPES[kindOf(inner)];
  const sealed = shape === 'document' ? 'sealed document' : 'envelope';
  const seals = keys.map((key) => hueOf(key) ?? 0).reverse();
  return {
    id,
    shape: keys.length === 0 ? shape : sealed,
    hue: hueOf(inner),
    seals,
    altered: id.endsWith('~'),
    short: inner,
    under: keys.length > 0 ? keys.join('·') : undefined,
  };
}

/** Names a thing in words: "D1, data key"; "D1 sealed by K1"; "O1 encrypted under D1". */
export function useThingName(): (id: string) => string {
  const names = useWords('names');
  return useCallback(
    (id) => {
      const [inner = '', ...keys] = layersOf(id);
      const kind = kindOf(inner);
      const key = keys.join(', ');
      const thing =
        keys.length === 0
          ? names('secret', { id: inner, kind: names(`kind ${kind}`) })
          : names(kind === 'object' ? 'sealed object' : 'sealed key', { inner, key });
      return id.endsWith('~') ? names('altered', { thing }) : thing;
    },
    [names],
  );
}
