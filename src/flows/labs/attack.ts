// Attacks, tried in worlds of their own.
import type { Trace } from '../../sim';
import { attackOn } from '../attacker/attack';
import { type Attack, VANTAGES, type VantageId } from '../attacker/types';
import { runScenario } from '../run';
import type { Scenario } from '../types';

interface Asked {
  readonly scenario: Scenario;
  readonly vantage: VantageId;
  /** The step at which memory is looked into. */
  readonly at: number;
}

export async function attack({ scenario, vantage, at }: Asked): Promise<Attack> {
  const { trace } = await runScenario(scenario);
  return attackOn(scenario, trace, vantage, at);
}

/** When S3 has most in memory: as soon as it has the object; else at the end of the PUT. */
function richest({ steps }: Trace): number {
  const first = steps.find(({ chapter, knows }) => chapter === 'put' && knows.s3.includes('O1'));
  return (first ?? steps.findLast(({ chapter }) => chapter === 'put'))?.index ?? -1;
}

/** From every vantage; memory is looked into when there is most in it, your machine when the object has been stored. */
export async function attacks(scenario: Scenario): Promise<readonly Attack[]> {
  const { trace } = await runScenario(scenario);
  const stored = trace.steps.findLast(({ chapter }) => chapter === 'put')?.index ?? -1;
  const found: Attack[] = [];
  for (const vantage of VANTAGES)
    found.push(
      await attackOn(scenario, trace, vantage, vantage === 'client' ? stored : richest(trace)),
    );
  return found;
}
