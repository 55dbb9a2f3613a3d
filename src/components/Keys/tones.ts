// How each object looks: the tone follows from whether it can be read, what lies open, and what is about to be done.
import { EFFECTS, type Effects, type Hierarchy, NONE } from '../../flows';
import type { Columns } from './world';

export const TONES = ['shut', 'unreadable', 'half', 'open', 'lost', 'back', 'aside'] as const;
export type Tone = (typeof TONES)[number];
const at = (tone: Tone): number => TONES.indexOf(tone);

const TONES_OF_NOW: readonly Tone[] = ['shut', 'unreadable', 'half', 'open', 'aside'];

const OF_EFFECT: Readonly<Record<(typeof EFFECTS)[number], Tone>> = {
  none: 'aside',
  lost: 'lost',
  back: 'back',
  open: 'open',
  half: 'half',
};

/** 1 for each node that is a key or hangs under it; undefined: no key has that id. */
export function beneathOf({ nodes }: Hierarchy, key: string | undefined): Uint8Array | undefined {
  const beneath = Uint8Array.from(nodes, (node) => {
    const version = node.kind === 'bucket key' ? node.version : node.id;
    const top = version.replace(/\.\d+$/, '');
    return key !== undefined && [node.id, version, top].includes(key) ? 1 : 0;
  });
  return beneath.includes(1) ? beneath : undefined;
}

/** Per object an index into TONES. `beneath`: a key is chosen, and what does not hang under it steps aside. */
export function tonesOf(
  { count, under, outer }: Columns,
  readable: Uint8Array,
  open: Uint8Array,
  effects: Effects | undefined,
  beneath: Uint8Array | undefined,
): Uint8Array {
  const tones = new Uint8Array(count);
  const ofEffect = EFFECTS.map((effect) => at(OF_EFFECT[effect]));
  const [shut, unreadable, half, whole, aside] = TONES_OF_NOW.map(at) as [
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < count; i++) {
    if (effects) {
      tones[i] = ofEffect[effects.of[i] as number] as number;
      continue;
    }
    const second = outer[i] as number;
    const layers = open[i] as number;
    let tone = readable[i] ? shut : unreadable;
    if (layers > 0) tone = layers === (second === NONE ? 1 : 2) ? whole : half;
    const isAside =
      beneath && !beneath[under[i] as number] && (second === NONE || !beneath[second]);
    tones[i] = isAside ? aside : tone;
  }
  return tones;
}
