// The endpoint's world keeps this machine's time, as signatures must be fresh: a step takes as long as it takes.
import type { Clock } from '../src/sim';

export const machineClock: Clock = {
  now: () => new Date(),
  advance() {},
};
