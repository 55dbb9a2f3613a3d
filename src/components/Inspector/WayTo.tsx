// A way to a step, by its number and title; one that this level leaves out opens Deep.
import { ordinalOf } from '../../player';
import type { Trace } from '../../sim/types';
import { usePlayed, usePlayer, useWords } from '../context';
import { useTeller } from '../Transcript/useTeller';
import styles from './Whence.module.css';

export function WayTo({ trace, step }: { readonly trace: Trace; readonly step: number }) {
  const words = useWords('inspector');
  const tell = useTeller();
  const player = usePlayer();
  const loaded = usePlayed((s) => s.loaded);
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const one = trace.steps[step];
  if (!one) return null;
  const visible = loaded?.visible[level] ?? [];
  const isShown = visible.includes(step);
  const at = ordinalOf(visible, step);
  const go = (): void => {
    if (!isShown) player.setLevel('deep');
    player.jump(step);
  };
  return (
    <button type="button" className={styles.way} onClick={go}>
      {words(isShown ? 'whence step' : 'whence step deep', {
        step: (at < 0 ? step : at) + 1,
        title: tell.title(one),
      })}
    </button>
  );
}
