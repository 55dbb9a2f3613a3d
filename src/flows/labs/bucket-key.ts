// How often KMS is asked for many objects under one bucket key: they are stored and read, and the requests counted.
import { copy } from '../../sim';
import { storeScenario } from '../run';
import type { Scenario } from '../types';

export interface Counted {
  readonly objects: number;
  /** Requests to KMS, by S3, while so many objects were stored and read. */
  readonly requests: number;
}

/** Stores and reads the object so many times more, under names of its own, in the world of the scenario. */
export async function bucketKey({
  scenario,
  objects,
}: {
  readonly scenario: Scenario;
  readonly objects: number;
}): Promise<Counted> {
  const { stage } = await storeScenario(scenario);
  const start = stage.world.trace().steps.length;
  for (let i = 0; i < objects; i++) {
    await stage.call('PutObject', copy(scenario.own.object), `${stage.key}-${i}`);
    await stage.call('GetObject', undefined, `${stage.key}-${i}`);
  }
  const { steps } = stage.world.trace();
  const all = steps.filter(({ chapter }) => chapter !== 'prepare');
  const first = steps.slice(0, start).filter(({ chapter }) => chapter !== 'prepare');
  const asked = (some: typeof steps): number =>
    some.filter((step) => step.kind === 'request' && step.from === 's3' && step.to === 'kms')
      .length;
  // The first object's own request is counted with it: it is what fetched the bucket key.
  const { length } = first.filter(({ key }) => key === 'you -> client PutObject');
  return { objects: objects + length, requests: asked(all) };
}
