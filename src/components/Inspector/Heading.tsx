// Who does what in a step, as a heading.
import type { Step } from '../../sim/types';
import { useWords } from '../context';
import styles from './Inspector.module.css';

function useHeading(): (step: Step) => string {
  const words = useWords('inspector');
  const names = useWords('names');
  return (step) => {
    if (step.kind === 'deed') {
      const { deed, thing } = step;
      const does = words([`does ${deed} ${thing}`, 'does any'], { deed, thing });
      return words('heading deed', { actor: names(`actor ${step.actor}`), does });
    }
    const kind = step.kind === 'request' ? 'request' : step.failed ? 'refusal' : 'response';
    return words(`heading ${kind}`, {
      from: names(`actor ${step.from}`),
      to: names(`actor ${step.to}`),
      operation: step.operation,
    });
  };
}

export function Heading({ step }: { readonly step: Step }) {
  const words = useWords('inspector');
  const heading = useHeading()(step);
  return (
    <h2 className={styles.heading}>
      {heading}
      {step.failed && step.kind === 'deed' && (
        <span className={styles.failed}>{words('failed')}</span>
      )}
    </h2>
  );
}
