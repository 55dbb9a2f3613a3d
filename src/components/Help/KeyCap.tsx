// The keys of an action, as on the keyboard.
import { useWords } from '../context';
import { type Action, isCharacter, KEY_MAP } from '../Keyboard/keymap';
import styles from './KeyCap.module.css';

export function KeyCap({ action }: { readonly action: Action }) {
  const words = useWords('panels');
  return (
    <span className={styles.keys}>
      {KEY_MAP[action].map((key) =>
        isCharacter(key) && key !== ' ' ? (
          <kbd key={key} className={styles.key}>
            {key.toUpperCase()}
          </kbd>
        ) : (
          <kbd key={key} className={styles.key}>
            <span aria-hidden="true">{words(`cap ${key}`)}</span>
            <span className="visually-hidden">{words(`key name ${key}`)}</span>
          </kbd>
        ),
      )}
    </span>
  );
}
