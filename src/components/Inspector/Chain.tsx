// The way of a range: back hop by hop to its root, and on to every later step that has the bytes.
import { memo, useMemo } from 'react';
import { chainOf, type Hop, type NamedRange, type Origin, type Run } from '../../flows';
import { useWords } from '../context';
import type { MessageStep } from './http';
import { WayTo } from './WayTo';
import { Whence } from './Whence';
import styles from './WholeMessage.module.css';

interface ChainProps {
  readonly run: Run;
  readonly step: MessageStep;
  readonly range: NamedRange;
}

/** Not drawn again while the pointer moves over the grid. */
export const Chain = memo(function Chain({ run, step, range }: ChainProps) {
  const words = useWords('provenance');
  const { back, forward } = useMemo(() => chainOf(run, step, range), [run, step, range]);
  return (
    <>
      <h4>{words('back')}</h4>
      <ol className={styles.hops} aria-label={words('back')}>
        {back.map((hop, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hops have an order and nothing else
          <li key={i}>
            <OneHop run={run} hop={hop} />
          </li>
        ))}
      </ol>
      {(forward !== undefined || range.origin.kind !== 'constant') && <h4>{words('forward')}</h4>}
      {forward?.length ? (
        <Whence trace={run.trace} way="to" all={forward} />
      ) : (
        range.origin.kind !== 'constant' && (
          <p className={styles.quiet}>{words(forward ? 'forward none' : 'forward short')}</p>
        )
      )}
    </>
  );
});

function useOrigin(): (origin: Origin) => string {
  const words = useWords('provenance');
  const names = useWords('names');
  return (origin) => {
    switch (origin.kind) {
      case 'input':
        return words(`hop input ${origin.what}`);
      case 'constant':
        return words(`hop constant ${origin.of}`);
      case 'computed':
        return words(`hop computed ${origin.what}`);
      case 'written':
        return words('hop written', { actor: names(`actor ${origin.by}`) });
      default:
        return words(`hop ${origin.kind}`);
    }
  };
}

function OneHop({ run, hop }: { readonly run: Run; readonly hop: Hop }) {
  const words = useWords('provenance');
  const inspector = useWords('inspector');
  const tell = useOrigin();
  const { origin, inputs } = hop;
  return (
    <>
      <span>{tell(origin)}</span>{' '}
      {'step' in origin && <WayTo trace={run.trace} step={origin.step} />}
      {origin.kind === 'carried' && origin.form !== 'raw' && (
        <span className={styles.quiet}> {words(`form ${origin.form}`)}</span>
      )}
      {inputs.length > 0 && (
        <ul>
          {inputs.map((input) => {
            const name = inspector(
              [`bytes ${input.name} alone`, `bytes ${input.name}`, 'bytes any'],
              {
                name: input.name,
              },
            );
            return (
              <li key={input.name}>
                {words(input.step === undefined ? 'input here' : 'input', { name })}{' '}
                {input.step !== undefined && <WayTo trace={run.trace} step={input.step} />}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
