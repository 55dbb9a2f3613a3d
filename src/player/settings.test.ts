import { describe, expect, it } from 'vitest';
import { DEFAULT_DRAFT } from './own';
import { createMemory, type Settings } from './settings';

function store(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    map,
    open: () => ({
      getItem: (name: string) => map.get(name) ?? null,
      setItem: (name: string, value: string) => void map.set(name, value),
    }),
  };
}
const DEFAULTS: Settings = {
  level: 'standard',
  theme: 'system',
  speed: 1,
  shortcuts: true,
  lifetimes: false,
  dataEvents: false,
  tool: 'openssl',
  brightness: 100,
  contrast: 100,
};

describe('what the browser remembers', () => {
  it('is settings for good, and typed data for this tab', () => {
    const lasting = store();
    const tab = store();
    const memory = createMemory(lasting.open, tab.open);
    const settings: Settings = {
      level: 'deep',
      theme: 'dark',
      speed: 2,
      shortcuts: false,
      lifetimes: true,
      dataEvents: true,
      tool: 'node',
      brightness: 150,
      contrast: 50,
    };
    const draft = { ...DEFAULT_DRAFT, text: 'mine' };
    expect(memory.saveSettings(settings)).toBe(true);
    expect(memory.saveDraft(draft)).toBe(true);
    expect(memory.saveTyped({ ...draft, bucket: 'NO' })).toBe(true);
    const later = createMemory(lasting.open, tab.open);
    expect(later.settings()).toEqual(settings);
    expect(later.draft()).toEqual(draft);
    expect(later.typed()?.bucket).toBe('NO');
    expect([...lasting.map.values()].join()).not.toContain('mine');
  });

  it('falls back, field by field, from what it cannot read', () => {
    const odd = JSON.stringify({
      level: 'deep',
      theme: 'pink',
      speed: '2',
      shortcuts: 1,
      brightness: 0,
      contrast: '120',
    });
    expect(createMemory(store({ 'sealed.settings': odd }).open).settings()).toEqual({
      ...DEFAULTS,
      level: 'deep',
    });
    for (const text of ['', '{', 'null', '[]', '3', '"x"'])
      expect(createMemory(store({ 'sealed.settings': text }).open).settings()).toEqual(DEFAULTS);
  });

  it('gives no draft that is incomplete or could not be run', () => {
    const withDraft = (value: unknown) =>
      createMemory(undefined, store({ 'sealed.draft': JSON.stringify(value) }).open).draft();
    expect(withDraft({ text: 'x' })).toBeUndefined();
    expect(withDraft({ ...DEFAULT_DRAFT, customerKey: 3 })).toBeUndefined();
    expect(withDraft({ ...DEFAULT_DRAFT, customerKey: 'abc' })).toBeUndefined();
    expect(withDraft({ ...DEFAULT_DRAFT, more: 1 })).toEqual(DEFAULT_DRAFT);
  });

  it('works without a store, and with one that refuses', () => {
    const refuses = () => {
      throw new DOMException('no', 'SecurityError');
    };
    const full = () => ({
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    for (const memory of [
      createMemory(),
      createMemory(refuses, refuses),
      createMemory(full, full),
    ]) {
      expect(memory.settings()).toEqual(DEFAULTS);
      expect(memory.draft()).toBeUndefined();
      expect(memory.typed()).toBeUndefined();
      expect(memory.saveSettings(DEFAULTS)).toBe(false);
      expect(memory.saveDraft(DEFAULT_DRAFT)).toBe(false);
      expect(memory.saveTyped(DEFAULT_DRAFT)).toBe(false);
    }
  });
});
