// How each object looks: the tone follows from whether it can be read, what lies open, and what is about to be done.
import { EFFECTS, type Effects, layersAt } from '../../flows';
import type { Columns } from './world';

export const TONES = ['shut', 'unreadable', 'half', 'open', 'lost', 'back', 'aside'] as const;
export type Tone = (typeof TONES)[number];
const at = (tone: Tone): number => TONES.indexOf(tone);

const OF_EFFECT: Readonly<Record<(typeof EFFECTS)[number], Tone>> = {
  none: 'aside',
  lost: 'lost',
  back: 'back',
  open: 'open',
  half: 'half',
};

/** Per object an index into TONES. `beneath`: of a key that is chosen, what hangs under it; the rest steps aside. */
export function tonesOf(
  columns: Columns,
  readable: Uint8Array,
  open: Uint8Array,
  effects: Effects | undefined,
  beneath: ((index: number) => boolean) | undefined,
): Uint8Array {
  const tones = new Uint8Array(columns.count);
  for (let i = 0; i < tones.length; i++) {
    if (effects) {
      tones[i] = at(OF_EFFECT[EFFECTS[effects.of[i] as number] ?? 'none']);
      continue;
    }
    const layers = open[i] as number;
    let tone: Tone = readable[i] ? 'shut' : 'unreadable';
    if (layers > 0) tone = layers === layersAt(columns, i) ? 'open' : 'half';
    tones[i] = at(beneath && !beneath(i) ? 'aside' : tone);
  }
  return tones;
}
