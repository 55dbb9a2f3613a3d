// Side by side: one upload and one read under each scheme, run now, and what tells them apart.
import { type ReactNode, useEffect, useState } from 'react';
import {
  type Comparison,
  comparisonOf,
  FLOW_IDS,
  type FlowId,
  KMS_PRICES,
  kmsCost,
} from '../../flows';
import { usePlayer, useWords } from '../context';
import { Dialog } from '../Dialog/Dialog';
import { Glyph } from '../glyphs/Glyph';
import { kindOf, lookOf } from '../things';
import styles from './Compare.module.css';

type Found = Partial<Readonly<Record<FlowId, Comparison>>>;

/** Runs them one after the other; undefined while nothing has come to an end yet, an error when one broke. */
function useComparisons(): { readonly found: Found; readonly broken: boolean } {
  const player = usePlayer();
  const [found, setFound] = useState<Found>({});
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    let isWanted = true;
    const work = async (): Promise<void> => {
      for (const flow of FLOW_IDS) {
        const run = await player.sample(flow);
        if (!isWanted) return;
        setFound((before) => ({ ...before, [flow]: comparisonOf(run) }));
      }
    };
    work().catch(() => isWanted && setBroken(true));
    return () => {
      isWanted = false;
    };
  }, [player]);
  return { found, broken };
}

const OBJECTS = [1, 1000, 1_000_000];

interface Row {
  readonly id: string;
  cell(one: Comparison): ReactNode;
}

function useRows(): readonly Row[] {
  const words = useWords('panels');
  const names = useWords('names');
  const actor = (id: Parameters<typeof lookOf>[0] | undefined) =>
    id === undefined ? '–' : names(`short ${id}`);
  const money = (objects: number, one: Comparison): string => {
    const cost = kmsCost(one, objects);
    return cost === 0 ? '$0' : cost < 0.01 ? words('compare cents') : `$${cost.toFixed(2)}`;
  };
  return [
    { id: 'encrypted', cell: ({ encryptedBy }) => encryptedBy.map(actor).join(', ') },
    { id: 'key from', cell: ({ keyFrom }) => actor(keyFrom) },
    {
      id: 'object in s3',
      cell: ({ objectReadableInS3: count }) =>
        count === 0 ? words('compare never') : words('compare steps', { count }),
    },
    {
      id: 'key in s3',
      cell: ({ keyReadableInS3: count }) =>
        count === 0 ? words('compare never') : words('compare steps', { count }),
    },
    {
      id: 'disks',
      cell: ({ readableOnDisks: count }) =>
        count === 0 ? words('compare never') : words('compare steps', { count }),
    },
    {
      id: 'kms calls',
      cell: ({ kmsCalls: { put, get } }) =>
        put + get === 0 ? words('compare none') : words('compare calls', { put, get }),
    },
    {
      id: 'log',
      cell: ({ kmsEvents: count }) =>
        count === 0 ? words('compare none') : words('compare events', { count }),
    },
    {
      id: 'kept',
      cell: ({ kept }) => (
        <ul className={styles.kept}>
          {kept.map((name) => (
            <li key={name}>
              <code>{name.replace(/^x-amz-meta-/, '')}</code>
            </li>
          ))}
        </ul>
      ),
    },
    {
      id: 'yours',
      cell: ({ yours }) =>
        yours.length === 0
          ? words('compare nothing')
          : yours.map((id) => (
              <span key={id} className={styles.yours}>
                <Glyph look={lookOf(id)} size={22} /> {names(`kind ${kindOf(id)}`)}
              </span>
            )),
    },
    ...OBJECTS.map((objects) => ({
      id: `cost ${objects}`,
      cell: (one: Comparison) => money(objects, one),
    })),
  ];
}

export function CompareDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords('panels');
  const flows = useWords('flows');
  const rows = useRows();
  const { found, broken } = useComparisons();
  const done = FLOW_IDS.filter((flow) => found[flow]).length;
  const isReady = done === FLOW_IDS.length;
  return (
    <Dialog
      title={words('compare')}
      onClose={onClose}
      size="full"
      footer={
        <button type="button" className="button" disabled={!isReady} onClick={() => print()}>
          {words('compare print')}
        </button>
      }
    >
      <div className={styles.compare} data-compare>
        <p className={styles.about}>{words('compare about')}</p>
        <p role="status" className={isReady ? 'visually-hidden' : styles.progress}>
          {broken
            ? words('compare broken')
            : words(isReady ? 'compare ready' : 'compare running', {
                at: Math.min(done + 1, FLOW_IDS.length),
                of: FLOW_IDS.length,
              })}
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className={styles.scroller} aria-label={words('compare')} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <td />
                {FLOW_IDS.map((flow) => (
                  <th key={flow} scope="col">
                    {flows(`flow ${flow}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id, cell }) => (
                <tr key={id}>
                  <th scope="row">{words(`compare row ${id}`)}</th>
                  {FLOW_IDS.map((flow) => {
                    const one = found[flow];
                    return <td key={flow}>{one ? cell(one) : '…'}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <p className={styles.source}>{words('compare notes', { asOf: KMS_PRICES.asOf })}</p>
      </div>
    </Dialog>
  );
}
