import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockText, elapsed, loadWatch, pace, paused, STOPPED, saveWatch, started } from './timer';

describe('the watch', () => {
  it('counts only while it runs', () => {
    const running = started(STOPPED, 1000);
    expect(elapsed(running, 61_000)).toBe(60_000);
    const stopped = paused(running, 61_000);
    expect(elapsed(stopped, 999_000)).toBe(60_000);
    expect(elapsed(started(stopped, 100_000), 105_000)).toBe(65_000);
  });

  it('says how far ahead or behind one is', () => {
    const watch = { ...started(STOPPED, 0), minutes: 10 };
    expect(pace(watch, 5 * 60_000, 5, 10)).toBe(0);
    expect(pace(watch, 5 * 60_000, 7, 10)).toBe(2);
    expect(pace(watch, 5 * 60_000, 3, 10)).toBe(-2);
    expect(pace(STOPPED, 5, 3, 10)).toBeUndefined();
  });

  it('writes times as clocks do', () => {
    expect(clockText(0)).toBe('0:00');
    expect(clockText(725_999)).toBe('12:05');
    expect(clockText(3_729_000)).toBe('1:02:09');
    expect(clockText(-61_000)).toBe('−1:01');
  });

  it('comes back from a store, and from none, from whatever stands there', () => {
    const kept = new Map<string, string>();
    const store = () => ({
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    });
    const watch = { since: 5, before: 7, minutes: 25 };
    saveWatch(store, watch);
    expect(loadWatch(store)).toEqual(watch);
    const shut = () => {
      throw new Error('storage is blocked');
    };
    saveWatch(shut, watch);
    expect(loadWatch(shut)).toEqual(STOPPED);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { before, minutes } = loadWatch(() => ({ getItem: () => text }));
        expect(before).toBeGreaterThanOrEqual(0);
        expect(minutes ?? 0).toBeLessThanOrEqual(600);
      }),
    );
  });
});
