// How often KMS is asked for many objects under one bucket key: they are stored and read, and the requests counted.
import { copy } from '../../sim';
import { storeScenario } from '../run';
import type { Scenario } from '../types';

export interface Counted {
  readonly objects: number;
  /** Requests to KMS, by S3, while so many objects were stored and read. */
  readonly requests: number;
}

/** Stores and reads what the scenario stores, and the object so many times more under names of its own. */
export async function bucketKey({
  scenario,
  objects,
}: {
  readonly scenario: Scenario;
  readonly objects: number;
}): Promise<Counted> {
  const { stage } = await storeScenario(scenario);
  const first = [stage.key, stage.otherKey].filter((name) => stage.isStored(name));
  for (const name of first) await stage.call('GetObject', undefined, name);
  for (let i = 0; i < objects; i++) {
    await stage.call('PutObject', copy(scenario.own.object), `${stage.key}-${i}`);
    await stage.call('GetObject', undefined, `${stage.key}-${i}`);
  }
  const asked = stage.world
    .trace()
    .steps.filter(
      (step) =>
        step.chapter !== 'prepare' &&
        step.kind === 'request' &&
        step.from === 's3' &&
        step.to === 'kms',
    );
  return { objects: objects + first.length, requests: asked.length };
}
