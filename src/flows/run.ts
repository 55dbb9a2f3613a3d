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
import { type Acts, createStage } from './stage';
import type { FlowId, Run, Scenario, VARIANT_IDS } from './types';

const ACTS: { readonly [F in FlowId]: Readonly<Record<(typeof VARIANT_IDS)[F][number], Acts>> } = {
  'cse-kms': cseKmsActs,
  'cse-local': cseLocalActs,
  'sse-s3': sseS3Acts,
  'sse-kms': sseKmsActs,
  'dsse-kms': dsseKmsActs,
  'sse-c': sseCActs,
};

export const actsOf = ({ flow, variant }: Scenario): Acts =>
  (ACTS[flow] as Readonly<Record<string, Acts>>)[variant] as Acts;

export async function runScenario(scenario: Scenario, onStep?: (step: Step) => void): Promise<Run> {
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
  if (stored) {
    await change('before get');
    stage.world.chapter('get');
    await acts.get(stage);
  }
  await stage.world.reach();
  return { scenario, trace: stage.world.trace() };
}
