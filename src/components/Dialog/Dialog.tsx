// A modal dialog: the browser's own. Mounted is open; Esc, a press outside and the close button ask to be closed, and
// the focus goes back to where it was.
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useWords } from '../context';
import styles from './Dialog.module.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Stays in sight below what scrolls. */
  readonly footer?: ReactNode;
  readonly wide?: boolean;
  /** `full`: as much of the window as there is. */
  readonly size?: 'full';
}

/** True for the dialog's own box: what is outside of it is its backdrop. */
function isInside(dialog: HTMLElement, { clientX, clientY }: { clientX: number; clientY: number }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

export function Dialog({ title, onClose, children, footer, wide = false, size }: Props) {
  const words = useWords('panels');
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    heading.current?.focus({ preventScroll: true });
    // A press that begins inside and ends outside, as when selecting text, closes nothing.
    let beganOutside = false;
    const down = (event: PointerEvent): void => {
      beganOutside = event.target === element && !isInside(element, event);
    };
    const click = (event: MouseEvent): void => {
      if (beganOutside && event.target === element && !isInside(element, event)) close.current();
    };
    const closed = (): void => {
      if (!element.open) close.current();
    };
    element.addEventListener('pointerdown', down);
    element.addEventListener('click', click);
    element.addEventListener('close', closed);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('click', click);
      element.removeEventListener('close', closed);
      element.close();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-wide={wide || undefined}
      data-size={size}
      aria-labelledby={titleId}
    >
      <header className={styles.header}>
        <h2 id={titleId} ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h2>
        <button
          type="button"
          className={styles.close}
          aria-label={words('close')}
          onClick={() => onClose()}
        >
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d="M4.500 4.500l11 11M15.500 4.500l-11 11" className={styles.cross} />
          </svg>
        </button>
      </header>
      <div className={styles.body}>{children}</div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </dialog>
  );
}
