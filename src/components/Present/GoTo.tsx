// To a step by its number.
import { type FormEvent, useState } from 'react';
import { usePlayed, usePlayer, useShown, useWords } from '../context';
import styles from './Present.module.css';

export function GoTo({ onDone }: { readonly onDone: () => void }) {
  const words = useWords('present');
  const ui = useWords('ui');
  const player = usePlayer();
  const shown = useShown();
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const visible = shown?.visible[level] ?? [];
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const number = Number(typed);
    if (!/^\d+$/.test(typed) || number > visible.length) {
      setWrong(true);
      return;
    }
    const step = visible[number - 1];
    if (step === undefined) player.first();
    else player.jump(step);
    onDone();
  };
  return (
    <form className={styles.goTo} onSubmit={go} data-over>
      <label>
        {ui('go to step')}
        <input
          // biome-ignore lint/a11y/noAutofocus: it was asked for by a key, to type a number
          autoFocus
          inputMode="numeric"
          value={typed}
          aria-invalid={isWrong || undefined}
          onChange={(event) => {
            setTyped(event.target.value.trim());
            setWrong(false);
          }}
        />
      </label>
      <button type="submit">{words('go')}</button>
      <p role="alert">{isWrong && words('no such step', { steps: visible.length })}</p>
    </form>
  );
}
