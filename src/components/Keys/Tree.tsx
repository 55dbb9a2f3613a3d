// The hierarchy as a tree: the same as the picture, for the keyboard and to be read. Only the rows in sight are there.
import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Hierarchy } from '../../flows';
import { useWords } from '../context';
import type { Below } from './below';
import { type Branch, branchesOf, pathOf, ZONES, zoneOf } from './branches';
import { hueOf } from './hues';
import styles from './Keys.module.css';
import { TreeRow } from './TreeRow';
import { TONES } from './tones';
import type { KeysState } from './useKeys';
import { useRowsInSight } from './useRowsInSight';
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
  const { place, state, choose } = keys;
  const { columns } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const own = useId();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set([...ZONES, ...AT_FIRST]));
  const [focused, setFocused] = useState<string>('hsm');
  const rows = useMemo(() => branchesOf(hierarchy, below, unfolded), [hierarchy, below, unfolded]);
  const at = Math.max(0, rows.indexOf(focused));
  const { first, end, show } = useRowsInSight(scroller, rows.length, ROW);

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
  useEffect(() => show(at), [show, at]);

  const fold = (id: string, isOpen: boolean): void => {
    const next = new Set(unfolded);
    if (isOpen) next.add(id);
    else next.delete(id);
    setUnfolded(next);
  };
  const turn = (id: string): void => {
    const { isOpen } = rows.at(rows.indexOf(id)) ?? {};
    if (isOpen !== undefined) fold(id, !isOpen);
  };
  const take = (branch: Branch): void => {
    setFocused(branch.id);
    if (branch.thing.kind === 'zone') fold(branch.id, !branch.isOpen);
    else choose(branch.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const branch = rows.at(at);
    if (!branch || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = (to: number): void =>
      setFocused(rows.at(Math.max(0, Math.min(rows.length - 1, to)))?.id ?? 'hsm');
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

  // Rows keep the same two functions, so that only what changes is drawn anew.
  const latest = useRef({ take, turn, rows });
  latest.current = { take, turn, rows };
  const onTake = useCallback((id: string) => {
    const { rows, take } = latest.current;
    const branch = rows.at(rows.indexOf(id));
    if (branch) take(branch);
  }, []);
  const onFold = useCallback((id: string) => latest.current.turn(id), []);

  const idOf = (id: string): string => `${own}-${id}`;
  const active = rows.at(at)?.id;
  const items = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
  return (
    <div
      ref={scroller}
      className={styles.tree}
      role="tree"
      aria-label={words('tree')}
      aria-activedescendant={active && idOf(active)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: rows.length * ROW, position: 'relative' }}>
        {items.map((index) => {
          const branch = rows.at(index) as Branch;
          const { id, thing } = branch;
          const object = thing.kind === 'object' ? thing.index : undefined;
          const under =
            object === undefined ? undefined : hierarchy.nodes[columns.under[object] as number];
          return (
            <TreeRow
              key={id}
              id={id}
              elementId={idOf(id)}
              top={index * ROW}
              level={branch.level}
              place={branch.place}
              of={branch.of}
              isOpen={branch.isOpen}
              isChosen={chosen === id}
              isActive={index === at}
              kind={thing.kind}
              node={thing.kind === 'node' ? thing.node : undefined}
              name={
                thing.kind === 'zone'
                  ? words(`zone ${thing.zone} short`)
                  : object === undefined
                    ? ''
                    : nameAt(columns, object)
              }
              tone={object === undefined ? undefined : TONES[tones[object] as number]}
              hue={under ? hueOf(under) : 0}
              count={below.get(id)?.length ?? 0}
              onTake={onTake}
              onFold={onFold}
            />
          );
        })}
      </div>
    </div>
  );
}
