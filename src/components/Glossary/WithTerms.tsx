// A text in which each term of the glossary can be opened where it stands: a word becomes a button, and a card beside
// it says what the word means.
import { type ToggleEvent, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useWords } from '../context';
import { openGlossary } from '../Panels/panel';
import styles from './Glossary.module.css';
import { useFinder } from './terms';

export function WithTerms({ text }: { readonly text: string }) {
  const find = useFinder();
  return find(text).map(({ text: piece, term }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text keep their order
    term ? <Term key={index} term={term} text={piece} /> : piece,
  );
}

/** Pixels between the word and its card, and between the card and the edge of the window. */
const GAP = 6;
const EDGE = 10;

/** Puts the card below its word, or above it where there is no room below. */
function place(card: HTMLElement, word: HTMLElement): void {
  const { left, top, bottom } = word.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const { clientWidth, clientHeight } = document.documentElement;
  const x = Math.max(EDGE, Math.min(left, clientWidth - width - EDGE));
  const below = bottom + GAP;
  const y = below + height + EDGE > clientHeight ? Math.max(EDGE, top - GAP - height) : below;
  card.style.left = `${x}px`;
  card.style.top = `${y}px`;
}

function Term({ term, text }: { readonly term: string; readonly text: string }) {
  const words = useWords('glossary');
  const panels = useWords('panels');
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const card = useRef<HTMLSpanElement>(null);

  const [isOpen, setOpen] = useState(false);

  // A closed card is empty, so that the text around it reads as it is; it is filled before it can be seen.
  const before = ({ newState }: ToggleEvent): void => {
    if (newState === 'open') flushSync(() => setOpen(true));
  };
  const after = ({ newState }: ToggleEvent): void => {
    const shown = card.current;
    setOpen(newState === 'open');
    if (newState !== 'open' || !shown || !word.current) return;
    place(shown, word.current);
    // What the word stands in may move away under the card.
    const close = (): void => shown.hidePopover();
    document.addEventListener('scroll', close, { capture: true, once: true });
    window.addEventListener('resize', close, { once: true });
  };

  return (
    <>
      <button ref={word} type="button" className={styles.term} popoverTarget={id}>
        {text}
      </button>
      <span
        ref={card}
        id={id}
        popover="auto"
        className={styles.card}
        onBeforeToggle={before}
        onToggle={after}
      >
        {isOpen && (
          <>
            <strong>{words(`term ${term}`)}</strong>
            <span>{words(`term ${term} is`)}</span>
            <button type="button" className={styles.all} onClick={() => openGlossary(term)}>
              {panels('glossary open')}
            </button>
          </>
        )}
      </span>
    </>
  );
}
