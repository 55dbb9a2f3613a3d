// Plays a scenario: prepares, puts, changes the world if a fault is on, gets. Returns what was recorded.
import type { Step } from '../sim';
import { cseKms } from './cse-kms';
import { cseLocal } from './cse-local';
import { dsseKms } from './dsse-kms';
import { faultOf } from './faults';
import { sseC } from './sse-c';
import { sseKms } from './sse-kms';
import { sseS3 } from './sse-s3';
import { createStage } from './stage';
import type { Flow, FlowId, Run, Scenario, Variant } from './types';

export const FLOWS: Readonly<Record<FlowId, Flow>> = {
  'cse-kms': cseKms,
  'cse-local': cseLocal,
  'sse-s3': sseS3,
  'sse-kms': sseKms,
  'dsse-kms': dsseKms,
  'sse-c': sseC,
};

/** Throws when the flow has no such variant: whoever takes names from people checks them first. */
export function variantOf({ flow, variant }: Pick<Scenario, 'flow' | 'variant'>): Variant {
  const found = FLOWS[flow].variants.find((v) => v.id === variant);
  if (!found) throw new Error(`${flow} has no variant ${variant}`);
  return found;
}

export async function runScenario(scenario: Scenario, onStep?: (step: Step) => void): Promise<Run> {
  const variant = variantOf(scenario);
  const fault = scenario.fault && faultOf(scenario.fault);
  const stage = createStage(scenario, variant, onStep);
  const change = async (when: string): Promise<void> => {
    if (fault?.when !== when) return;
    stage.world.chapter('change');
    await fault.apply(stage);
  };

  await variant.prepare(stage);
  await change('before put');
  stage.world.chapter('put');
  const stored = await variant.put(stage);
  if (stored) {
    await change('before get');
    stage.world.chapter('get');
    await variant.get(stage);
  }
  return { scenario, trace: stage.world.trace() };
}
