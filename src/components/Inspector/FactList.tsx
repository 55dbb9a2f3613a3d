// What a deed looked at or found that is not bytes, and what a refusal says about itself.
import { answerOf } from '../../flows';
import type { Step } from '../../sim/types';
import { useWords } from '../context';
import styles from './Inspector.module.css';

/** What is read first stands first; the others follow as recorded. */
const FIRST = ['decision', 'state', 'scheme', 'asked', 'action', 'principal', 'via', 'resource'];
const BAD = ['Deny', 'Disabled', 'PendingDeletion'];
const GOOD = ['Allow', 'Enabled'];

function factsOf(step: Step): [string, string][] {
  if (step.kind !== 'deed') {
    const { status, code, message } = answerOf(step);
    const told: [string, string][] = [
      ['status', status],
      ['code', code],
      ['message', message],
    ];
    return step.failed ? told.filter(([, value]) => value !== '') : [];
  }
  const rank = (name: string): number =>
    FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length;
  const found = Object.entries(step.facts).sort(([a], [b]) => rank(a) - rank(b));
  return [...found, ['algorithm', step.algorithm]];
}

const toneOf = (value: string): 'bad' | 'good' | undefined =>
  BAD.includes(value) ? 'bad' : GOOD.includes(value) ? 'good' : undefined;

export function FactList({ step }: { readonly step: Step }) {
  const words = useWords('inspector');
  const facts = factsOf(step);
  if (facts.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3>{words(step.kind === 'deed' ? 'facts' : 'facts refusal')}</h3>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{words([`fact ${name}`, 'bytes any'], { name })}</dt>
            <dd
              data-tone={toneOf(value)}
              data-code={/^(arn:|\w+[.:])\S+$/.test(value) || undefined}
            >
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
