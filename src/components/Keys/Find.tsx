// Finds keys and objects by their names.
import { type FormEvent, useId, useState } from 'react';
import type { Hierarchy } from '../../flows';
import { useWords } from '../context';
import styles from './Keys.module.css';
import { useNodeWords, useNumbers } from './names';
import type { KeysState } from './useKeys';
import { groupAt, nameAt } from './world';

export function Find({ keys, hierarchy }: { keys: KeysState; hierarchy: Hierarchy }) {
  const words = useWords('keys');
  const { nameOf } = useNodeWords();
  const number = useNumbers();
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ text: string; ids: readonly string[]; at: number }>();
  const field = useId();
  const { columns } = keys.state;

  const search = (): readonly string[] => {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [];
    const nodes = hierarchy.nodes.filter(
      (node) =>
        nameOf(node).toLowerCase().includes(wanted) ||
        ('materialId' in node && node.materialId.startsWith(wanted)),
    );
    const ids = nodes.map(({ id }) => id);
    for (let i = 0; i < columns.count; i++)
      if (`${groupAt(columns, i)}/${nameAt(columns, i)}`.includes(wanted)) ids.push(`o${i}`);
    return ids;
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const isSame = found?.text === text;
    const ids = isSame ? found.ids : search();
    const at = isSame ? (found.at + 1) % Math.max(1, ids.length) : 0;
    setFound({ text, ids, at });
    const id = ids[at];
    if (id !== undefined) keys.choose(id);
  };
  const isShown = found !== undefined && found.text === text && text.trim() !== '';
  return (
    <search>
      <form className={styles.find} onSubmit={onSubmit}>
        <label htmlFor={field} className="visually-hidden">
          {words('find')}
        </label>
        <input
          id={field}
          type="search"
          className="button"
          placeholder={words('find')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button">
          {words(isShown && found.ids.length > 1 ? 'find next' : 'find it')}
        </button>
        <span role="status" className={styles.note}>
          {isShown &&
            (found.ids.length === 0
              ? words('found none')
              : words('found', { at: number(found.at + 1), of: number(found.ids.length) }))}
        </span>
      </form>
    </search>
  );
}
