// Plays a scenario: prepares, puts, changes the world if a fault is on, gets. Returns what was recorded.
import type { Step } from '../sim';
import { handOf } from './changes';
import { cseKmsActs } from './cse-kms.acts';
import { cseLocalActs } from './cse-local.acts';
import { dsseKmsActs } from './dsse-kms.acts';
import { faultOf } from './faults';
import { variantOf } from './outline';
import { sseCActs } from './sse-c.acts';
import { sseKmsActs } from './sse-kms.acts';
import { sseS3Acts } from './sse-s3.acts';
import { type Acts, createStage, type Stage } from './stage';
import type { FlowId, Run, Scenario, VARIANT_IDS } from './types';

const ACTS: { readonly [F in FlowId]: Readonly<Record<(typeof VARIANT_IDS)[F][number], Acts>> } = {
  'cse-kms': cseKmsActs,
  'cse-local': cseLocalActs,
  'sse-s3': sseS3Acts,
  'sse-kms': sseKmsActs,
  'dsse-kms': dsseKmsActs,
  'sse-c': sseCActs,
};

const actsOf = ({ flow, variant }: Scenario): Acts =>
  (ACTS[flow] as Readonly<Record<string, Acts>>)[variant] as Acts;

/** A scenario as far as its object being stored: with what was changed before GET, and what GET needs to go on. */
export interface Stored {
  readonly stage: Stage;
  /** False: the PUT was refused, and there is nothing to get. */
  readonly stored: boolean;
}

export async function storeScenario(
  scenario: Scenario,
  onStep?: (step: Step) => void,
): Promise<Stored> {
  const variant = variantOf(scenario);
  const fault = scenario.fault && faultOf(scenario.fault);
  const acts = actsOf(scenario);
  const hand = scenario.changes?.length ? handOf(scenario, scenario.changes) : undefined;
  const stage = createStage(scenario, acts.client(), variant.deep ?? [], onStep, hand);
  hand?.reaches(stage);
  const change = async (when: string): Promise<void> => {
    if (fault?.when !== when) return;
    stage.world.chapter('change');
    await fault.apply(stage);
  };

  await acts.prepare(stage);
  await change('before put');
  stage.world.chapter('put');
  const stored = await acts.put(stage);
  if (stored) await change('before get');
  return { stage, stored };
}

export async function runScenario(scenario: Scenario, onStep?: (step: Step) => void): Promise<Run> {
  const { stage, stored } = await storeScenario(scenario, onStep);
  if (stored) {
    stage.world.chapter('get');
    await actsOf(scenario).get(stage);
  }
  await stage.world.reach();
  return { scenario, trace: stage.world.trace() };
}
