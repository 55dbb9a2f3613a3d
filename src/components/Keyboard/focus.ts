// What the focused control does with keys itself, read from the page.
import { type Focus, NO_FOCUS } from './keymap';

const NOT_TYPED_IN = [
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
];
const PRESSES =
  'button, a[href], summary, input, [role=button], [role=link], [role=checkbox], [role=switch], [role=menuitem]';
const MOVES =
  'input[type=range], input[type=radio], [role=slider], [role=tab], [role=radio], [role=menuitem], [role=menuitemradio], [role=option], [role=treeitem], [role=gridcell], [role=separator], [role=spinbutton]';

function takesText(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !NOT_TYPED_IN.includes(element.type);
  return (
    element.matches('textarea, select, [role=textbox], [role=combobox], [role=listbox]') ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
}

const SCROLLS = /auto|scroll/;

/** The element and what is around it, as far as one can scroll there; the page itself does not count. */
function scrolling(element: Element): Pick<Focus, 'scrolls' | 'scrollsAcross'> {
  let scrolls = false;
  let scrollsAcross = false;
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(at);
    scrolls ||= SCROLLS.test(overflowY) && at.scrollHeight > at.clientHeight + 1;
    scrollsAcross ||= SCROLLS.test(overflowX) && at.scrollWidth > at.clientWidth + 1;
  }
  return { scrolls, scrollsAcross };
}

export function focusOf(element: Element | null): Focus {
  if (!element || element === document.body) return NO_FOCUS;
  return {
    types: takesText(element),
    presses: element.matches(PRESSES),
    moves: element.matches(MOVES),
    ...scrolling(element),
  };
}
