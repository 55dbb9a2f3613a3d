// Work beside the runs: what a view that tries things out asks of the actors. Each lab is a function of what can be sent
// to a worker, and may keep worlds of its own between questions. The page's worker loads this room in a quiet moment.
//   to add one: a file in this folder and a line in LABS; the page asks with `player.ask('name', input)`
import { runScenario } from '../run';
import type { Run, Scenario } from '../types';
import { archive, documents } from './archive';
import { attack, attacks } from './attack';
import { bucketKey } from './bucket-key';
import { keysAtRest, keysDo, keysGrow, keysOpen, keysRead, keysTryLeaked } from './keys';

/** A run that is not the one on the stage. */
const run = (scenario: Scenario): Promise<Run> => runScenario(scenario);

// biome-ignore lint/suspicious/noExplicitAny: each lab has an input of its own; LabInput tells which
type AnyLab = (input: any) => Promise<unknown>;

export const LABS = {
  archive,
  attack,
  attacks,
  bucketKey,
  documents,
  keysAtRest,
  keysDo,
  keysGrow,
  keysOpen,
  keysRead,
  keysTryLeaked,
  run,
} satisfies Readonly<Record<string, AnyLab>>;

export type LabName = keyof typeof LABS;
export type LabInput<L extends LabName> = Parameters<(typeof LABS)[L]>[0];
export type LabOutput<L extends LabName> = Awaited<ReturnType<(typeof LABS)[L]>>;
