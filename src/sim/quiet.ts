// The same actors with nobody recording: for what was there before anybody looked. They answer as they do in a world that
// records, with real cryptography; what they do makes no steps, so nothing of it can be drawn as one. What may be shown is
// what lies there afterwards.
import type { Clock } from './clock';
import type { RandomSource } from './random';
import type { Actor, ActorId, Desk } from './types';

export interface QuietOptions {
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly actors: Partial<Record<ActorId, Actor>>;
}

/** Your desk in a world of these actors; the clock stands still while they work. */
export function quietDesk({ random, clock, actors }: QuietOptions): Desk {
  const desks = new Map<ActorId, Desk>();

  function deskOf(actor: ActorId): Desk {
    const existing = desks.get(actor);
    if (existing) return existing;
    const desk: Desk = {
      actor,
      random,
      now: () => clock.now(),
      async send(to, _operation, message) {
        const handler = actors[to];
        if (!handler) throw new Error(`nobody answers for ${to}`);
        return handler({ ...message, headers: { ...message.headers } }, deskOf(to), actor);
      },
      does: async (_deed, _thing, work) => work.run(),
      holds: () => '',
      keeps() {},
      forgets(_thing, secret) {
        secret.fill(0);
      },
    };
    desks.set(actor, desk);
    return desk;
  }

  return deskOf('you');
}
