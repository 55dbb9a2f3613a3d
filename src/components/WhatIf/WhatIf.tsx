// Handles on the things of a step: what can be done to its message, to what is at rest, to the key and the bucket. The
// world forks at this step and runs on.
import { type ReactNode, useId, useState } from 'react';
import { BUCKET_CHANGES, handlesAt, KEY_CHANGES, type What } from '../../flows';
import type { Step } from '../../sim/types';
import { type Shown, usePlayed, usePlayer, useWords } from '../context';
import { FlipForm } from './FlipForm';
import { HeaderForm } from './HeaderForm';
import styles from './WhatIf.module.css';

/** A button that opens a form under the row it stands in. */
function Opener({
  label,
  open,
  onOpen,
}: {
  readonly label: string;
  readonly open: boolean;
  readonly onOpen: () => void;
}) {
  return (
    <button type="button" className="button" aria-expanded={open} onClick={onOpen}>
      {label} <span aria-hidden="true">{open ? '▴' : '▾'}</span>
    </button>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would want a form around it
    <div role="group" className={styles.group} aria-labelledby={id}>
      <h4 id={id}>{title}</h4>
      {children}
    </div>
  );
}

const touches = (step: Step, ...actors: string[]): boolean =>
  step.kind === 'deed'
    ? actors.includes(step.actor)
    : actors.includes(step.to) || actors.includes(step.from);

export function WhatIf({ shown, step }: { readonly shown: Shown; readonly step: Step }) {
  const words = useWords('forks');
  const player = usePlayer();
  const view = usePlayed((s) => s.place?.view);
  const [open, setOpen] = useState<'flip' | 'header' | 'stored-flip'>();
  const handles = handlesAt(shown.run, step.index);
  if (!handles) return null;
  const { message, stored, key } = handles;
  const act = (what: What) => () => player.change(what);
  const opener = (id: NonNullable<typeof open>) => (
    <Opener
      label={words(`do ${id}`)}
      open={open === id}
      onOpen={() => setOpen(open === id ? undefined : id)}
    />
  );
  const button = (what: What, label: string) => (
    <button key={label} type="button" className="button" onClick={act(what)}>
      {words(`do ${label}`)}
    </button>
  );

  const ofMessage = message && (
    <Group title={words('this message')}>
      <div className={styles.row}>
        {button({ kind: 'drop' }, 'drop')}
        {message.kind === 'request' && button({ kind: 'replay' }, 'replay')}
        {message.body.length > 0 && opener('flip')}
        {opener('header')}
      </div>
      {open === 'flip' && (
        <FlipForm bytes={message.body} onFlip={(bit) => player.change({ kind: 'flip', bit })} />
      )}
      {open === 'header' && (
        <HeaderForm
          headers={message.headers}
          onChange={(name, value) => player.change({ kind: 'header', name, value })}
        />
      )}
      <p className={styles.hint}>{words('line')}</p>
    </Group>
  );
  const ofStored = stored && (
    <Group key="stored" title={words('stored')}>
      <div className={styles.row}>
        {stored.length > 0 && opener('stored-flip')}
        {button({ kind: 'stored-swap' }, 'stored-swap')}
        {button({ kind: 'stored-back' }, 'stored-back')}
      </div>
      {open === 'stored-flip' && (
        <FlipForm bytes={stored} onFlip={(bit) => player.change({ kind: 'stored-flip', bit })} />
      )}
    </Group>
  );
  const ofKey = key && (
    <Group key="key" title={words('key')}>
      <div className={styles.row}>{KEY_CHANGES.map((to) => button({ kind: 'key', to }, to))}</div>
    </Group>
  );
  const ofBucket = (
    <Group key="bucket" title={words('bucket')}>
      <div className={styles.row}>
        {BUCKET_CHANGES.map((to) => button({ kind: 'bucket', to }, to))}
      </div>
    </Group>
  );
  const ofPolicies = view !== 'gates' && (
    <Group key="policies" title={words('policies')}>
      <div className={styles.row}>
        <button type="button" className="button" onClick={() => player.choose({ view: 'gates' })}>
          {words('do policies')}
        </button>
      </div>
    </Group>
  );
  const near = [
    touches(step, 'storage') && ofStored,
    touches(step, 'kms', 'hsm') && ofKey,
    step.key === 's3 chooses encryption' && ofBucket,
    step.key.endsWith('authorises request') && ofPolicies,
  ].filter(Boolean);
  const far = [ofStored, ofKey, ofBucket, ofPolicies].filter((one) => one && !near.includes(one));
  return (
    <section className={styles.section}>
      <h3>{words('what if')}</h3>
      {ofMessage}
      {near}
      {near.length > 0 || ofMessage ? (
        <details className={styles.far}>
          <summary>{words('elsewhere')}</summary>
          {far}
        </details>
      ) : (
        far
      )}
    </section>
  );
}
