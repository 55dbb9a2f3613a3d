// A field: its label, what it is for, and beside it what is wrong with it as it stands.
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../context';
import styles from './OwnDataPanel.module.css';

interface Given {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

interface Props {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong, in a sentence. */
  readonly problem?: string | undefined;
  readonly children: (given: Given) => ReactNode;
}

export function Problem({ id, text }: { readonly id?: string; readonly text: string }) {
  const self = useRef<HTMLParagraphElement>(null);
  // It appears below what one types in, where on a phone it would be out of sight.
  useEffect(() => {
    const field = self.current?.parentElement;
    if (field?.contains(document.activeElement)) self.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <p id={id} ref={self} className={styles.problem}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="7" />
        <path d="M8 4.200v4.600M8 11.400v.1" />
      </svg>
      <span>{text}</span>
    </p>
  );
}

export function Field({ label, hint, problem, children }: Props) {
  const id = useId();
  const hintId = `${id}-hint`;
  const problemId = `${id}-problem`;
  const describedBy = problem ? problemId : hintId;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': problem !== undefined })}
      {problem && <Problem id={problemId} text={problem} />}
      {!problem && hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** The sentence for a problem of the player's. */
export function useProblem(): (
  found: { readonly id: string; readonly values: Readonly<Record<string, string>> } | undefined,
) => string | undefined {
  const words = useWords('panels');
  return (found) => {
    if (!found) return undefined;
    const values = Object.fromEntries(
      Object.entries(found.values).map(([name, value]) => [name, cut(value)]),
    );
    return words(`problem ${found.id}`, values);
  };
}

const cut = (value: string): string =>
  [...value].length > 40 ? `${[...value].slice(0, 40).join('')}…` : value;
