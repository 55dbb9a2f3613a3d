import { describe, expect, it } from 'vitest';
import present from '../../words/en/present.json';
import { KEY_MAP } from '../Keyboard/keymap';
import { PRESENT_ACTIONS, PRESENT_KEYS, presentActionOf } from './presentKeys';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('the keys of a presentation', () => {
  it('each do one thing, which has words', () => {
    const keys = PRESENT_ACTIONS.flatMap((action) => PRESENT_KEYS[action]);
    expect(new Set(keys).size).toBe(keys.length);
    for (const action of PRESENT_ACTIONS) {
      expect(present).toHaveProperty([`do ${action}`]);
      expect(present).toHaveProperty([`key ${PRESENT_KEYS[action][0]}`]);
      for (const key of PRESENT_KEYS[action])
        expect(presentActionOf(press(key), true)).toBe(action);
    }
    expect(presentActionOf(press('B'), true)).toBe('black');
  });

  it('leave the steps to the page, and keep from it what would lead away', () => {
    for (const action of ['next', 'previous', 'first', 'last'] as const)
      for (const key of KEY_MAP[action]) expect(presentActionOf(press(key), true)).toBeUndefined();
    expect(presentActionOf(press('t'), true)).toBe('nothing');
    expect(presentActionOf(press('r', { ctrlKey: true }), true)).toBeUndefined();
  });

  it('are only keys without a character when shortcuts are off', () => {
    expect(presentActionOf(press('b'), false)).toBeUndefined();
    expect(presentActionOf(press('Escape'), false)).toBe('leave');
  });
});
