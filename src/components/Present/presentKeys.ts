// The keys of the presented stage, beside those of the page for the next step and the one before. As data: the help is
// made from this.
import { isCharacter } from '../Keyboard/keymap';

export const PRESENT_ACTIONS = [
  'black',
  'go',
  'overview',
  'pointer',
  'look',
  'full',
  'speaker',
  'leave',
] as const;
export type PresentAction = (typeof PRESENT_ACTIONS)[number];

/** Keys by their `event.key`, letters in lower case. Clickers send PageDown, PageUp, and B or a full stop for black. */
export const PRESENT_KEYS: Readonly<Record<PresentAction, readonly string[]>> = {
  black: ['b', '.'],
  go: ['g'],
  overview: ['o'],
  pointer: ['l'],
  look: ['i'],
  full: ['f'],
  speaker: ['s'],
  leave: ['Escape'],
};

/** Keys of the page that mean nothing here, so that a slip of the hand leads nowhere. */
const SWITCHED_OFF = ['t', 'w', '1', '2', '3', '4', '5'];

export type PresentPress = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'
>;

/** What a key does here; `nothing`: it is kept from the page; undefined: it is the page's. */
export function presentActionOf(
  press: PresentPress,
  shortcuts: boolean,
): PresentAction | 'nothing' | undefined {
  const key = isCharacter(press.key) ? press.key.toLowerCase() : press.key;
  if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return undefined;
  if (isCharacter(key) && !shortcuts) return undefined;
  if (SWITCHED_OFF.includes(key)) return 'nothing';
  return PRESENT_ACTIONS.find((action) => PRESENT_KEYS[action].includes(key));
}
