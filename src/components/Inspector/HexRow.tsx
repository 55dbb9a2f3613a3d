// One row of the hex grid: offset, hex, ASCII.
import { memo } from 'react';
import type { Part, View } from '../../flows';
import styles from './HexView.module.css';
import { asciiOf, hexByte } from './hex';

interface HexRowProps {
  readonly bytes: View;
  readonly start: number;
  readonly perRow: number;
  readonly digits: number;
  readonly parts: readonly Part[];
  /** The offset that was asked for. */
  readonly aim: number | undefined;
  /** How a byte is lit, if it is. */
  readonly markAt?: MarkAt | undefined;
}

export type MarkAt = (offset: number) => 'picked' | 'kin' | undefined;

export const HexRow = memo(function HexRow(props: HexRowProps) {
  const { bytes, start, perRow, digits, parts, aim, markAt } = props;
  const row = Array.from(bytes.subarray(start, start + perRow), (byte, i) => ({
    byte,
    at: start + i,
  }));
  const partAt = (at: number): string | undefined =>
    parts.find((part) => at >= part.start && at < part.end)?.name;
  return (
    <div className={styles.row} data-per-row={perRow}>
      <span className={styles.offset}>{start.toString(16).padStart(digits, '0')}</span>
      <span className={styles.hex}>
        {row.map(({ byte, at }) => (
          <span
            key={at}
            data-at={at}
            data-part={partAt(at)}
            data-mark={markAt?.(at)}
            data-aim={at === aim || undefined}
          >
            {hexByte(byte)}{' '}
          </span>
        ))}
      </span>
      <span className={styles.ascii} aria-hidden="true">
        {row.map(({ byte, at }) => (
          <span
            key={at}
            data-at={at}
            data-part={partAt(at)}
            data-mark={markAt?.(at)}
            data-aim={at === aim || undefined}
          >
            {asciiOf(byte)}
          </span>
        ))}
      </span>
    </div>
  );
});
