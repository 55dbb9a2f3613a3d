// The camera over the picture: dragged, pinched, zoomed with Ctrl and the wheel, with buttons and with keys.
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Layout } from './layout';
import type { Camera } from './paint';

const MOST = 64;
const STEP = 1.5;
const PAN = 80;
/** All of it, as long as its names can be read; else from its left. */
const atRest = (layout: Layout, { width }: Size): Camera => ({
  k: layout.width < width * 1.3 ? 0 : 1,
  x: 0,
  y: 0,
});
/** A press that moved less is a click. */
const CLICK = 5;

export interface Moves {
  readonly camera: Camera;
  zoom(factor: number): void;
  fit(): void;
  /** Brings a point of the picture to the middle, near enough to be seen. */
  show(x: number, y: number, side: number): void;
  readonly handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(event: PointerEvent<HTMLElement>): void;
  };
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Never further out than all of it, and never off its edge. */
function held(camera: Camera, layout: Layout, { width, height }: Size): Camera {
  const least = Math.min(1, width / layout.width);
  const k = Math.max(least, Math.min(MOST, camera.k));
  const wide = layout.width * k;
  const tall = layout.height * k;
  return {
    k,
    x: wide <= width ? (width - wide) / 2 : Math.max(width - wide, Math.min(0, camera.x)),
    y: tall <= height ? 0 : Math.max(height - tall, Math.min(0, camera.y)),
  };
}

export function useCamera(
  layout: Layout,
  size: Size,
  box: React.RefObject<HTMLElement | null>,
  onClick: (event: PointerEvent<HTMLElement>) => void,
): Moves {
  const [wished, wish] = useState<Camera>();
  const camera = useMemo(
    () => held(wished ?? atRest(layout, size), layout, size),
    [wished, layout, size],
  );
  const now = useRef(camera);
  now.current = camera;
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const moved = useRef(0);

  const about = useCallback((x: number, y: number, factor: number) => {
    const { k, x: left, y: top } = now.current;
    const next = Math.max(0.05, Math.min(MOST, k * factor));
    const by = next / k;
    wish({ k: next, x: x - (x - left) * by, y: y - (y - top) * by });
  }, []);
  const { width, height } = size;
  const zoom = useCallback(
    (factor: number) => about(width / 2, height / 2, factor),
    [about, width, height],
  );
  const fit = useCallback(() => wish({ k: 0, x: 0, y: 0 }), []);
  const show = useCallback(
    (x: number, y: number, side: number) => {
      const k = Math.max(now.current.k, 24 / side);
      wish({ k, x: width / 2 - x * k, y: height / 2 - y * k });
    },
    [width, height],
  );

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // React listens passively to the wheel; the page must not zoom as well.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      about(event.clientX - left, event.clientY - top, Math.exp(-event.deltaY / 300));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [about, box]);

  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [event.clientX - before.x, event.clientY - before.y];
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId);
    moved.current += Math.abs(dx) + Math.abs(dy);
    if (moved.current < CLICK) return;
    if (other) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      const [, { x, y }] = other;
      const far = Math.hypot(event.clientX - x, event.clientY - y);
      const was = Math.hypot(before.x - x, before.y - y) || 1;
      about((event.clientX + x) / 2 - left, (event.clientY + y) / 2 - top, far / was);
    } else {
      const { k, x, y } = now.current;
      wish({ k, x: x + dx, y: y + dy });
    }
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    if (pointers.current.delete(event.pointerId) && moved.current < CLICK) onClick(event);
  };
  const keys: Readonly<Record<string, () => void>> = {
    '+': () => zoom(STEP),
    '=': () => zoom(STEP),
    '-': () => zoom(1 / STEP),
    '0': fit,
    ArrowLeft: () => wish({ ...camera, x: camera.x + PAN }),
    ArrowRight: () => wish({ ...camera, x: camera.x - PAN }),
    ArrowUp: () => wish({ ...camera, y: camera.y + PAN }),
    ArrowDown: () => wish({ ...camera, y: camera.y - PAN }),
  };
  return {
    camera,
    zoom,
    fit,
    show,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return;
        if (pointers.current.size === 0) moved.current = 0;
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove,
      onPointerUp,
      onPointerCancel: (event) => void pointers.current.delete(event.pointerId),
    },
    onKeyDown(event) {
      const move = keys[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      move();
    },
  };
}
