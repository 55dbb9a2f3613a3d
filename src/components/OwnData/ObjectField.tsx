// The object: a text typed here, or a file, picked or dropped. What cannot be taken changes nothing and is told.
import { useId, useState } from 'react';
import { MAX_OBJECT_BYTES, type Typed } from '../../player';
import { usePlayed, useWords } from '../context';
import { useSize } from '../useSize';
import { type Dropped, useIsOver } from './dropped';
import { Field, Problem } from './Field';
import styles from './OwnDataPanel.module.css';

export interface Refused {
  readonly id: 'file-too-large' | 'file-unreadable' | 'file-folder' | 'file-many';
  readonly name: string;
  readonly size: number;
}

/** A file as far as it can be told before it is read. */
async function refusal(file: File): Promise<Refused | undefined> {
  const { name, size } = file;
  if (size > MAX_OBJECT_BYTES) return { id: 'file-too-large', name, size };
  try {
    await file.slice(0, 1).arrayBuffer();
    return undefined;
  } catch {
    return { id: 'file-unreadable', name, size };
  }
}

interface Picking {
  readonly refused: Refused | undefined;
  /** One file: of several, or of a folder, none is taken. */
  take(dropped: Dropped): Promise<void>;
  clear(): void;
}

export function usePicking(onFile: (file: File) => void): Picking {
  const [refused, setRefused] = useState<Refused>();
  return {
    refused,
    async take({ file, count, isFolder }) {
      const { name, size } = file;
      const wrong: Refused | undefined =
        count > 1
          ? { id: 'file-many', name, size }
          : isFolder
            ? { id: 'file-folder', name, size }
            : await refusal(file);
      setRefused(wrong);
      if (!wrong) onFile(file);
    },
    clear: () => setRefused(undefined),
  };
}

interface Props {
  readonly typed: Typed;
  readonly picking: Picking;
  readonly problem: string | undefined;
  readonly onText: (text: string) => void;
  readonly onUseText: () => void;
}

export function ObjectField({ typed, picking, problem, onText, onUseText }: Props) {
  const words = useWords('panels');
  const size = useSize();
  const problemId = useId();
  const isOver = useIsOver();
  const inUse = usePlayed((s) => s.file);
  const unreadable = usePlayed((s) => s.work.kind === 'failed' && s.work.why === 'unreadable');
  const { file, draft } = typed;
  const { refused } = picking;
  const gone = file && file === inUse && unreadable ? file : undefined;
  const wrong = refused
    ? words(`problem ${refused.id}`, {
        name: refused.name,
        size: size(refused.size, MAX_OBJECT_BYTES),
        limit: size(MAX_OBJECT_BYTES),
      })
    : gone && words('problem file-unreadable', { name: gone.name });

  return (
    <div className={styles.object}>
      {file ? (
        <div className={styles.field}>
          <p className={styles.label}>{words('own object')}</p>
          <div className={styles.file}>
            <svg viewBox="0 0 30 30" width="30" height="30" aria-hidden="true">
              <path d="M5.500 2.500h11.600l6.400 6.400v18.600h-18zM17.100 2.500v6.400h6.400" />
            </svg>
            <p>
              <strong>{file.name}</strong>
              <span>{size(file.size)}</span>
            </p>
            <button type="button" className="button" onClick={onUseText}>
              {words('use text')}
            </button>
          </div>
        </div>
      ) : (
        <Field
          label={words('own text')}
          hint={words('own text hint', { size: size(new Blob([draft.text]).size) })}
          problem={problem}
        >
          {(given) => (
            <textarea
              {...given}
              className={styles.input}
              rows={3}
              value={draft.text}
              onChange={(event) => onText(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className={styles.pick} data-over={isOver || undefined}>
        <label className={`button ${styles.choose}`}>
          {words(file ? 'other file' : 'choose file')}
          <input
            type="file"
            className="visually-hidden"
            aria-describedby={wrong ? problemId : undefined}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void picking.take({ file, count: 1, isFolder: false });
              event.target.value = '';
            }}
          />
        </label>
        <span className={styles.dropHint}>
          {words('drop file', { limit: size(MAX_OBJECT_BYTES) })}
        </span>
      </div>
      {wrong && <Problem id={problemId} text={wrong} />}
    </div>
  );
}
