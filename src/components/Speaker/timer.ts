// The presenter's watch: counts up, or down from a length, and says how far ahead or behind one is. Kept in the window's own
// storage, so that a reload does not stop it; a browser that stores nothing only forgets it then.

export interface Watch {
  /** Milliseconds since 1970; undefined: it stands. */
  readonly since: number | undefined;
  /** What it ran before, milliseconds. */
  readonly before: number;
  /** The length to count down from, minutes; undefined: it counts up. */
  readonly minutes: number | undefined;
}

export const STOPPED: Watch = { since: undefined, before: 0, minutes: undefined };
export const LONGEST_MINUTES = 600;
const NAME = 'sealed.watch';

export const elapsed = ({ since, before }: Watch, now: number): number =>
  before + (since === undefined ? 0 : Math.max(0, now - since));

export const started = (watch: Watch, now: number): Watch =>
  watch.since === undefined ? { ...watch, since: now } : watch;
export const paused = (watch: Watch, now: number): Watch => ({
  ...watch,
  before: elapsed(watch, now),
  since: undefined,
});

/** Minutes ahead (positive) or behind, if every step takes as long as any other; undefined without a length. */
export function pace(watch: Watch, now: number, done: number, of: number): number | undefined {
  if (watch.minutes === undefined || of === 0) return undefined;
  return (done / of) * watch.minutes - elapsed(watch, now) / 60_000;
}

/** `12:05`, `1:02:09`; with a minus sign past zero. */
export function clockText(milliseconds: number): string {
  const all = Math.floor(Math.abs(milliseconds) / 1000);
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  const text =
    hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  return milliseconds <= -1000 ? `−${text}` : text;
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

export function loadWatch(store: () => Pick<Storage, 'getItem'>): Watch {
  try {
    const { since, before, minutes } = JSON.parse(store().getItem(NAME) ?? '') as Partial<Watch>;
    return {
      since: isCount(since) ? since : undefined,
      before: isCount(before) ? before : 0,
      minutes: isCount(minutes) && minutes <= LONGEST_MINUTES ? minutes : undefined,
    };
  } catch {
    return STOPPED;
  }
}

export function saveWatch(store: () => Pick<Storage, 'setItem'>, watch: Watch): void {
  try {
    store().setItem(NAME, JSON.stringify(watch));
  } catch {
    // The watch goes on; a reload begins it anew.
  }
}
