// The keys at the top of the picture, each over the columns that hang under it, with lines from key to key. A name stays in
// sight as long as any of its columns is.
import { memo } from 'react';
import type { Hierarchy, KeyNode } from '../../flows';
import { useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { hueOf, lookOfNode } from './hues';
import styles from './Keys.module.css';
import type { Head } from './layout';
import { useNodeWords } from './names';
import type { Camera } from './paint';

/** Top of each row, and of the objects; CSS pixels. */
const TOPS = [6, 40, 128, 178] as const;
const HEAD_HEIGHT = 232;
const HEIGHTS = [26, 76, 38, 34] as const;

interface HeadsProps {
  readonly heads: readonly Head[];
  readonly hierarchy: Hierarchy;
  readonly camera: Camera;
  readonly size: { readonly width: number };
  readonly chosen: string | undefined;
}

interface Placed {
  readonly head: Head;
  readonly left: number;
  readonly width: number;
  /** Where its name stands, and how much room it has. */
  readonly middle: number;
  readonly room: number;
}

function placed(head: Head, { k, x }: Camera, width: number): Placed | undefined {
  const [left, right] = [head.from * k + x, head.to * k + x];
  const [from, to] = [Math.max(0, left), Math.min(width, right)];
  if (to - from < 12) return undefined;
  return { head, left, width: right - left, middle: (from + to) / 2, room: to - from };
}

function Box({
  at,
  node,
  isChosen,
  isLeaked,
}: {
  at: Placed;
  node: KeyNode;
  isChosen: boolean;
  isLeaked: boolean;
}) {
  const { nameOf, stateOf } = useNodeWords();
  const words = useWords('keys');
  const state = stateOf(node);
  const small = at.head.row > 1;
  return (
    <div
      className={styles.box}
      data-node={node.id}
      data-small={small || undefined}
      data-chosen={isChosen || undefined}
      data-state={'state' in node ? node.state : undefined}
      style={{
        insetBlockStart: TOPS[at.head.row],
        height: HEIGHTS[at.head.row],
        left: at.middle,
        maxWidth: Math.max(26, Math.min(at.room, 220)),
      }}
    >
      <Glyph look={lookOfNode(node)} size={small ? 16 : 30} />
      {at.room > 66 && (
        <span className={styles.boxText}>
          <span className={styles.boxName}>{nameOf(node)}</span>
          {(state || isLeaked) && (
            <span className={styles.boxState} data-bad={isLeaked || undefined}>
              {isLeaked ? words('leaked') : state}
            </span>
          )}
        </span>
      )}
    </div>
  );
}

export const Heads = memo(function Heads({ heads, hierarchy, camera, size, chosen }: HeadsProps) {
  const words = useWords('keys');
  const all = heads
    .map((head) => placed(head, camera, size.width))
    .filter((at) => at !== undefined);
  const byId = new Map(all.map((at) => [at.head.id, at]));
  const parents = new Set(heads.map(({ parent }) => parent));
  return (
    <div className={styles.heads} style={{ height: HEAD_HEIGHT }}>
      <svg className={styles.lines} aria-hidden="true">
        {all.map((at) => {
          const { row, parent, id } = at.head;
          const node = hierarchy.nodes.find((one) => one.id === id);
          const above = parent === undefined ? undefined : byId.get(parent);
          const bottom = (TOPS[row] as number) + (HEIGHTS[row] as number);
          return (
            <g key={id} className={node ? `hue-${hueOf(node)}` : styles.zoneLine}>
              {above && row > 1 && (
                <path
                  d={`M${above.middle} ${(TOPS[row - 1] as number) + (HEIGHTS[row - 1] as number)}V${(TOPS[row] as number) - 6}H${at.middle}V${TOPS[row]}`}
                />
              )}
              {node && !parents.has(id) && (
                <path
                  d={`M${at.middle} ${bottom}V${HEAD_HEIGHT - 8}M${Math.max(at.left, 0)} ${HEAD_HEIGHT - 8}H${Math.min(at.left + at.width, size.width)}`}
                />
              )}
            </g>
          );
        })}
      </svg>
      {all.map((at) => {
        const { id, row } = at.head;
        if (row === 0)
          return (
            <div
              key={id}
              className={styles.zone}
              data-zone={id}
              style={{
                left: Math.max(0, at.left),
                width: Math.min(at.left + at.width, size.width) - Math.max(0, at.left),
              }}
            >
              {words(at.room > 250 ? `zone ${id}` : `zone ${id} short`)}
            </div>
          );
        const node = hierarchy.nodes.find((one) => one.id === id);
        return (
          node && (
            <Box
              key={id}
              at={at}
              node={node}
              isChosen={chosen === id}
              isLeaked={hierarchy.leaked.includes(id)}
            />
          )
        );
      })}
    </div>
  );
});
