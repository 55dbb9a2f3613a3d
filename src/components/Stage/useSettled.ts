// Where nothing flies, a step's motion is over at once.
import { useEffect } from 'react';
import { usePlayed, usePlayer } from '../context';

export function useSettled(): void {
  const player = usePlayer();
  const isMoving = usePlayed((s) => s.motion === 'forward');
  useEffect(() => {
    if (isMoving) player.settled();
  }, [player, isMoving]);
}
