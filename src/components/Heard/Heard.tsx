// The stage, and beside it what a screen reader gets of it: the same page, told by its roles and names.
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../context';
import { Stage } from '../Stage/Stage';
import styles from './Heard.module.css';
import { heardIn, type Line } from './heard';

/** Announcements that are kept. */
const KEPT = 8;

const sameLines = (a: readonly Line[], b: readonly Line[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

function useHeard() {
  const stage = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [said, setSaid] = useState<readonly string[]>([]);
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    let frame = 0;
    const read = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const now = heardIn(element);
        setLines((before) => (sameLines(before, now) ? before : now));
      });
    };
    const regions = [...document.querySelectorAll('[role=status], [role=alert]')].filter(
      (one) => !one.closest('main'),
    );
    const listen = (): void => {
      const told = regions
        .map(({ textContent }) => textContent ?? '')
        .join(' ')
        .trim();
      if (told)
        setSaid((before) => (before[0] === told ? before : [told, ...before].slice(0, KEPT)));
    };
    const seen = new MutationObserver(read);
    seen.observe(element, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    const heard = new MutationObserver(listen);
    for (const one of regions)
      heard.observe(one, { subtree: true, childList: true, characterData: true });
    read();
    listen();
    return () => {
      cancelAnimationFrame(frame);
      seen.disconnect();
      heard.disconnect();
    };
  }, []);
  return { stage, lines, said };
}

export default function Heard() {
  const words = useWords('heard');
  const { stage, lines, said } = useHeard();
  return (
    <div className={styles.heard}>
      <div ref={stage} className={styles.stage}>
        <Stage />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.told} aria-label={words('title')} tabIndex={0}>
        <h2>{words('title')}</h2>
        <p className={styles.about}>{words('about')}</p>
        <h3>{words('said')}</h3>
        {said.length === 0 ? (
          <p className={styles.about}>{words('said nothing')}</p>
        ) : (
          <ol className={styles.said}>
            {said.map((one, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the newest is first, whatever it says
              <li key={i}>{one}</li>
            ))}
          </ol>
        )}
        <h3>{words('tree')}</h3>
        <ul className={styles.lines}>
          {lines.map(({ role, name, depth, state }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: it is a reading, in order
            <li key={i} style={{ paddingInlineStart: `${Math.min(depth, 6) * 14}px` }}>
              {role !== 'text' && <span className={styles.role}>{role}</span>} {name}
              {state.length > 0 && <span className={styles.role}> {state.join(', ')}</span>}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
