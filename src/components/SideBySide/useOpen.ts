// The way from a step that is compared to the same step on the stage.
import { useCallback } from 'react';
import type { Scenario } from '../../flows';
import { usePlayer } from '../context';

/** Opens a scenario at a step, at the Deep level, where every step can be seen. */
export function useOpen(): (scenario: Scenario, step: number) => void {
  const player = usePlayer();
  return useCallback(
    ({ flow, variant, seed }, step) =>
      player.open(`#/${flow}?variant=${variant}&step=${step}&level=deep&seed=${seed}`),
    [player],
  );
}
