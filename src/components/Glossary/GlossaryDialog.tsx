// All terms with their meanings, to be searched.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../context';
import { Dialog } from '../Dialog/Dialog';
import styles from './Glossary.module.css';
import { TERMS } from './terms';

interface GlossaryDialogProps {
  /** The term to begin at. */
  readonly term: string | undefined;
  readonly onClose: () => void;
}

export function GlossaryDialog({ term, onClose }: GlossaryDialogProps) {
  const words = useWords('glossary');
  const panels = useWords('panels');
  const [sought, setSought] = useState('');
  const list = useRef<HTMLDListElement>(null);

  const entries = useMemo(
    () => TERMS.map((id) => ({ id, name: words(`term ${id}`), is: words(`term ${id} is`) })),
    [words],
  );
  const needle = sought.trim().toLowerCase();
  const named = entries.filter(({ name }) => name.toLowerCase().includes(needle));
  const others = entries.filter(
    (entry) => !named.includes(entry) && entry.is.toLowerCase().includes(needle),
  );
  const found = [...named, ...others];

  useEffect(() => {
    if (term) list.current?.querySelector(`[data-term="${term}"]`)?.scrollIntoView();
  }, [term]);

  return (
    <Dialog title={panels('glossary')} onClose={onClose} wide>
      <div className={styles.glossary}>
        <label className={styles.search}>
          <span>{panels('glossary search')}</span>
          <input type="search" value={sought} onChange={(event) => setSought(event.target.value)} />
        </label>
        <p role="status" className={found.length > 0 ? 'visually-hidden' : undefined}>
          {found.length > 0
            ? panels('glossary found', { count: found.length })
            : panels('glossary none', { sought })}
        </p>
        <dl ref={list} className={styles.terms}>
          {found.map(({ id, name, is }) => (
            <div key={id} data-term={id} data-here={id === term || undefined}>
              <dt>{name}</dt>
              <dd>{is}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
