// The steps with what is said of each: those that passed are marked, the one on the stage has room for notes of one's own.
import { useEffect, useId, useRef, useState } from 'react';
import { claimsOf } from '../../flows';
import { useCaption, usePlayed, usePlayer, useShown, useWords } from '../context';
import { notesOf, writeNote } from './ownNotes';
import styles from './Speaker.module.css';

export function Notes() {
  const words = useWords('speaker');
  const sentences = useWords('claims');
  const caption = useCaption();
  const player = usePlayer();
  const shown = useShown();
  const place = usePlayed((s) => s.place);
  const list = useRef<HTMLOListElement>(null);
  const field = useId();
  const [notes, setNotes] = useState(() => (place ? notesOf(place) : {}));
  const [isKept, setKept] = useState(true);
  const scenario = place && `${place.flow} ${place.variant} ${place.fault}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each scenario anew
  useEffect(() => setNotes(place ? notesOf(place) : {}), [scenario]);

  const at = shown?.step?.index ?? -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another step is on the stage
  useEffect(() => {
    const row = list.current?.querySelector('[aria-current]');
    row?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  if (!shown || !place) return null;
  const visible = shown.visible[place.level];
  return (
    <ol ref={list} className={styles.notes} aria-label={words('steps')}>
      {visible.map((index, i) => {
        const step = shown.run.trace.steps[index];
        if (!step) return null;
        const isHere = index === at;
        const own = notes[index] ?? '';
        return (
          <li
            key={index}
            aria-current={isHere ? 'step' : undefined}
            data-passed={index < at || undefined}
          >
            <button type="button" className={styles.go} onClick={() => player.jump(index)}>
              <span className={styles.mark} aria-hidden="true">
                {index < at ? '✓' : i + 1}
              </span>
              <span>
                {index < at && <span className="visually-hidden">{words('passed')} </span>}
                {caption(shown, step)}
              </span>
            </button>
            {own !== '' && !isHere && <p className={styles.own}>{own}</p>}
            {isHere && (
              <>
                <ul className={styles.claims}>
                  {claimsOf(shown.run, step).map(({ id }) => (
                    <li key={id}>{sentences(id)}</li>
                  ))}
                </ul>
                <label className={styles.write} htmlFor={field}>
                  {words('own notes')}
                </label>
                <textarea
                  id={field}
                  className={styles.area}
                  rows={3}
                  maxLength={5000}
                  value={own}
                  onChange={(event) => {
                    setNotes({ ...notes, [index]: event.target.value });
                    setKept(writeNote(place, index, event.target.value));
                  }}
                />
                {!isKept && <p role="alert">{words('not kept')}</p>}
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}
