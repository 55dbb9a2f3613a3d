// Play: one step after another, each with time to read its caption. Stops at the end, and when anything else is done.
import { useEffect } from 'react';
import { useCaption, usePlayed, usePlayer, useShown } from '../context';

const AT_LEAST = 1100;
const PER_CHARACTER = 38;

export function usePlay(): void {
  const player = usePlayer();
  const playing = usePlayed((s) => s.playing);
  const still = usePlayed((s) => s.motion === 'still');
  const speed = usePlayed((s) => s.settings.speed);
  const level = usePlayed((s) => s.place?.level);
  const shown = useShown();
  const caption = useCaption();
  useEffect(() => {
    if (!playing || !still || !shown || !level) return;
    const { step } = shown;
    if (step && step.index === shown.visible[level].at(-1)) {
      player.pause();
      return;
    }
    const length = step ? caption(shown, step).length : 0;
    const timer = setTimeout(() => player.next(), (AT_LEAST + PER_CHARACTER * length) / speed);
    return () => clearTimeout(timer);
  }, [player, playing, still, speed, level, shown, caption]);
}
