// A text in which keys and objects are marked in their hues and named: solid when readable, hatched when sealed.
import { type ReactNode, useState } from 'react';
import { useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { lookOf, useThingName } from '../things';
import { apart, type Needle, segmentsOf } from './highlight';
import styles from './Marked.module.css';

interface MarkedProps {
  readonly text: string;
  readonly needles: readonly Needle[];
}

/** What closes a value in JSON: it stands before the name of what is marked, so that no line begins with it. */
const CLOSING = /^",?/;

export function Marked({ text, needles }: MarkedProps): ReactNode {
  const segments = apart(segmentsOf(text, needles));
  let at = 0;
  let closed = '';
  return segments.map(({ id, text: whole }, i) => {
    const start = at;
    at += whole.length;
    if (id === undefined) {
      const rest = whole.slice(closed.length);
      closed = '';
      return <Elided key={start} text={rest} />;
    }
    closed = CLOSING.exec(segments[i + 1]?.text ?? '')?.[0] ?? '';
    return <Thing key={start} id={id} text={whole} closing={closed} />;
  });
}

/** The hue of the key that reads it: its own when readable, that of its outermost seal when sealed. */
function hueClass(id: string): string {
  const look = lookOf(id);
  const hue = look.seals[0] ?? look.hue;
  return hue === undefined ? (styles.plain ?? '') : `hue-${hue}`;
}

interface ThingProps {
  readonly id: string;
  readonly text: string;
  readonly closing?: string;
}

/** A longer value is shortened when it is marked: its name says what it is. */
const LONG_THING = 65;

export function Thing({ id, text, closing = '' }: ThingProps) {
  const [all, setAll] = useState(false);
  const isLong = text.length >= LONG_THING && !/\s/.test(text);
  return (
    <span className={hueClass(id)}>
      <mark className={styles.mark} data-state={id.includes('<') ? 'sealed' : 'readable'}>
        {isLong && !all ? shortened(text) : text}
      </mark>
      {closing} <ThingTag id={id} />
      {isLong && <More length={text.length} all={all} onAll={setAll} />}
    </span>
  );
}

function ThingTag({ id }: { readonly id: string }) {
  const nameOf = useThingName();
  return (
    <span className={`${styles.tag} ${hueClass(id)}`}>
      <Glyph look={lookOf(id)} size={16} />
      {nameOf(id)}
    </span>
  );
}

const LONG_RUN = 97;
const shortened = (text: string): string => `${text.slice(0, 24)}…${text.slice(-10)}`;

/** A long run of characters, its middle left out until it is asked for. */
function Elided({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false);
  if (text.length < LONG_RUN || /\s/.test(text.trim())) return text;
  return (
    <>
      {all ? text : shortened(text)} <More length={text.length} all={all} onAll={setAll} />
    </>
  );
}

interface MoreProps {
  readonly length: number;
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
}

function More({ length, all, onAll }: MoreProps) {
  const words = useWords('inspector');
  return (
    <button type="button" className={styles.more} aria-expanded={all} onClick={() => onAll(!all)}>
      {all ? words('elide') : words('elided', { length })}
    </button>
  );
}
