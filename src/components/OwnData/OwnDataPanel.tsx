// Your own data: object, names, encryption context, SSE-C key. What is typed outlives the panel; it runs when asked to.
import { base64 } from '@scure/base';
import { useId, useRef, useState } from 'react';
import { DEFAULT_DRAFT, type DraftField, isDefault, problemsOf, type Typed } from '../../player';
import { usePlayed, usePlayer, useWords } from '../context';
import { Dialog } from '../Dialog/Dialog';
import { useDropped, useIsOver } from './dropped';
import { Field, useProblem } from './Field';
import { fieldsOf, usable } from './fields';
import { ObjectField, usePicking } from './ObjectField';
import styles from './OwnDataPanel.module.css';

export function OwnDataPanel({ onDone }: { readonly onDone: () => void }) {
  const words = useWords('panels');
  const tell = useProblem();
  const player = usePlayer();
  const place = usePlayed((s) => s.place);
  const typed = usePlayed((s) => s.typed);
  const last = usePlayed((s) => s.draft);
  const [undo, setUndo] = useState<Typed>();
  const reasonId = useId();
  const form = useRef<HTMLFormElement>(null);
  const isOver = useIsOver();
  const picking = usePicking((file) => change({ draft: typed.draft, file }));
  useDropped(picking.take);

  const change = (to: Typed): void => {
    setUndo(undefined);
    player.type(to);
  };
  const set = (field: DraftField, value: string): void =>
    change({ ...typed, draft: { ...typed.draft, [field]: value } });

  const fields = fieldsOf(place);
  const draft = usable(typed.draft, last, fields);
  const found = problemsOf(typed.file ? { ...draft, text: '' } : draft);
  const wrong = fields.filter((field) => found[field]);
  const isExample = isDefault(typed.draft) && !typed.file;

  const run = (): void => {
    if (wrong.length > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
      return;
    }
    player.takeDraft(draft, typed.file);
    onDone();
  };
  const reset = (): void => {
    setUndo(typed);
    picking.clear();
    player.type({ draft: DEFAULT_DRAFT, file: undefined });
  };

  const line = (field: 'key' | 'bucket') => (
    <Field
      label={words(`own ${field}`)}
      hint={words(`own ${field} hint`)}
      problem={tell(found[field])}
    >
      {(given) => (
        <input
          {...given}
          className={styles.input}
          value={typed.draft[field]}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => set(field, event.target.value)}
        />
      )}
    </Field>
  );

  const footer = (
    <>
      <button
        type="button"
        className="button primary"
        aria-disabled={wrong.length > 0}
        aria-describedby={reasonId}
        onClick={run}
      >
        {words(place ? 'own run' : 'own keep')}
      </button>
      {undo ? (
        <button type="button" className="button" onClick={() => change(undo)}>
          {words('own undo')}
        </button>
      ) : (
        <button type="button" className="button" disabled={isExample} onClick={reset}>
          {words('own reset')}
        </button>
      )}
      <p id={reasonId} className={styles.reason} aria-live="polite">
        {wrong.length > 0
          ? words('own wrong', { fields: wrong.map((field) => words(`own ${field}`)).join(', ') })
          : words(undo ? 'own was reset' : place ? 'own stays' : 'own stays map')}
      </p>
    </>
  );

  return (
    <Dialog title={words('own title')} onClose={onDone} footer={footer}>
      <form
        ref={form}
        className={styles.form}
        data-over={isOver || undefined}
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <ObjectField
          typed={typed}
          picking={picking}
          problem={tell(found.text)}
          onText={(text) => set('text', text)}
          onUseText={() => {
            picking.clear();
            change({ ...typed, file: undefined });
          }}
        />
        <div className={styles.pair}>
          {line('key')}
          {line('bucket')}
        </div>
        {fields.includes('context') && (
          <Field
            label={words('own context')}
            hint={words('own context hint')}
            problem={tell(found.context)}
          >
            {(given) => (
              <textarea
                {...given}
                className={`mono ${styles.input}`}
                rows={2}
                spellCheck={false}
                autoCapitalize="none"
                value={typed.draft.context}
                onChange={(event) => set('context', event.target.value)}
              />
            )}
          </Field>
        )}
        {fields.includes('customerKey') && (
          <Field
            label={words('own customerKey')}
            hint={words('own customerKey hint')}
            problem={tell(found.customerKey)}
          >
            {(given) => (
              <div className={styles.keyRow}>
                <input
                  {...given}
                  className={`mono ${styles.input}`}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  value={typed.draft.customerKey}
                  onChange={(event) => set('customerKey', event.target.value)}
                />
                <button
                  type="button"
                  className="button"
                  onClick={() =>
                    set('customerKey', base64.encode(crypto.getRandomValues(new Uint8Array(32))))
                  }
                >
                  {words('make key')}
                </button>
              </div>
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}
