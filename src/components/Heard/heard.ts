// What assistive technology is given of a part of the page, in its order: read from the page itself, by the standard rules
// for roles and names (accname 1.2, ARIA in HTML).
import { computeAccessibleName, getRole, isInaccessible } from 'dom-accessibility-api';

export interface Line {
  /** ARIA role; `text` for text that stands by itself. */
  readonly role: string;
  readonly name: string;
  readonly depth: number;
  /** `aria-current`, `pressed`, `checked`, `disabled`: as they are set. */
  readonly state: readonly string[];
}

/** Their name says what is in them. */
const NAMED_BY_CONTENT = ['button', 'heading', 'link', 'radio', 'option', 'tab', 'checkbox', 'img'];
/** Nothing is said of them: only of what is in them. */
const SILENT = [
  'generic',
  'presentation',
  'none',
  'paragraph',
  'term',
  'definition',
  'strong',
  'emphasis',
  'code',
];

const STATES = [
  'aria-current',
  'aria-pressed',
  'aria-checked',
  'aria-expanded',
  'aria-disabled',
] as const;

const statesOf = (element: Element): string[] =>
  STATES.filter((name) => !['false', null].includes(element.getAttribute(name))).map((name) =>
    name.replace('aria-', ''),
  );

const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Text between elements is read as one piece as long as no element that is told comes between. */
export function heardIn(root: Element): Line[] {
  const lines: Line[] = [];
  let text = '';
  const flush = (depth: number): void => {
    const name = squeezed(text);
    if (name) lines.push({ role: 'text', name, depth, state: [] });
    text = '';
  };
  const walk = (node: Node, depth: number): void => {
    if (node.nodeType === Node.TEXT_NODE) {
      text += node.textContent ?? '';
      return;
    }
    if (!(node instanceof Element) || isInaccessible(node)) return;
    const role = getRole(node) ?? 'generic';
    const name = squeezed(computeAccessibleName(node));
    const isTold =
      !SILENT.includes(role) && (name !== '' || role === 'list' || role === 'listitem');
    if (!isTold) {
      const isBlock = getComputedStyle(node).display !== 'inline';
      if (isBlock) flush(depth);
      for (const child of node.childNodes) walk(child, depth);
      if (isBlock) flush(depth);
      else text += ' ';
      return;
    }
    flush(depth);
    lines.push({ role, name, depth, state: statesOf(node) });
    if (NAMED_BY_CONTENT.includes(role)) return;
    for (const child of node.childNodes) walk(child, depth + 1);
    flush(depth + 1);
  };
  walk(root, 0);
  flush(0);
  return lines;
}
