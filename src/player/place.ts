// Where somebody is, and its address. The address is the whole state of a view, apart from your own data:
//   #/sse-kms?variant=bucket-key&fault=key-disabled&what=57.flip.9&chapter=get&step=55&level=deep&seed=k3f9&view=transcript
// `step` is the index of the step in the trace, as `npm run trace` prints it; without it, the run stands at rest before
// its first step. An address that is partly wrong leads to the nearest valid place, and what was wrong is told.
import {
  CHAPTERS,
  type Change,
  DEPTHS,
  type FaultId,
  FLOW_IDS,
  FLOWS,
  type FlowId,
  VANTAGES,
  type VantageId,
  type VariantId,
  variantOf,
} from '../flows';
import type { ChapterId, Depth } from '../sim/types';
import { readChanges, writeChanges } from './changes';
import { type Draft, OWN_FIELDS, readOwn, writeOwn } from './own';

export const VIEWS = [
  'stage',
  'transcript',
  'gates',
  'attacker',
  'heard',
  'present',
  'speaker',
] as const;
export type View = (typeof VIEWS)[number];

/** Pages that belong to no one scenario. The map has the empty address; another is `#/<its name>?<its own parameters>`. */
export const ROOMS = ['map', 'compare', 'keys'] as const;
export type RoomId = (typeof ROOMS)[number];
export interface Room {
  readonly id: RoomId;
  /** What stands behind `?`: a room reads and writes its own. */
  readonly query: string;
}
export const MAP: Room = { id: 'map', query: '' };

export interface Place {
  readonly flow: FlowId;
  readonly variant: VariantId;
  readonly fault: FaultId | undefined;
  readonly seed: string;
  readonly view: View;
  readonly level: Depth;
  readonly chapter: ChapterId | undefined;
  /** Index in the trace; -1 at rest, before the first step. */
  readonly step: number;
  /** What was changed in this world, step by step. */
  readonly changes: readonly Change[];
  /** Of two histories the one without the changes is looked at. */
  readonly unchanged: boolean;
  /** In the address only when asked for: `private` says that there is own data which the address does not carry. */
  readonly own: Draft | 'private' | undefined;
  /** Where the attacker stands, in the view of that name. */
  readonly vantage: VantageId;
}

/** What was wrong with an address. Its words are in the catalogue under `address <part>`. */
export interface AddressProblem {
  readonly part:
    | 'flow'
    | 'variant'
    | 'fault'
    | 'what'
    | 'side'
    | 'chapter'
    | 'step'
    | 'level'
    | 'seed'
    | 'view'
    | 'vantage'
    | 'own'
    | 'private'
    | 'unknown'
    | 'repeated'
    | 'other-chapter'
    | 'hidden-step';
  readonly value: string;
}

export interface ReadAddress {
  /** Undefined: a room. */
  readonly place: Place | undefined;
  readonly room: Room;
  /** The address names the seed: it means one run, byte for byte. */
  readonly recorded: boolean;
  readonly problems: readonly AddressProblem[];
}

const SEED = /^[a-z0-9-]{1,32}$/;

const KNOWN: readonly string[] = [
  ...['variant', 'fault', 'level', 'view', 'chapter', 'seed', 'step', 'own'],
  ...['what', 'side', 'vantage'],
  ...OWN_FIELDS,
];

/** `level`: what holds when the address says nothing. `seed`: a fresh one, for an address without. */
export function readAddress(hash: string, defaults: { level: Depth; seed: string }): ReadAddress {
  const problems: AddressProblem[] = [];
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2) as [string, string?];
  const parameters = new URLSearchParams(query);
  const name = safeDecode(path);
  const nowhere = { place: undefined, room: MAP, recorded: false, problems };
  if (name === '') return nowhere;
  const room = ROOMS.find((id) => id === name && id !== 'map');
  if (room) return { ...nowhere, room: { id: room, query } };
  const flow = FLOW_IDS.find((id) => id === name);
  if (!flow) return { ...nowhere, problems: [{ part: 'flow', value: name }] };

  /** The parameter if it is one of `allowed`; else the fallback, and a problem if it was given. */
  function pick<T extends string, F>(
    part: AddressProblem['part'],
    allowed: readonly T[],
    fallback: F,
  ): T | F {
    const value = parameters.get(part);
    if (value === null) return fallback;
    const found = allowed.find((one) => one === value);
    if (found === undefined) problems.push({ part, value });
    return found ?? fallback;
  }

  const variants = FLOWS[flow].variants;
  const variant = pick(
    'variant',
    variants.map(({ id }) => id),
    variants[0].id,
  );
  const fault = pick('fault', variantOf({ flow, variant }).faults, undefined);
  const level = pick('level', DEPTHS, defaults.level);
  const view = pick('view', VIEWS, 'stage' as const);
  const vantage = pick('vantage', VANTAGES, VANTAGES[0]);
  const chapter = pick('chapter', CHAPTERS, undefined);

  for (const name of new Set(parameters.keys())) {
    if (!KNOWN.includes(name)) problems.push({ part: 'unknown', value: name });
    else if (parameters.getAll(name).length > 1) problems.push({ part: 'repeated', value: name });
  }

  const givenSeed = parameters.get('seed');
  const seed = givenSeed !== null && SEED.test(givenSeed) ? givenSeed : defaults.seed;
  if (givenSeed !== null && seed !== givenSeed) problems.push({ part: 'seed', value: givenSeed });

  const givenStep = parameters.get('step');
  const isNumber = givenStep !== null && /^\d{1,6}$/.test(givenStep);
  if (givenStep !== null && !isNumber) problems.push({ part: 'step', value: givenStep });

  const { changes, malformed } = readChanges(parameters.get('what'));
  problems.push(...malformed.map((value) => ({ part: 'what' as const, value })));
  const side = pick('side', changes.length > 0 ? ['unchanged'] : [], undefined);

  const own = readOwn(parameters);
  if (own === 'malformed') problems.push({ part: 'own', value: '' });
  if (own === 'private') problems.push({ part: 'private', value: '' });
  const place: Place = {
    flow,
    variant,
    fault,
    seed,
    view,
    level,
    chapter,
    step: isNumber ? Number(givenStep) : -1,
    changes,
    unchanged: side !== undefined,
    own: own === 'malformed' ? undefined : own,
    vantage,
  };
  return { place, room: MAP, recorded: givenSeed !== null, problems };
}

/** The canonical address; defaults are left out, so that a plain scenario has a plain address. */
export function writeAddress(place: Place): string {
  const { flow, variant, fault, seed, view, level, chapter, step, own } = place;
  const parameters = new URLSearchParams();
  if (variant !== FLOWS[flow].variants[0].id) parameters.set('variant', variant);
  if (fault) parameters.set('fault', fault);
  if (place.changes.length > 0) parameters.set('what', writeChanges(place.changes));
  if (place.unchanged) parameters.set('side', 'unchanged');
  if (step >= 0) {
    if (chapter) parameters.set('chapter', chapter);
    parameters.set('step', String(step));
  }
  parameters.set('level', level);
  parameters.set('seed', seed);
  if (view !== 'stage') parameters.set('view', view);
  if (place.vantage !== VANTAGES[0]) parameters.set('vantage', place.vantage);
  if (own) writeOwn(parameters, own);
  return `#/${flow}?${parameters}`;
}

export const writeRoom = ({ id, query }: Room): string =>
  `#/${id === 'map' ? '' : id}${query && `?${query}`}`;

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
