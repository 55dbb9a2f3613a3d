// The stage: wide where there is room, a ladder where there is not. Measured before the first paint, so nothing shifts.
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { usePlayed, usePlayer, useShown, useWords } from '../context';
import { Ladder } from './Ladder';
import { WIDE_FROM } from './layout';
import styles from './Stage.module.css';
import { StageText } from './StageText';
import { sceneOf } from './scene';
import { WideStage } from './WideStage';

interface Size {
  readonly width: number;
  readonly height: number;
}

function useSize() {
  const ref = useRef<HTMLElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, size };
}

/** `isPresented`: for a room full of people, its type 24 px and more. */
export function Stage({ isPresented = false }: { readonly isPresented?: boolean }) {
  const { ref, size } = useSize();
  const ui = useWords('ui');
  const player = usePlayer();
  const shown = useShown();
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const at = usePlayed((s) => s.place?.step ?? -1);
  const scene = useMemo(() => shown && sceneOf(shown, level, at), [shown, level, at]);
  const wide = size.width >= WIDE_FROM.width && size.height >= WIDE_FROM.height;
  return (
    <section
      ref={ref}
      className={styles.stage}
      aria-label={ui('stage')}
      data-wide={wide || undefined}
    >
      {shown && scene && size.width > 0 && (
        <>
          {wide ? (
            <WideStage size={size} shown={shown} scene={scene} isPresented={isPresented} />
          ) : (
            <Ladder shown={shown} scene={scene} onJump={player.jump} />
          )}
          <StageText shown={shown} scene={scene} />
        </>
      )}
    </section>
  );
}
