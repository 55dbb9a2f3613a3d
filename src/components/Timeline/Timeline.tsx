import { usePlayer } from '../context';

export function Timeline() {
  const player = usePlayer();
  return (
    <button type="button" onClick={() => player.next()}>
      Next step
    </button>
  );
}
