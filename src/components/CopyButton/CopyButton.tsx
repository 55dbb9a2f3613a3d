// A button that copies a text, says so for a moment, and, where there is no clipboard, selects the text instead.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../context';
import styles from './CopyButton.module.css';

interface CopyButtonProps {
  /** The text, or how to make it: called only when the button is pressed. */
  readonly text: string | (() => string);
  /** What the button is for, where its own text does not say all of it. */
  readonly label?: string;
  /** Text on the button; without it the button is a picture. */
  readonly children?: ReactNode;
}

const SHOWN_FOR = 1600;

export function CopyButton({ text, label, children }: CopyButtonProps) {
  const words = useWords('inspector');
  const [state, setState] = useState<'idle' | 'copied' | 'selected'>('idle');
  const [fallback, setFallback] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [state]);

  useEffect(() => {
    if (state === 'selected') field.current?.select();
  }, [state]);

  async function copy(): Promise<void> {
    const made = typeof text === 'function' ? text() : text;
    try {
      await navigator.clipboard.writeText(made);
      setState('copied');
    } catch {
      setFallback(made);
      setState('selected');
    }
  }

  const done = state === 'copied';
  const name = done ? words('copied') : (label ?? words('copy'));
  return (
    <span className={styles.holder}>
      <button
        type="button"
        className={styles.button}
        data-text={children !== undefined || undefined}
        data-done={done || undefined}
        title={name}
        aria-label={children === undefined ? name : done ? undefined : label}
        onClick={copy}
      >
        <Picture done={done} />
        {children !== undefined && <span>{done ? words('copied') : children}</span>}
        {children === undefined && done && <span className={styles.flag}>{words('copied')}</span>}
      </button>
      {state === 'selected' && (
        <label className={styles.fallback}>
          <span>{words('copy selected')}</span>
          <textarea
            ref={field}
            readOnly
            rows={2}
            value={fallback}
            onBlur={() => setState('idle')}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setState('idle');
            }}
          />
        </label>
      )}
    </span>
  );
}

function Picture({ done }: { readonly done: boolean }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className={styles.picture}>
      {done ? (
        <path d="M3 8.500 6.500 12 13 4.500" />
      ) : (
        <path d="M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3" />
      )}
    </svg>
  );
}
