// What the page has to say about itself: an address that was partly wrong, a browser that stores nothing. Read out by
// Status; here to be seen and dismissed.
import { usePlayed, usePlayer, useWords } from '../context';
import styles from './NoticeBar.module.css';
import { useNotice } from './useNotice';

/** A newer version waits for the person; the lesson goes on with this one. */
function UpdateBar({ load }: { readonly load: () => void }) {
  const words = useWords('panels');
  const player = usePlayer();
  return (
    <aside className={styles.bar} aria-label={words('notice')}>
      <div className={styles.sentences}>
        <p>{words('update ready')}</p>
      </div>
      <button type="button" className={styles.dismiss} onClick={load}>
        {words('update load')}
      </button>
      <button
        type="button"
        className={styles.dismiss}
        onClick={() => player.setState({ update: undefined })}
      >
        {words('update later')}
      </button>
    </aside>
  );
}

export function NoticeBar() {
  const words = useWords('panels');
  const player = usePlayer();
  const sentences = useNotice();
  const update = usePlayed((s) => s.update);
  if (sentences.length === 0 && update) return <UpdateBar load={update} />;
  if (sentences.length === 0) return null;
  return (
    <aside className={styles.bar} aria-label={words('notice')}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" className={styles.sign}>
        <path d="M10 2.600 18.400 17H1.600z" />
        <path d="M10 8v4.200M10 14.600v.1" />
      </svg>
      <div className={styles.sentences}>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <button type="button" className={styles.dismiss} onClick={() => player.dismiss()}>
        {words('dismiss')}
      </button>
    </aside>
  );
}
