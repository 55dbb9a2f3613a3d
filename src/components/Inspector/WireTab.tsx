// Wire: the message as it is sent. Teaching headers first; keys and objects marked and named.
import { useMemo } from 'react';
import { formsOf } from '../../flows';
import type { DeedStep } from '../../sim/types';
import { CopyButton } from '../CopyButton/CopyButton';
import { type Shown, useWords } from '../context';
import { Body } from './Body';
import { Heading } from './Heading';
import { needlesOf } from './highlight';
import { asSent, legOf, type MessageStep, splitHeaders, startLine } from './http';
import styles from './Inspector.module.css';
import { Marked } from './Marked';
import wire from './Wire.module.css';

export function WireTab({ shown }: { readonly shown: Shown }) {
  const words = useWords('inspector');
  const { step } = shown;
  if (!step) return <p className={styles.rest}>{words('rest wire')}</p>;
  if (step.kind === 'deed') return <NoMessage step={step} />;
  return <Message shown={shown} step={step} />;
}

function NoMessage({ step }: { readonly step: DeedStep }) {
  const words = useWords('inspector');
  const names = useWords('names');
  const actor = names(`actor ${step.actor}`);
  return (
    <div className={styles.page}>
      <Heading step={step} />
      <p className={styles.why}>{words([`no message ${step.actor}`, 'no message'], { actor })}</p>
      <p className={styles.quiet}>{words('network')}</p>
    </div>
  );
}

function Message({ shown, step }: { readonly shown: Shown; readonly step: MessageStep }) {
  const words = useWords('inspector');
  const { trace } = shown.run;
  const { headers, body } = step.message;
  const needles = useMemo(() => needlesOf(formsOf(trace), step.cargo), [trace, step]);
  const { first, rest } = splitHeaders(headers);
  const leg = legOf(step);
  const modelled = leg === 'program' || leg === 'inside';
  const message = (): string =>
    asSent(step, {
      asBase64: words('body binary as base64'),
      tooLong: words('body too long to copy', {
        length: words('length', { count: body.length }),
      }),
    });
  const rows = (list: readonly [string, string][]) => (
    <ul className={wire.headers}>
      {list.map(([name, value]) => (
        <li key={name}>
          <span>
            <span className={wire.name}>{name}: </span>
            <Marked text={value} needles={needles} />
          </span>
          <CopyButton text={value} label={words('copy header', { name })} />
        </li>
      ))}
    </ul>
  );
  return (
    <div className={styles.page}>
      <Heading step={step} />
      <p className={styles.sub}>
        {words(`leg ${leg}`)}{' '}
        {modelled && (
          <span className={styles.chip} data-status="modelled">
            {words('modelled')}
          </span>
        )}
      </p>
      <div className={wire.card}>
        <div className={wire.start} data-failed={step.failed || undefined}>
          <code>{startLine(step)}</code>
          <CopyButton text={message}>{words('copy message')}</CopyButton>
        </div>
        {rows(first)}
        {rest.length > 0 && (
          <details className={wire.more}>
            <summary>{words('more headers', { count: rest.length })}</summary>
            {rows(rest)}
          </details>
        )}
        <Body trace={trace} step={step} needles={needles} />
      </div>
      {headers['x-sealed-principal'] && <p className={styles.note}>{words('principal')}</p>}
      {headers['x-sealed-via'] && <p className={styles.note}>{words('via')}</p>}
    </div>
  );
}
