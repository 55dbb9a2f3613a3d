// Which bit of these bytes, with what the byte is and what it becomes.
import { type FormEvent, useId, useState } from 'react';
import type { Bytes } from '../../sim/types';
import { useWords } from '../context';
import styles from './WhatIf.module.css';

const BITS = [0, 1, 2, 3, 4, 5, 6, 7];
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const readable = (byte: number): string =>
  byte > 32 && byte < 127 ? `${hex(byte)} “${String.fromCharCode(byte)}”` : hex(byte);

interface FlipFormProps {
  readonly bytes: Bytes;
  readonly onFlip: (bit: number) => void;
}

export function FlipForm({ bytes, onFlip }: FlipFormProps) {
  const words = useWords('forks');
  const id = useId();
  const last = bytes.length - 1;
  const [typed, setTyped] = useState(String(bytes.length >>> 1));
  const [bit, setBit] = useState(0);
  const at = /^\d{1,10}$/.test(typed) && Number(typed) <= last ? Number(typed) : undefined;
  const before = at === undefined ? undefined : bytes[at];
  const flip = (event: FormEvent): void => {
    event.preventDefault();
    if (at !== undefined) onFlip(at * 8 + bit);
  };
  return (
    <form className={styles.form} onSubmit={flip}>
      <label className={styles.field}>
        <span>{words('byte')}</span>
        <input
          type="text"
          inputMode="numeric"
          value={typed}
          aria-invalid={at === undefined}
          aria-describedby={id}
          onChange={(event) => setTyped(event.target.value.trim())}
        />
      </label>
      <label className={styles.field}>
        <span>{words('bit')}</span>
        <select
          className="button"
          value={bit}
          onChange={(event) => setBit(Number(event.target.value))}
        >
          {BITS.map((one) => (
            <option key={one} value={one}>
              {one === 0 ? words('bit lowest') : one === 7 ? words('bit highest') : one}
            </option>
          ))}
        </select>
      </label>
      <p id={id} className={styles.hint}>
        {before === undefined
          ? words('byte of', { last })
          : words('becomes', {
              before: readable(before),
              after: readable(before ^ (1 << bit)),
            })}
      </p>
      <button type="submit" className="button primary" disabled={at === undefined}>
        {words('flip it')}
      </button>
    </form>
  );
}
