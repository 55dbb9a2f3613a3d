// What tells the schemes apart, as a table that can be printed: each value read from a run, with a way to the step.
import { Fragment, type ReactNode, useState } from 'react';
import { type Comparison, exposureOf, KMS_PRICES, kmsCost, s3Cost } from '../../flows';
import { usePlayer, useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { kindOf, lookOf } from '../things';
import styles from './SideBySide.module.css';
import { useOpen } from './useOpen';
import type { Beside } from './useSide';

const OBJECTS = [1, 1000, 1_000_000];
/** Enough to see that they do not grow with the objects. */
const COUNTED = 18;

interface Row {
  readonly id: string;
  /** In words, to tell whether schemes differ. */
  text(one: Comparison): string;
  cell?(one: Comparison): ReactNode;
  /** The step that shows it. */
  at?(one: Comparison): number | undefined;
}

function useRows(): readonly Row[] {
  const words = useWords('compare');
  const names = useWords('names');
  const actor = (id: string | undefined): string => (id === undefined ? '–' : names(`short ${id}`));
  const dollars = (cost: number): string =>
    cost === 0 ? '$0' : cost < 0.01 ? words('cents') : `$${cost.toFixed(2)}`;
  const long = (count: number): string =>
    count === 0 ? words('never') : words('steps', { count });
  return [
    {
      id: 'encrypted',
      text: ({ encryptedBy }) => encryptedBy.map(actor).join(', '),
      at: ({ seenAt }) => seenAt.encrypted,
    },
    { id: 'key from', text: ({ keyFrom }) => actor(keyFrom), at: ({ seenAt }) => seenAt.keyFrom },
    {
      id: 'object in s3',
      text: ({ objectReadableInS3 }) => long(objectReadableInS3),
      at: (one) => exposureOf(one, 's3', 'object')?.from,
    },
    {
      id: 'key in s3',
      text: ({ keyReadableInS3 }) => long(keyReadableInS3),
      at: (one) => exposureOf(one, 's3', 'key')?.from,
    },
    { id: 'disks', text: ({ readableOnDisks }) => long(readableOnDisks) },
    {
      id: 'kms calls',
      text: ({ kmsCalls: { put, get } }) =>
        put + get === 0 ? words('none') : words('calls', { put, get }),
      at: ({ seenAt }) => seenAt.kms,
    },
    {
      id: 'log',
      text: ({ kmsEvents: count }) => (count === 0 ? words('none') : words('events', { count })),
    },
    {
      id: 'kept',
      text: ({ kept }) => kept.join(),
      cell: ({ kept }) => (
        <ul className={styles.kept}>
          {kept.map((name) => (
            <li key={name}>
              <code>{name.replace(/^x-amz-meta-/, '')}</code>
            </li>
          ))}
        </ul>
      ),
      at: ({ seenAt }) => seenAt.kept,
    },
    {
      id: 'yours',
      text: ({ yours }) => yours.join(),
      cell: ({ yours }) =>
        yours.length === 0
          ? words('nothing')
          : yours.map((id) => (
              <span key={id} className={styles.yours}>
                <Glyph look={lookOf(id)} size={22} /> {names(`kind ${kindOf(id)}`)}
              </span>
            )),
    },
    ...OBJECTS.map((objects) => ({
      id: `cost ${objects}`,
      text: (one: Comparison) =>
        one.hasBucketKey ? words('cost lasting') : dollars(kmsCost(one, objects)),
    })),
    { id: 's3 cost', text: () => dollars(s3Cost(1_000_000)) },
  ];
}

/** Without and with a bucket key: really stored, really counted. */
function BucketKey() {
  const words = useWords('compare');
  const player = usePlayer();
  const [told, setTold] = useState<{ objects: number; without: number; with: number }>();
  const [isBusy, setIsBusy] = useState(false);
  const [why, setWhy] = useState<string>();
  const measure = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const count = async (variant: 'bucket-default' | 'bucket-key', objects: number) => {
        const { scenario } = await player.sample('sse-kms', variant);
        return player.ask('bucketKey', { scenario, objects });
      };
      // The scenario of the bucket key stores two objects before, the other one.
      const without = await count('bucket-default', COUNTED + 1);
      const withOne = await count('bucket-key', COUNTED);
      setTold({ objects: withOne.objects, without: without.requests, with: withOne.requests });
    } catch (error) {
      setWhy((error as Error).message);
    }
    setIsBusy(false);
  };
  return (
    <div className={styles.bucketKey}>
      <h3>{words('bucket key')}</h3>
      {told ? (
        <p>{words('bucket key about', told)}</p>
      ) : (
        <button type="button" className="button" disabled={isBusy} onClick={() => void measure()}>
          {isBusy ? words('measuring', { count: COUNTED + 2 }) : words('measure')}
        </button>
      )}
      {why && <p role="alert">{words('broken', { why })}</p>}
    </div>
  );
}

export function Differences({ beside }: { readonly beside: readonly Beside[] }) {
  const words = useWords('compare');
  const flows = useWords('flows');
  const rows = useRows();
  const open = useOpen();
  return (
    <section className={styles.differences}>
      <div className={styles.top}>
        <div>
          <h2>{words('differences')}</h2>
          <p className={styles.intro}>{words('differences about')}</p>
        </div>
        <button type="button" className="button" data-screen onClick={() => print()}>
          {words('print')}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.scroller} aria-label={words('differences')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <td />
              {beside.map(({ column: { flow, variant } }) => (
                <th key={`${flow}.${variant}`} scope="col">
                  {flows(`flow ${flow}`)}
                  <small>{flows(`variant ${variant}`)}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, text, cell, at }) => {
              const differs = new Set(beside.map(({ comparison }) => text(comparison))).size > 1;
              return (
                <tr key={id} data-differs={differs || undefined}>
                  <th scope="row">
                    {words(`row ${id}`)}
                    {differs && (
                      <span className={styles.differs}>
                        <span aria-hidden="true"> ≠</span>
                        <span className="visually-hidden">, {words('differs')}</span>
                      </span>
                    )}
                  </th>
                  {beside.map(({ column: { flow, variant }, comparison, loaded }) => {
                    const step = at?.(comparison);
                    return (
                      <td key={`${flow}.${variant}`}>
                        {cell ? cell(comparison) : text(comparison)}
                        {step !== undefined && (
                          <Fragment>
                            {' '}
                            <button
                              type="button"
                              className={styles.to}
                              data-screen
                              aria-label={words('to step of', {
                                name: flows(`flow ${flow}`),
                                step: step + 1,
                              })}
                              onClick={() => open(loaded.run.scenario, step)}
                            >
                              {step + 1} <span aria-hidden="true">→</span>
                            </button>
                          </Fragment>
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className={styles.source}>{words('notes', { asOf: KMS_PRICES.asOf })}</p>
      <BucketKey />
    </section>
  );
}
