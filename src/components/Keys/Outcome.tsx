// What came of an order, of an attempt to read, of an attempt with leaked keys: the answer, and all that happened for it.
import { useTranslation } from 'react-i18next';
import {
  type Answered,
  captionOutsideFlows,
  type Done,
  type Hierarchy,
  type LeakTry,
} from '../../flows';
import { captionText } from '../../words';
import { useWords } from '../context';
import { useOrderWords, useTargetWords } from './Armed';
import styles from './Keys.module.css';
import { Moved } from './Moved';
import type { KeysState } from './useKeys';

function Happened({ answered }: { answered: Answered }) {
  const words = useWords('keys');
  const { i18n } = useTranslation();
  const { steps } = answered.run.trace;
  return (
    <details className={styles.steps}>
      <summary>{words('all steps', { count: steps.length })}</summary>
      <ol>
        {steps.map((step) => (
          <li key={step.index} data-failed={step.failed || undefined}>
            {captionText(i18n, captionOutsideFlows(step))} <code lang="en">{step.key}</code>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Answer({ answered }: { answered: Answered }) {
  const words = useWords('keys');
  const isGood = answered.status < 400;
  return (
    <>
      <p className={styles.verdict} data-good={isGood || undefined}>
        {words(isGood ? 'answered well' : 'answered badly', { status: answered.status })}
        {answered.code && (
          <>
            {' '}
            <code lang="en">{answered.code}</code>
          </>
        )}
      </p>
      {answered.message && (
        <p className={styles.message} lang="en">
          {answered.message}
        </p>
      )}
      <Happened answered={answered} />
    </>
  );
}

export function Tried({ read, leak }: { read: Answered | undefined; leak: LeakTry | undefined }) {
  const words = useWords('keys');
  return (
    <div className={styles.tried} role="status">
      {read && <Answer answered={read} />}
      {leak && (
        <>
          <p className={styles.verdict} data-good={!leak.isOpen || undefined}>
            {words(leak.isOpen ? 'leak opens' : 'leak opens not')}
          </p>
          {leak.text !== undefined && <p className={styles.message}>{leak.text}</p>}
        </>
      )}
    </div>
  );
}

export function Outcome({
  keys,
  done,
  hierarchy,
}: {
  keys: KeysState;
  done: Done;
  hierarchy: Hierarchy;
}) {
  const words = useWords('keys');
  const wordsOf = useOrderWords();
  const targetOf = useTargetWords(keys, hierarchy);
  const { order, answered, moved } = done;
  const target = targetOf(order);
  const isVain = order.do === 'leak' && !hierarchy.leaked.includes(order.node);
  return (
    <div className={styles.outcome}>
      <div className={styles.doneLast}>
        <h2>
          {words('done last', { what: wordsOf(order) })}
          {target !== undefined && <span className={styles.target}>{target}</span>}
        </h2>
        <button type="button" className="button" onClick={() => keys.undo()}>
          {words('undo')}
        </button>
      </div>
      {answered && <Answer answered={answered} />}
      {isVain && <p className={styles.verdict}>{words('leak in vain')}</p>}
      {moved && answered && answered.status < 400 && <Moved moved={moved} answered={answered} />}
    </div>
  );
}
