// Below the presented stage: which scheme, which chapter and part, how far.
import { ordinalOf } from '../../player';
import { usePlayed, useShown, useWords } from '../context';
import styles from './Present.module.css';

export function PresentBar() {
  const flows = useWords('flows');
  const ui = useWords('ui');
  const shown = useShown();
  const flow = usePlayed((s) => s.place?.flow);
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  if (!shown || !flow) return <footer className={styles.bar} />;
  const { step } = shown;
  const visible = shown.visible[level];
  const at = step ? ordinalOf(visible, step.index) + 1 : 0;
  const phase =
    step && shown.phases.find(({ start, end }) => start <= step.index && step.index < end);
  const chapter = step && flows(`chapter ${step.chapter}`);
  const part = phase && flows(`phase ${phase.id}`);
  return (
    <footer className={styles.bar}>
      <span className={styles.progress} style={{ transform: `scaleX(${at / visible.length})` }} />
      <b>{flows(`flow ${flow}`)}</b>
      {chapter && <span>{chapter}</span>}
      {part && part !== chapter && <span>{part}</span>}
      <span className={styles.count}>{ui('step of', { step: at, steps: visible.length })}</span>
    </footer>
  );
}
