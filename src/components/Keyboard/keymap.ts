// The keys of the page, as data: what they do, and when they are somebody else's. The help is made from this.

export const ACTIONS = [
  'next',
  'previous',
  'first',
  'last',
  'play',
  'level',
  'tab-1',
  'tab-2',
  'tab-3',
  'tab-4',
  'tab-5',
  'transcript',
  'present',
  'where',
  'help',
  'escape',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Keys by their `event.key`; letters in lower case. */
export const KEY_MAP: Readonly<Record<Action, readonly string[]>> = {
  next: ['ArrowRight', 'PageDown', ' '],
  previous: ['ArrowLeft', 'PageUp'],
  first: ['Home'],
  last: ['End'],
  play: ['p'],
  level: ['l'],
  'tab-1': ['1'],
  'tab-2': ['2'],
  'tab-3': ['3'],
  'tab-4': ['4'],
  'tab-5': ['5'],
  transcript: ['t'],
  present: ['f'],
  where: ['w'],
  help: ['?'],
  escape: ['Escape'],
};

export interface Press {
  readonly key: string;
  /** The place on the keyboard, for alphabets without these letters. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** What the focused control does with keys itself. */
export interface Focus {
  /** Takes text: every key is its own. */
  readonly types: boolean;
  /** Space presses it. */
  readonly presses: boolean;
  /** Arrows, Home, End, PageUp and PageDown move in it: a slider, tabs. */
  readonly moves: boolean;
  /** It scrolls up and down; or sideways. */
  readonly scrolls: boolean;
  readonly scrollsAcross: boolean;
}
export const NO_FOCUS: Focus = {
  types: false,
  presses: false,
  moves: false,
  scrolls: false,
  scrollsAcross: false,
};

/** A key that types a character can be pressed by speech or by accident: these can be switched off (WCAG 2.1.4). */
export const isCharacter = (key: string): boolean => [...key].length === 1;

const ARROWS = ['ArrowLeft', 'ArrowRight'];
const PAGES = ['Home', 'End', 'PageUp', 'PageDown'];

function isTaken(key: string, focus: Focus): boolean {
  if (key === 'Escape') return false;
  if (focus.types) return true;
  if (key === ' ') return focus.presses || focus.moves || focus.scrolls;
  if (PAGES.includes(key)) return focus.moves || focus.scrolls;
  return ARROWS.includes(key) && (focus.moves || focus.scrollsAcross);
}

/** The key as the map names it: on a keyboard of another alphabet, by its place. */
function nameOf({ key, code }: Press): string {
  if (!isCharacter(key) || key === ' ' || key === '?') return key;
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

export function actionOf(press: Press, focus: Focus, shortcuts: boolean): Action | undefined {
  const key = nameOf(press);
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (press.shiftKey && key !== '?') return undefined;
  if (isTaken(key, focus) || (isCharacter(key) && !shortcuts)) return undefined;
  return ACTIONS.find((action) => KEY_MAP[action].includes(key));
}
