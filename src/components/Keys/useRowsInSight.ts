// Which rows of a long list are in sight. All are of one height, so that 100,000 of them need no measuring.
import { type RefObject, useCallback, useEffect, useState } from 'react';

const BEYOND = 6;

export interface InSight {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
  show(row: number): void;
}

export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  height: number,
): InSight {
  const [{ top, tall }, look] = useState({ top: 0, tall: 700 });
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const onLook = (): void => look({ top: box.scrollTop, tall: box.clientHeight });
    const watch = new ResizeObserver(onLook);
    watch.observe(box);
    box.addEventListener('scroll', onLook, { passive: true });
    return () => {
      watch.disconnect();
      box.removeEventListener('scroll', onLook);
    };
  }, [scroller]);
  const show = useCallback(
    (row: number) => {
      const box = scroller.current;
      if (!box) return;
      if (row * height < box.scrollTop) box.scrollTop = row * height;
      else if ((row + 1) * height > box.scrollTop + box.clientHeight)
        box.scrollTop = (row + 1) * height - box.clientHeight;
    },
    [scroller, height],
  );
  return {
    first: Math.max(0, Math.floor(top / height) - BEYOND),
    end: Math.min(count, Math.ceil((top + tall) / height) + BEYOND),
    show,
  };
}
