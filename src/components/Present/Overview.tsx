// All steps as a grid of small stages: to find a place and go there.
import { useEffect, useRef } from 'react';
import { useCaption, usePlayed, usePlayer, useShown, useWords } from '../context';
import { MiniStage } from './MiniStage';
import styles from './Present.module.css';

const ACROSS = { ArrowLeft: -1, ArrowRight: 1 } as const;

export function Overview({ onDone }: { readonly onDone: () => void }) {
  const words = useWords('present');
  const player = usePlayer();
  const caption = useCaption();
  const shown = useShown();
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const list = useRef<HTMLOListElement>(null);
  const visible = shown?.visible[level] ?? [];
  const at = Math.max(0, shown?.step ? visible.indexOf(shown.step.index) : 0);

  const tiles = (): HTMLButtonElement[] => [...(list.current?.querySelectorAll('button') ?? [])];
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one is when it opens
  useEffect(() => {
    const before = document.activeElement;
    tiles()[at]?.focus();
    tiles()[at]?.scrollIntoView({ block: 'center' });
    return () => (before instanceof HTMLElement ? before.focus() : undefined);
  }, []);

  const move = (event: React.KeyboardEvent): void => {
    const all = tiles();
    const now = all.indexOf(document.activeElement as HTMLButtonElement);
    const first = all[0]?.offsetTop;
    const columns = all.filter(({ offsetTop }) => offsetTop === first).length;
    const step =
      event.key === 'ArrowDown'
        ? columns
        : event.key === 'ArrowUp'
          ? -columns
          : ACROSS[event.key as keyof typeof ACROSS];
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? all.length - 1
          : step === undefined
            ? undefined
            : now + step;
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
  };

  if (!shown) return null;
  return (
    <section className={styles.overview} aria-label={words('do overview')} data-over>
      <ol ref={list} className={styles.tiles} onKeyDown={move}>
        {visible.map((index, i) => {
          const step = shown.run.trace.steps[index];
          return (
            step && (
              <li key={index}>
                <button
                  type="button"
                  className={styles.tile}
                  aria-current={i === at && shown.step ? 'step' : undefined}
                  onClick={() => {
                    player.jump(index);
                    onDone();
                  }}
                >
                  <MiniStage step={step} />
                  <span className={styles.tileText}>
                    <b>{i + 1}</b>{' '}
                    <span className={styles.tileCaption}>{caption(shown, step)}</span>
                  </span>
                </button>
              </li>
            )
          );
        })}
      </ol>
    </section>
  );
}
