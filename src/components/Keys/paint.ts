// Objects on a canvas. Far away each is one pixel of a bitmap that is drawn at any size; near, each is a square of its own,
// hatched in the hue of the key that it hangs under, and only those in sight are drawn.
import { hueOf } from './hues';
import type { Column, Layout } from './layout';
import { TONES, type Tone } from './tones';

export interface Camera {
  /** Zoom; at 1 everything fits. */
  readonly k: number;
  /** Of the picture's origin, CSS pixels. */
  readonly x: number;
  readonly y: number;
}

/** Colours of a theme, as CSS and as bytes. */
interface Paints {
  readonly css: (hue: number, tone: Tone) => string;
  readonly bytes: (hue: number, tone: Tone) => readonly [number, number, number];
  readonly edge: (hue: number) => string;
  readonly ink: string;
  readonly paper: string;
  readonly act: string;
}

/** From this side on a square is drawn by itself. */
const NEAR = 7;
const WITH_NAME = 74;
const WITH_DETAIL = 16;

let had: { theme: string; paints: Paints } | undefined;

/** Read from the style sheet once a theme. */
function paintsOf(box: HTMLElement): Paints {
  const forced = matchMedia('(forced-colors: active)').matches;
  const theme = `${document.documentElement.dataset.theme ?? ''} ${forced}`;
  if (had?.theme === theme) return had.paints;
  const probe = document.createElement('i');
  box.append(probe);
  const read = (hue: number | undefined, name: string): string => {
    probe.className = hue === undefined ? '' : `hue-${hue}`;
    return getComputedStyle(probe).getPropertyValue(name).trim() || '#888888';
  };
  const hues = [0, 1, 2, 3, 4, 5, 6, 7].map((hue) => ({
    hue: read(hue, '--hue'),
    line: read(hue, '--hue-line'),
    soft: read(hue, '--hue-soft'),
  }));
  const [ink, paper, bad, ok, warn, aside, act] = [
    ...['--ink', '--card', '--bad', '--ok', '--warn-line', '--line-2', '--act'],
  ].map((name) => read(undefined, name)) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  probe.remove();
  const css = (hue: number, tone: Tone): string =>
    ({
      shut: hues[hue]?.line ?? aside,
      unreadable: aside,
      half: warn,
      open: ink,
      lost: bad,
      back: ok,
      aside: hues[hue]?.soft ?? aside,
    })[tone];
  const known = new Map<string, readonly [number, number, number]>();
  const bytes = (hue: number, tone: Tone): readonly [number, number, number] => {
    const colour = css(hue, tone);
    const found = known.get(colour) ?? bytesOf(colour);
    known.set(colour, found);
    return found;
  };
  const paints = { css, bytes, edge: (hue: number) => hues[hue]?.hue ?? ink, ink, paper, act };
  had = { theme, paints };
  return paints;
}

/** `#rrggbb`, as the style sheet writes colours. */
function bytesOf(colour: string): readonly [number, number, number] {
  const [, r = '88', g = '88', b = '88'] = /^#(..)(..)(..)$/.exec(colour) ?? [];
  return [Number.parseInt(r, 16), Number.parseInt(g, 16), Number.parseInt(b, 16)];
}

/** A pixel for each object of a column. */
function bitmapOf(column: Column, tones: Uint8Array, paints: Paints): HTMLCanvasElement {
  const bitmap = document.createElement('canvas');
  bitmap.width = column.across;
  bitmap.height = Math.max(1, Math.ceil(column.objects.length / column.across));
  const context = bitmap.getContext('2d');
  if (!context) return bitmap;
  const image = context.createImageData(bitmap.width, bitmap.height);
  const hue = hueOf(column.node);
  // A pixel at once, red in the lowest byte, as canvases have them on every machine that runs a browser.
  const pixels = new Uint32Array(image.data.buffer);
  const colours = Uint32Array.from(TONES, (tone) => {
    const [r, g, b] = paints.bytes(hue, tone);
    return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
  });
  const { objects } = column;
  for (let at = 0; at < objects.length; at++)
    pixels[at] = colours[tones[objects[at] as number] as number] as number;
  context.putImageData(image, 0, 0);
  return bitmap;
}

/** Bitmaps of a layout with its tones; made when first drawn from afar. */
export class Bitmaps {
  #of: readonly [Layout, Uint8Array, Paints] | undefined;
  readonly #made = new Map<Column, HTMLCanvasElement>();

  get(layout: Layout, column: Column, tones: Uint8Array, paints: Paints): HTMLCanvasElement {
    const [had, hadTones, hadPaints] = this.#of ?? [];
    if (had !== layout || hadTones !== tones || hadPaints !== paints) this.#made.clear();
    this.#of = [layout, tones, paints];
    const bitmap = this.#made.get(column) ?? bitmapOf(column, tones, paints);
    this.#made.set(column, bitmap);
    return bitmap;
  }
}

export interface Painted {
  readonly layout: Layout;
  readonly tones: Uint8Array;
  readonly camera: Camera;
  readonly chosen: number | undefined;
  nameOf(index: number): string;
}

export function paint(
  context: CanvasRenderingContext2D,
  box: HTMLElement,
  size: { readonly width: number; readonly height: number; readonly ratio: number },
  bitmaps: Bitmaps,
  { layout, tones, camera, chosen, nameOf }: Painted,
): void {
  const { width, height, ratio } = size;
  const paints = paintsOf(box);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const side = layout.cell * camera.k;
  const isNear = side >= NEAR;
  context.imageSmoothingEnabled = side < 1;
  for (const column of layout.columns) {
    const hue = hueOf(column.node);
    const left = column.start * camera.k + camera.x;
    if (left > width || left + column.across * side < 0) continue;
    outline(context, column, { left, top: camera.y, side }, paints.edge(hue));
    if (isNear)
      squares(context, column, { left, side, width, height, camera }, paints, tones, nameOf);
    else if (column.objects.length > 0) {
      const bitmap = bitmaps.get(layout, column, tones, paints);
      context.drawImage(bitmap, left, camera.y, bitmap.width * side, bitmap.height * side);
    }
    if (chosen !== undefined) ring(context, column, chosen, { left, side, camera }, paints);
  }
}

/** Where the objects of a column will be, while they are still stored. */
function outline(
  context: CanvasRenderingContext2D,
  { places, objects, across }: Column,
  { left, top, side }: { left: number; top: number; side: number },
  colour: string,
): void {
  if (places <= objects.length) return;
  context.globalAlpha = 0.35;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  context.strokeRect(left + 0.5, top + 0.5, across * side - 1, Math.ceil(places / across) * side);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

interface InSight {
  readonly left: number;
  readonly side: number;
  readonly width: number;
  readonly height: number;
  readonly camera: Camera;
}

function squares(
  context: CanvasRenderingContext2D,
  { objects, across, node }: Column,
  { left, side, width, height, camera }: InSight,
  paints: Paints,
  tones: Uint8Array,
  nameOf: (index: number) => string,
): void {
  const hue = hueOf(node);
  const firstRow = Math.max(0, Math.floor(-camera.y / side));
  const lastRow = Math.min(
    Math.ceil(objects.length / across),
    Math.ceil((height - camera.y) / side),
  );
  const firstColumn = Math.max(0, Math.floor(-left / side));
  const lastColumn = Math.min(across, Math.ceil((width - left) / side));
  const gap = Math.max(1, Math.min(4, side * 0.14));
  const inner = side - gap;
  for (let row = firstRow; row < lastRow; row++)
    for (let column = firstColumn; column < lastColumn; column++) {
      const index = objects[row * across + column];
      if (index === undefined) continue;
      const tone = TONES[tones[index] as number] ?? 'shut';
      const x = left + column * side;
      const y = camera.y + row * side;
      context.fillStyle = paints.css(hue, tone);
      context.fillRect(x, y, inner, inner);
      if (side >= WITH_DETAIL) detail(context, { x, y, inner }, tone, paints, hue);
      if (side >= WITH_NAME) {
        context.fillStyle =
          tone === 'open' || tone === 'lost' || tone === 'back' ? paints.paper : paints.ink;
        context.font = '12px "Inter Variable", system-ui, sans-serif';
        context.fillText(nameOf(index), x + 6, y + inner - 8, inner - 12);
      }
    }
}

/** What the tone says, in a shape too: a sealed envelope, a cross, a page that can be read. */
function detail(
  context: CanvasRenderingContext2D,
  { x, y, inner }: { x: number; y: number; inner: number },
  tone: Tone,
  paints: Paints,
  hue: number,
): void {
  const at = (fx: number, fy: number): [number, number] => [x + inner * fx, y + inner * fy];
  context.lineWidth = Math.max(1, inner / 16);
  context.beginPath();
  if (tone === 'open' || tone === 'half') {
    context.strokeStyle = paints.paper;
    for (const line of [0.3, 0.5, 0.7]) {
      context.moveTo(...at(0.22, line));
      context.lineTo(...at(tone === 'open' || line === 0.3 ? 0.78 : 0.5, line));
    }
  } else if (tone === 'unreadable' || tone === 'lost') {
    context.strokeStyle = tone === 'lost' ? paints.paper : paints.ink;
    context.moveTo(...at(0.28, 0.28));
    context.lineTo(...at(0.72, 0.72));
    context.moveTo(...at(0.72, 0.28));
    context.lineTo(...at(0.28, 0.72));
  } else {
    context.strokeStyle = tone === 'back' ? paints.paper : paints.edge(hue);
    context.moveTo(...at(0.16, 0.26));
    context.lineTo(...at(0.5, 0.56));
    context.lineTo(...at(0.84, 0.26));
  }
  context.stroke();
}

function ring(
  context: CanvasRenderingContext2D,
  { objects, across }: Column,
  chosen: number,
  { left, side, camera }: Pick<InSight, 'left' | 'side' | 'camera'>,
  paints: Paints,
): void {
  const at = objects.indexOf(chosen);
  if (at < 0) return;
  const x = left + (at % across) * side;
  const y = camera.y + Math.floor(at / across) * side;
  const most = Math.max(side, 9);
  const off = (most - side) / 2;
  context.lineWidth = 3;
  context.strokeStyle = paints.paper;
  context.strokeRect(x - off - 3, y - off - 3, most + 4, most + 4);
  context.strokeStyle = paints.act;
  context.strokeRect(x - off - 1.5, y - off - 1.5, most + 1, most + 1);
}
