import { describe, expect, it } from 'vitest';
import { ACTORS, DEFAULT_OWN, FLOW_IDS, FLOWS, runScenario, visibleAt } from '../../flows';
import type { ActorId, Trace } from '../../sim/types';
import { lifetimesOf, stepsOf, until } from './lifetimes';

const traceOf = async (flow: (typeof FLOW_IDS)[number]): Promise<Trace> => {
  const variant = FLOWS[flow].variants[0].id;
  const scenario = { flow, variant, fault: undefined, seed: 'lives', own: DEFAULT_OWN };
  return (await runScenario(scenario)).trace;
};
const allOf = (trace: Trace, visible: readonly number[]) =>
  lifetimesOf(
    trace,
    visible,
    trace.secrets.map(({ id }) => id),
    ACTORS,
  );

describe.each(FLOW_IDS)('lifetimes in %s', (flow) => {
  it('cover exactly the steps after which the trace says that an actor knows a secret', async () => {
    const trace = await traceOf(flow);
    for (const level of ['overview', 'standard', 'deep'] as const) {
      const visible = visibleAt(trace, level);
      const lives = allOf(trace, visible);
      for (const { id } of trace.secrets)
        for (const actor of ACTORS) {
          const life = lives.find((one) => one.id === id && one.actor === actor);
          const counted = visible.filter((index) => trace.steps[index]?.knows[actor].includes(id));
          expect([id, actor, stepsOf(life?.spans ?? [])]).toEqual([id, actor, counted.length]);
          for (const at of [0, 3, visible.length]) {
            const soFar = counted.filter((index) => visible.indexOf(index) < at).length;
            expect(stepsOf(until(life?.spans ?? [], at))).toBe(soFar);
          }
        }
    }
  });

  it('end on every desk but those that keep, and never reach the disks', async () => {
    const trace = await traceOf(flow);
    const visible = visibleAt(trace, 'deep');
    for (const { id, actor, spans } of allOf(trace, visible)) {
      if (actor === 'storage') expect([id, spans]).toEqual([id, []]);
      const service: readonly ActorId[] = ['s3', 'kms'];
      const atEnd = spans.find(({ last }) => last === visible.length);
      if (service.includes(actor)) expect([id, actor, atEnd]).toEqual([id, actor, undefined]);
    }
  });
});
