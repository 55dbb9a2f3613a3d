// Explain: the step in words, why it is so, what takes part, what was found, and how far all that is known.
import { returnsAnother, verdictOf, whyOf } from '../../flows';
import type { Step } from '../../sim/types';
import { type Shown, useCaption, useWords } from '../context';
import { WithTerms } from '../Glossary/WithTerms';
import { WhatIf } from '../WhatIf/WhatIf';
import { readText } from './bytes';
import { CargoList } from './CargoList';
import { ClaimList } from './ClaimList';
import { FactList } from './FactList';
import { Heading } from './Heading';
import styles from './Inspector.module.css';
import { WhatNow } from './WhatNow';

/** Entries for why a step is so, the more particular first; the last always exists. */
function whyIds({ run }: Shown, step: Step): string[] {
  if (run.outside)
    return [`why ${step.key}`, `why ${step.failed ? 'any failed' : `any ${step.kind}`}`];
  const { flow, variant } = run.scenario;
  const key = step.failed ? `failed: ${step.key}` : step.key;
  const any = step.failed ? 'any failed' : `any ${step.kind}`;
  const other = returnsAnother(run, step) ? [`${key} (other)`] : [];
  const keys = [...other, `${key} (${step.chapter})`, key];
  const prefixes = [`${flow}/${variant}: `, `${flow}: `, ''];
  return [...prefixes.flatMap((prefix) => keys.map((k) => `why ${prefix}${k}`)), `why ${any}`];
}

export function ExplainTab({ shown }: { readonly shown: Shown }) {
  const { step } = shown;
  return step ? <Explained shown={shown} step={step} /> : <AtRest shown={shown} />;
}

function Explained({ shown, step }: { readonly shown: Shown; readonly step: Step }) {
  const words = useWords('inspector');
  const caption = useCaption()(shown, step);
  return (
    <div className={styles.page}>
      <Heading step={step} />
      <p className={styles.lead}>
        <WithTerms text={caption} />
      </p>
      <p className={styles.why}>
        <WithTerms text={words(whyIds(shown, step))} />
      </p>
      <Verdict shown={shown} step={step} />
      <CameBack step={step} />
      <WhatIf shown={shown} step={step} />
      {step.index === shown.run.trace.steps.length - 1 && !shown.run.outside && (
        <WhatNow shown={shown} />
      )}
      <CargoList step={step} />
      <FactList step={step} />
      <ClaimList shown={shown} step={step} />
    </div>
  );
}

const TEXT_UP_TO = 400;

/** The object that a GET returned, where it is text: the same that was put in, to be seen. */
function CameBack({ step }: { readonly step: Step }) {
  const words = useWords('inspector');
  if (step.key !== 'you <- client GetObject' || step.kind !== 'response' || step.failed)
    return null;
  const text = readText(step.message.body, TEXT_UP_TO);
  if (!text) return null;
  return (
    <section className={styles.section}>
      <h3>{words('came back')}</h3>
      <pre className={styles.text}>{text}</pre>
    </section>
  );
}

function Verdict({ shown, step }: { readonly shown: Shown; readonly step: Step }) {
  const words = useWords('inspector');
  const faults = useWords('faults');
  const verdict = verdictOf(shown.run);
  if (!verdict || step.index < verdict.step) return null;
  const end = verdict.kind === 'caught' ? `caught ${verdict.by}` : `unnoticed ${verdict.object}`;
  return (
    <section className={styles.verdict} data-kind={verdict.kind}>
      <h3>{words('verdict')}</h3>
      <p className={styles.outcome}>{faults(end)}</p>
      <p>
        <WithTerms text={faults(whyOf(shown.run))} />
      </p>
    </section>
  );
}

function AtRest({ shown }: { readonly shown: Shown }) {
  const words = useWords('inspector');
  const flows = useWords('flows');
  const faults = useWords('faults');
  const { flow, variant, fault } = shown.run.scenario;
  if (shown.run.outside) return <p className={styles.rest}>{words('rest live')}</p>;
  return (
    <div className={styles.page}>
      <h2 className={styles.heading}>
        {flows(`flow ${flow}`)} · {flows(`variant ${variant}`)}
      </h2>
      <p className={styles.lead}>
        <WithTerms text={flows(`line ${flow}`)} />
      </p>
      <p className={styles.why}>
        <WithTerms text={flows(`about ${variant}`)} />
      </p>
      {fault && (
        <section className={styles.verdict} data-kind="fault">
          <h3>{faults('fault')}</h3>
          <p>{faults(`fault ${fault}`)}</p>
        </section>
      )}
      <p className={styles.hint}>{words('rest next')}</p>
    </div>
  );
}
