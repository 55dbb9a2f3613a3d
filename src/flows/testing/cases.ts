// Every flow, variant and fault there is, for tests that hold of all of them.
import type { Bytes, ChapterId, Step } from '../../sim';
import { DEFAULT_OWN } from '../defaults';
import { FLOWS } from '../outline';
import { runScenario } from '../run';
import type { FaultId, FlowId, OwnInput, Run, Scenario, Variant, VariantId } from '../types';

export interface Case {
  readonly flow: FlowId;
  readonly variant: VariantId;
  readonly fault: FaultId | undefined;
}

const variantsOf = (flow: FlowId): readonly Variant[] => FLOWS[flow].variants;

/** All variants of all flows, with nothing going wrong. */
export const SOUND: readonly Case[] = (Object.keys(FLOWS) as FlowId[]).flatMap((flow) =>
  variantsOf(flow).map(({ id }) => ({ flow, variant: id, fault: undefined })),
);

/** All variants with each of their faults. */
export const FAULTY: readonly (Case & { readonly fault: FaultId })[] = SOUND.flatMap((one) =>
  (variantsOf(one.flow).find(({ id }) => id === one.variant)?.faults ?? []).map((fault) => ({
    ...one,
    fault,
  })),
);

export const ALL: readonly Case[] = [...SOUND, ...FAULTY];

const nameOf = ({ flow, variant, fault }: Case): string =>
  `${flow}/${variant}${fault ? ` with ${fault}` : ''}`;

/** A table for `it.each`: the name of each case, then the case. */
export const named = <C extends Case>(cases: readonly C[]): [string, C][] =>
  cases.map((one) => [nameOf(one), one]);

export const scenarioOf = (one: Case, own: Partial<OwnInput> = {}, seed = 'demo'): Scenario => ({
  ...one,
  seed,
  own: { ...DEFAULT_OWN, ...own },
});

const runs = new Map<string, Promise<Run>>();

/** The default run of a case; computed once. */
export function runOf(one: Case): Promise<Run> {
  const name = nameOf(one);
  const known = runs.get(name);
  if (known) return known;
  const run = runScenario(scenarioOf(one));
  runs.set(name, run);
  return run;
}

export const inChapter = (run: Run, chapter: ChapterId): readonly Step[] =>
  run.trace.steps.filter((step) => step.chapter === chapter);

/** The object a run ends with, or undefined when it ends otherwise. */
export function returnedBy(run: Run): Bytes | undefined {
  const last = run.trace.steps.at(-1);
  return last?.key === 'you <- client GetObject' && last.kind === 'response' && !last.failed
    ? last.message.body
    : undefined;
}
