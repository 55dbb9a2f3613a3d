// One row of the tree. It is drawn anew only when something of it changes.
import { memo } from 'react';
import type { KeyNode } from '../../flows';
import { useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { lookOfNode } from './hues';
import styles from './Keys.module.css';
import { useNodeWords, useNumbers } from './names';
import type { Tone } from './tones';

export interface TreeRowProps {
  readonly id: string;
  readonly elementId: string;
  /** From the top, CSS pixels. */
  readonly top: number;
  readonly level: number;
  readonly place: number;
  readonly of: number;
  readonly isOpen: boolean | undefined;
  readonly isChosen: boolean;
  readonly isActive: boolean;
  readonly kind: 'zone' | 'node' | 'object';
  readonly node: KeyNode | undefined;
  /** Of an object or zone; a key's name follows from it. */
  readonly name: string;
  readonly tone: Tone | undefined;
  readonly hue: number;
  /** Objects directly under it. */
  readonly count: number;
  readonly onTake: (id: string) => void;
  readonly onFold: (id: string) => void;
}

export const TreeRow = memo(function TreeRow(row: TreeRowProps) {
  const words = useWords('keys');
  const { nameOf, stateOf } = useNodeWords();
  const number = useNumbers();
  const { id, node, tone, isOpen, count } = row;
  const state = node && stateOf(node);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree, which names the row that has it
    <div
      id={row.elementId}
      role="treeitem"
      className={styles.branch}
      aria-level={row.level}
      aria-setsize={row.of}
      aria-posinset={row.place}
      aria-expanded={isOpen}
      aria-selected={row.isChosen}
      data-active={row.isActive || undefined}
      data-kind={row.kind}
      style={{
        transform: `translateY(${row.top}px)`,
        paddingInlineStart: 8 + (row.level - 1) * 18,
      }}
      onClick={() => row.onTake(id)}
    >
      <span
        className={styles.twist}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          row.onFold(id);
        }}
      >
        {isOpen === undefined ? '' : isOpen ? '▾' : '▸'}
      </span>
      {node && <Glyph look={lookOfNode(node)} size={20} />}
      {tone && (
        <span className={`${styles.square} hue-${row.hue}`} data-tone={tone} aria-hidden="true" />
      )}
      <span className={styles.branchName}>{node ? nameOf(node) : row.name}</span>
      {tone && tone !== 'aside' && <span className="visually-hidden">{words(`tone ${tone}`)}</span>}
      {state && <span className={styles.branchState}>{state}</span>}
      {count > 0 && (
        <span className={styles.count}>
          {number(count)}
          <span className="visually-hidden"> {words('objects', { count })}</span>
        </span>
      )}
    </div>
  );
});
