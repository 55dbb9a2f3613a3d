import { describe, expect, it } from 'vitest';
import panels from '../../words/en/panels.json';
import { ACTIONS, actionOf, isCharacter, KEY_MAP, NO_FOCUS, type Press } from './keymap';

const press = (key: string, change: Partial<Press> = {}): Press => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});
const action = (key: string, focus = {}, shortcuts = true, change: Partial<Press> = {}) =>
  actionOf(press(key, change), { ...NO_FOCUS, ...focus }, shortcuts);

describe('the key map', () => {
  it('gives each key one action, and each action its words', () => {
    const keys = ACTIONS.flatMap((one) => KEY_MAP[one]);
    expect(new Set(keys).size).toBe(keys.length);
    for (const one of ACTIONS) expect(panels).toHaveProperty([`action ${one}`]);
    for (const key of keys) {
      if (isCharacter(key) && key !== ' ') continue;
      expect(panels).toHaveProperty([`cap ${key}`]);
      expect(panels).toHaveProperty([`key name ${key}`]);
    }
  });

  it('does what it says', () => {
    for (const one of ACTIONS) for (const key of KEY_MAP[one]) expect(action(key)).toBe(one);
    expect(action('P')).toBe('play');
    expect(action('x')).toBeUndefined();
    expect(action('Enter')).toBeUndefined();
  });

  it('leaves keys with modifiers to the browser', () => {
    for (const held of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey'])
      for (const key of ['ArrowRight', ' ', 'Home', 'l', '1'])
        expect(action(key, {}, true, { [held]: true })).toBeUndefined();
    expect(action('?', {}, true, { shiftKey: true })).toBe('help');
  });

  it('knows letters and digits by their place where the alphabet is another', () => {
    expect(action('з', {}, true, { code: 'KeyP' })).toBe('play');
    expect(action('&', {}, true, { code: 'Digit1' })).toBe('tab-1');
    expect(action('w', {}, true, { code: 'KeyZ' })).toBe('where');
  });

  it('leaves every key to a field in which one types', () => {
    for (const one of ACTIONS)
      for (const key of KEY_MAP[one])
        expect(action(key, { types: true })).toBe(one === 'escape' ? 'escape' : undefined);
  });

  it('leaves keys to a control that uses them', () => {
    expect(action(' ', { presses: true })).toBeUndefined();
    expect(action('ArrowRight', { presses: true })).toBe('next');
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown', ' '])
      expect(action(key, { moves: true })).toBeUndefined();
    expect(action('l', { moves: true })).toBe('level');
    for (const key of ['PageDown', 'Home', ' '])
      expect(action(key, { scrolls: true })).toBeUndefined();
    expect(action('ArrowRight', { scrolls: true })).toBe('next');
    expect(action('ArrowRight', { scrollsAcross: true })).toBeUndefined();
  });

  it('keeps only keys without a character when shortcuts are off', () => {
    const left = ACTIONS.flatMap((one) => KEY_MAP[one]).filter((key) => action(key, {}, false));
    expect(left).toEqual([
      'ArrowRight',
      'PageDown',
      'ArrowLeft',
      'PageUp',
      'Home',
      'End',
      'Escape',
    ]);
  });
});
