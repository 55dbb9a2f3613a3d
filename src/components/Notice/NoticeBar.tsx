// What the page has to say about itself: an address that was partly wrong, a browser that stores nothing. Read out by
// Status; here to be seen and dismissed.
import { usePlayer, useWords } from '../context';
import styles from './NoticeBar.module.css';
import { useNotice } from './useNotice';

export function NoticeBar() {
  const words = useWords('panels');
  const player = usePlayer();
  const sentences = useNotice();
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
