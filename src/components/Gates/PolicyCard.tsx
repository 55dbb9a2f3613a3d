// A policy as JSON, the deciding statement marked; to edit where it stands. What is wrong with it is said by the service
// that would have to take it.
import { useId, useState } from 'react';
import { type Policy, policyProblem } from '../../flows';
import type { DeedStep } from '../../sim/types';
import { usePlayer, useWords } from '../context';
import { brokenAt } from './broken';
import styles from './Gates.module.css';
import { laidOut } from './statements';

/** What one begins with who writes a bucket's first policy. */
const firstPolicy = (bucket: string): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'NobodyReads',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${bucket}/*`,
        },
      ],
    },
    undefined,
    2,
  );

interface PolicyCardProps {
  readonly policy: Policy;
  readonly decision: DeedStep;
  readonly bucket: string;
  /** The step from which on another policy would hold; none: it is too early for that. */
  readonly at?: number;
}

function Laid({ policy, decision }: Pick<PolicyCardProps, 'policy' | 'decision'>) {
  const words = useWords('gates');
  const laid = policy.json && laidOut(policy.json, `${policy.of} policy`, decision);
  if (!laid) return <pre className={styles.json}>{policy.json}</pre>;
  return (
    <div className={styles.json}>
      <pre>{laid.head}</pre>
      {laid.statements.map(({ text, part }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: statements have no other name for sure
        <div key={i} className={styles.statement} data-part={part}>
          {part && <span className={styles.part}>{words(part)}</span>}
          <pre>
            {text}
            {i < laid.statements.length - 1 && ','}
          </pre>
        </div>
      ))}
      <pre>{'  ]\n}'}</pre>
    </div>
  );
}

function Editor({
  policy: { of, json },
  bucket,
  at,
  onDone,
}: {
  readonly policy: Policy;
  readonly bucket: string;
  readonly at: number;
  readonly onDone: () => void;
}) {
  const words = useWords('gates');
  const player = usePlayer();
  const id = useId();
  const [text, setText] = useState(json ?? firstPolicy(bucket));
  const broken = brokenAt(text);
  const problem = policyProblem(of, text, bucket);
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem) return;
        player.change({ kind: 'policy', of, json: JSON.stringify(JSON.parse(text)) }, at);
        onDone();
      }}
    >
      <p id={id} className={styles.problem} data-bad={problem !== undefined || undefined}>
        {problem ?? words('sound')} {broken && words('broken at', { ...broken })}
      </p>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
        autoFocus
        aria-label={words('editor', { policy: words(`policy ${of}`) })}
        aria-invalid={problem !== undefined}
        aria-describedby={id}
        spellCheck={false}
        rows={Math.min(24, text.split('\n').length + 1)}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={styles.buttons}>
        <button type="submit" className="button primary" disabled={problem !== undefined}>
          {words('run')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {words('cancel')}
        </button>
      </div>
    </form>
  );
}

export function PolicyCard({ policy, decision, bucket, at }: PolicyCardProps) {
  const words = useWords('gates');
  const [edits, setEdits] = useState(false);
  const { of, json, isYours } = policy;
  return (
    <section className={styles.policy}>
      <header>
        <h4>{words(`policy ${of}`)}</h4>
        {isYours && at !== undefined && !edits && (
          <button type="button" className="button" onClick={() => setEdits(true)}>
            {words(json ? 'edit' : 'write')}
            <span className="visually-hidden"> {words(`policy ${of}`)}</span>
          </button>
        )}
      </header>
      {edits && at !== undefined ? (
        <Editor policy={policy} bucket={bucket} at={at} onDone={() => setEdits(false)} />
      ) : json ? (
        <Laid policy={policy} decision={decision} />
      ) : (
        <p className={styles.quiet}>{words('no policy')}</p>
      )}
      {!isYours && <p className={styles.quiet}>{words('not yours')}</p>}
    </section>
  );
}
