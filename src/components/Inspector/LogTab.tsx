// The log: what CloudTrail has of the run up to this step, and what it has not.
import { useMemo } from 'react';
import { type LoggedCall, loggedCalls } from '../../flows';
import { CopyButton } from '../CopyButton/CopyButton';
import { type Shown, usePlayed, usePlayer, useWords } from '../context';
import { WithTerms } from '../Glossary/WithTerms';
import styles from './Inspector.module.css';
import log from './Log.module.css';

const isOfKms = ({ record }: LoggedCall): boolean => record.eventSource.startsWith('kms');

export function LogTab({ shown }: { readonly shown: Shown }) {
  const words = useWords('inspector');
  const player = usePlayer();
  const dataEvents = usePlayed((s) => s.settings.dataEvents);
  const { step, run } = shown;
  const upTo = (step?.index ?? -1) + 1;
  const events = useMemo(
    () => loggedCalls(run.trace.steps.slice(0, upTo), dataEvents),
    [run, upTo, dataEvents],
  );
  const ofKms = events.filter(isOfKms).length;
  const isEnd = upTo === run.trace.steps.length;
  return (
    <div className={styles.page}>
      <h2 className={styles.heading}>{words('log title')}</h2>
      <p className={styles.lead} data-kms={ofKms}>
        {ofKms > 0
          ? words('log kms', { count: ofKms })
          : words(isEnd ? 'log kms none' : 'log kms not yet')}
      </p>
      <p className={styles.why}>
        <WithTerms text={words('log about')} />
      </p>
      <label className={log.switch}>
        <input
          type="checkbox"
          checked={dataEvents}
          onChange={(event) => player.set({ dataEvents: event.target.checked })}
        />
        <span>{words('log data events')}</span>
      </label>
      {events.length === 0 ? (
        <p className={styles.quiet}>{words('log empty')}</p>
      ) : (
        <ol className={log.events}>
          {events.map((event) => (
            <Event key={event.record.eventID} event={event} isNew={event.step === step?.index} />
          ))}
        </ol>
      )}
      <p className={styles.note}>{words('log modelled')}</p>
    </div>
  );
}

function Event({ event, isNew }: { readonly event: LoggedCall; readonly isNew: boolean }) {
  const words = useWords('inspector');
  const player = usePlayer();
  const { step, record } = event;
  const { eventName, eventSource, errorCode, userIdentity, additionalEventData } = record;
  const sse = additionalEventData?.SSEApplied;
  const text = (): string => JSON.stringify(record, undefined, 2);
  return (
    <li className={log.event} data-source={isOfKms(event) ? 'kms' : 's3'}>
      <div className={log.head}>
        <strong>{eventName}</strong>
        {isNew && <span className={log.new}>{words('log new')}</span>}
        {errorCode && <span className={styles.failed}>{errorCode}</span>}
      </div>
      <p className={log.told}>
        {eventSource} ·{' '}
        {userIdentity.invokedBy
          ? words('log by s3', { who: String(userIdentity.userName ?? '') })
          : words('log by', { who: String(userIdentity.userName ?? userIdentity.type) })}
        {sse ? ` · SSEApplied: ${String(sse)}` : ''}
        {record.managementEvent ? '' : ` · ${words('log data event')}`}
      </p>
      <details className={log.record}>
        <summary>{words('log record')}</summary>
        <pre className={log.json}>{text()}</pre>
      </details>
      <div className={log.ways}>
        <button type="button" className={log.go} onClick={() => player.jump(step)}>
          {words('log go')}
        </button>
        <CopyButton text={text} label={words('log copy', { event: eventName })} />
      </div>
    </li>
  );
}
