// One header of a message: another value, none, or one that was not there.
import { type FormEvent, useId, useState } from 'react';
import { isHeader } from '../../player';
import { useWords } from '../context';
import styles from './WhatIf.module.css';

/** What actors tell each other beside the wire stands for what is proven there: it is no header to edit. */
const isOnTheWire = (name: string): boolean => !name.startsWith('x-sealed-');

interface HeaderFormProps {
  readonly headers: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string) => void;
}

export function HeaderForm({ headers, onChange }: HeaderFormProps) {
  const words = useWords('forks');
  const id = useId();
  const names = Object.keys(headers).filter(isOnTheWire);
  const [chosen, setChosen] = useState(names[0] ?? '');
  const [name, setName] = useState('');
  const [value, setValue] = useState(headers[chosen] ?? '');
  const meant = chosen === '' ? name.trim().toLowerCase() : chosen;
  const fits = isOnTheWire(meant) && isHeader(meant, value);
  const change = (event: FormEvent): void => {
    event.preventDefault();
    if (fits) onChange(meant, value);
  };
  return (
    <form className={styles.form} onSubmit={change}>
      <label className={styles.field}>
        <span>{words('header name')}</span>
        <select
          className="button"
          value={chosen}
          onChange={(event) => {
            setChosen(event.target.value);
            setValue(headers[event.target.value] ?? '');
          }}
        >
          {names.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
          <option value="">{words('another header')}</option>
        </select>
      </label>
      {chosen === '' && (
        <label className={styles.field}>
          <span>{words('new name')}</span>
          <input
            type="text"
            value={name}
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
      )}
      <label className={styles.field}>
        <span>{words('header value')}</span>
        <input
          type="text"
          value={value}
          spellCheck={false}
          aria-describedby={id}
          onChange={(event) => setValue(event.target.value)}
        />
      </label>
      <p id={id} className={styles.hint}>
        {words(fits || meant === '' ? 'no value' : 'not a header')}
      </p>
      <button type="submit" className="button primary" disabled={!fits}>
        {words('change it')}
      </button>
    </form>
  );
}
