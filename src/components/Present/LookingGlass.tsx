// A point of light, or all but a circle dimmed, wherever the pointer is.
import { useEffect, useRef } from 'react';
import styles from './Present.module.css';

export const POINTERS = ['none', 'laser', 'spotlight'] as const;
export type PointerKind = (typeof POINTERS)[number];

export function LookingGlass({
  kind,
  scale,
}: {
  readonly kind: PointerKind;
  readonly scale: number;
}) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = ({ clientX, clientY }: PointerEvent): void => {
      ref.current?.style.setProperty('--x', `${clientX / scale}px`);
      ref.current?.style.setProperty('--y', `${clientY / scale}px`);
    };
    addEventListener('pointermove', follow);
    return () => removeEventListener('pointermove', follow);
  }, [scale]);
  return <div ref={ref} className={styles.glass} data-kind={kind} aria-hidden="true" />;
}
