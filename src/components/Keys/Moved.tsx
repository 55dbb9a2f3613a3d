// What a move touched: the object at rest before and after, and whom it asked; both read, not told.
import type { Answered, Done } from '../../flows';
import { useWords } from '../context';
import styles from './Keys.module.css';

type Move = NonNullable<Done['moved']>;

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Of what is at rest, in the order in which it is told; the names are those of the metadata. */
const PARTS = {
  bytes: undefined,
  iv: 'sse-iv',
  'wrapped key': 'sse-encrypted-data-key',
  'kms key': 'sse-kms-key',
  etag: 'etag',
  date: 'last-modified',
} as const;

export function Moved({ moved: { before, after }, answered }: { moved: Move; answered: Answered }) {
  const words = useWords('keys');
  const { steps } = answered.run.trace;
  const asked = steps.filter((step) => step.kind === 'request' && step.to === 'kms');
  const names = [...new Set(asked.map((step) => step.key.split(' ').at(-1)))];
  const rows = (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) => {
    const name = PARTS[part];
    const stays = name
      ? before.metadata[name] === after.metadata[name]
      : same(before.body, after.body);
    return { part, stays };
  });
  return (
    <table className={styles.moved}>
      <caption>{words('touched')}</caption>
      <tbody>
        {rows.map(({ part, stays }) => (
          <tr key={part}>
            <th scope="row">{words(`part ${part}`)}</th>
            <td data-new={!stays || undefined}>{words(stays ? 'stays' : 'new')}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{words('part kms')}</th>
          <td lang="en">{names.length > 0 ? names.join(', ') : '–'}</td>
        </tr>
      </tbody>
    </table>
  );
}
