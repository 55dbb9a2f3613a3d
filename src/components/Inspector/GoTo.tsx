// A field that leads to an offset.
import { type FormEvent, useId, useState } from 'react';
import { useWords } from '../context';
import styles from './HexView.module.css';
import { readOffset } from './hex';

interface GoToProps {
  readonly length: number;
  readonly onGo: (offset: number) => void;
}

export function GoTo({ length, onGo }: GoToProps) {
  const words = useWords('inspector');
  const id = useId();
  const [typed, setTyped] = useState('');
  const [isBad, setIsBad] = useState(false);
  function go(event: FormEvent): void {
    event.preventDefault();
    const offset = readOffset(typed, length);
    setIsBad(offset === undefined);
    if (offset !== undefined) onGo(offset);
  }
  return (
    <form className={styles.goto} onSubmit={go}>
      <label htmlFor={id}>{words('go to')}</label>
      <input
        id={id}
        value={typed}
        inputMode="text"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={isBad ? `${id}-bad` : undefined}
        aria-invalid={isBad || undefined}
        onChange={(event) => setTyped(event.target.value)}
      />
      <button type="submit">{words('go')}</button>
      {isBad && (
        <span id={`${id}-bad`} data-bad>
          {words('go to bad', { last: `0x${(length - 1).toString(16)}` })}
        </span>
      )}
    </form>
  );
}
