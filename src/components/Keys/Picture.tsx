// The key hierarchy as a picture: keys in rows at the top, each above what hangs under it, objects as squares below. The
// tree beside it says the same as text and is its way for the keyboard.
import { type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Hierarchy } from '../../flows';
import { useWords } from '../context';
import type { Below } from './below';
import { Heads } from './Heads';
import styles from './Keys.module.css';
import { headsOf, layoutOf, objectAt, squareOf } from './layout';
import { Bitmaps, paint } from './paint';
import { useCamera } from './useCamera';
import type { KeysState } from './useKeys';
import { nameAt } from './world';

const FIRST = { width: 900, height: 420 };

interface PictureProps {
  readonly keys: KeysState;
  readonly hierarchy: Hierarchy;
  readonly below: Below;
  readonly tones: Uint8Array;
  /** Index of the object that is chosen. */
  readonly chosen: number | undefined;
}

export function Picture({ keys, hierarchy, below, tones, chosen }: PictureProps) {
  const words = useWords('keys');
  const { state, place, choose } = keys;
  const { columns, planned } = state;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [bitmaps] = useState(() => new Bitmaps());
  const [size, setSize] = useState(FIRST);

  useEffect(() => {
    const element = canvas.current?.parentElement;
    if (!element) return;
    const watch = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  const layout = useMemo(
    () => layoutOf(hierarchy, columns, below, planned, size.width, size.height - 8),
    [hierarchy, columns, below, planned, size],
  );
  const heads = useMemo(() => headsOf(hierarchy, layout), [hierarchy, layout]);

  const onClick = (event: PointerEvent<HTMLElement>): void => {
    const target = document.elementFromPoint(event.clientX, event.clientY);
    const node = target?.closest<HTMLElement>('[data-node]')?.dataset.node;
    if (node) {
      choose(node);
      return;
    }
    const area = canvas.current?.getBoundingClientRect();
    if (!area) return;
    const { k, x, y } = moves.camera;
    const object = objectAt(
      layout,
      (event.clientX - area.left - x) / k,
      (event.clientY - area.top - y) / k,
    );
    choose(object === undefined ? undefined : `o${object}`);
  };
  const moves = useCamera(layout, size, box, onClick);
  const { camera, show } = moves;

  // What is chosen elsewhere comes into sight; what is in sight stays where it is.
  useEffect(() => {
    if (chosen === undefined) return;
    const square = squareOf(layout, chosen);
    const { k, x, y } = cameraNow.current;
    if (!square) return;
    const [left, top] = [square.x * k + x, square.y * k + y];
    const isInSight = left >= 0 && left <= size.width && top >= 0 && top <= size.height;
    if (!isInSight) show(square.x, square.y, layout.cell);
  }, [chosen, layout, show, size]);
  const cameraNow = useRef(camera);
  cameraNow.current = camera;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the page
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !box.current) return;
    const ratio = Math.min(2, devicePixelRatio);
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    paint(context, box.current, { ...size, ratio }, bitmaps, {
      layout,
      tones,
      camera,
      chosen,
      nameOf: (index) => nameAt(columns, index),
    });
  }, [layout, tones, camera, chosen, size, bitmaps, columns, keys.theme]);

  return (
    <div className={styles.picture}>
      <div ref={box} className={styles.scene} {...moves.handlers}>
        <Heads
          heads={heads}
          hierarchy={hierarchy}
          camera={camera}
          size={size}
          chosen={chosen === undefined ? place.at : undefined}
        />
        <div className={styles.field}>
          <canvas ref={canvas} className={styles.canvas} />
        </div>
      </div>
      <div
        className={styles.zoom}
        role="toolbar"
        aria-label={words('picture')}
        onKeyDown={moves.onKeyDown}
      >
        <button
          type="button"
          className="button"
          onClick={() => moves.zoom(1.5)}
          aria-label={words('zoom in')}
        >
          +
        </button>
        <button
          type="button"
          className="button"
          onClick={() => moves.zoom(1 / 1.5)}
          aria-label={words('zoom out')}
        >
          −
        </button>
        <button type="button" className="button" onClick={moves.fit}>
          {words('fit')}
        </button>
      </div>
    </div>
  );
}
