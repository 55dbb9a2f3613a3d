// The hierarchy as a tree: the same as the picture, for the keyboard and to be read. Only the rows in sight are there.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Hierarchy } from '../../flows';
import { useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { type Below, type Branch, branchesOf, pathOf, ZONES, zoneOf } from './branches';
import { hueOf, lookOfNode } from './hues';
import styles from './Keys.module.css';
import { useNodeWords, useNumbers } from './names';
import { TONES } from './tones';
import type { KeysState } from './useKeys';
import { nameAt } from './world';

const ROW = 34;
const AT_FIRST = ['diary', 'archive', 'aws/s3'];

interface TreeProps {
  readonly keys: KeysState;
  readonly hierarchy: Hierarchy;
  readonly below: Below;
  readonly tones: Uint8Array;
}

export function Tree({ keys, hierarchy, below, tones }: TreeProps) {
  const words = useWords('keys');
  const { nameOf, stateOf } = useNodeWords();
  const number = useNumbers();
  const { place, state, choose } = keys;
  const { columns } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const own = useId();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set([...ZONES, ...AT_FIRST]));
  const [focused, setFocused] = useState<string>('hsm');
  const rows = useMemo(() => branchesOf(hierarchy, below, unfolded), [hierarchy, below, unfolded]);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === focused),
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });

  // What is chosen in the picture is unfolded here, and in sight.
  const { at: chosen } = place;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when something else is chosen, and not when the world goes on
  useEffect(() => {
    if (chosen === undefined) return;
    const path = pathOf(hierarchy, columns, chosen);
    const above = [...path.map(({ id }) => id).filter((id) => id !== chosen), zoneOf(path.at(-1))];
    setUnfolded((had) => new Set([...had, ...above]));
    setFocused(chosen);
  }, [chosen]);
  useEffect(() => {
    virtual.scrollToIndex(at, { align: 'auto' });
  }, [virtual, at]);

  const fold = (id: string, isOpen: boolean): void => {
    const next = new Set(unfolded);
    if (isOpen) next.add(id);
    else next.delete(id);
    setUnfolded(next);
  };
  const take = (branch: Branch): void => {
    setFocused(branch.id);
    if (branch.thing.kind === 'zone') fold(branch.id, !branch.isOpen);
    else choose(branch.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const branch = rows[at];
    if (!branch || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = (to: number): void =>
      setFocused(rows[Math.max(0, Math.min(rows.length - 1, to))]?.id ?? 'hsm');
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 1);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      PageDown: () => go(at + page),
      PageUp: () => go(at - page),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () =>
        branch.isOpen === false ? fold(branch.id, true) : branch.isOpen && go(at + 1),
      ArrowLeft: () =>
        branch.isOpen ? fold(branch.id, false) : branch.parent && setFocused(branch.parent),
      Enter: () => take(branch),
      ' ': () => take(branch),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };

  const idOf = (id: string): string => `${own}-${id}`;
  const items = virtual.getVirtualItems();
  return (
    <div
      ref={scroller}
      className={styles.tree}
      role="tree"
      aria-label={words('tree')}
      aria-activedescendant={rows[at] && idOf(rows[at].id)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const branch = rows[index] as Branch;
          const { id, thing, level } = branch;
          const state = thing.kind === 'node' ? stateOf(thing.node) : undefined;
          const count = below.get(id)?.length ?? 0;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree, which names the row that has it
            <div
              key={id}
              id={idOf(id)}
              role="treeitem"
              className={styles.branch}
              aria-level={level}
              aria-setsize={branch.of}
              aria-posinset={branch.place}
              aria-expanded={branch.isOpen}
              aria-selected={chosen === id}
              data-active={index === at || undefined}
              data-kind={thing.kind}
              style={{
                transform: `translateY(${start}px)`,
                paddingInlineStart: 8 + (level - 1) * 18,
              }}
              onClick={() => take(branch)}
            >
              <span
                className={styles.twist}
                aria-hidden="true"
                onClick={(event) => {
                  event.stopPropagation();
                  if (branch.isOpen !== undefined) fold(id, !branch.isOpen);
                }}
              >
                {branch.isOpen === undefined ? '' : branch.isOpen ? '▾' : '▸'}
              </span>
              {thing.kind === 'node' && <Glyph look={lookOfNode(thing.node)} size={20} />}
              {thing.kind === 'object' && (
                <span
                  className={`${styles.square} hue-${hueOf(hierarchy.nodes[columns.under[thing.index] as number] ?? { kind: 'root key', id: 'root' })}`}
                  data-tone={TONES[tones[thing.index] as number]}
                  aria-hidden="true"
                />
              )}
              <span className={styles.branchName}>
                {thing.kind === 'zone'
                  ? words(`zone ${thing.zone} short`)
                  : thing.kind === 'node'
                    ? nameOf(thing.node)
                    : nameAt(columns, thing.index)}
              </span>
              {thing.kind === 'object' && TONES[tones[thing.index] as number] !== 'aside' && (
                <span className="visually-hidden">
                  {words(`tone ${TONES[tones[thing.index] as number]}`)}
                </span>
              )}
              {state && <span className={styles.branchState}>{state}</span>}
              {count > 0 && (
                <span className={styles.count}>
                  {number(count)}
                  <span className="visually-hidden"> {words('objects', { count })}</span>
                </span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
