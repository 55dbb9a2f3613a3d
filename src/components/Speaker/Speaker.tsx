// The presenter's own window: what is on the stage and what comes next, what to say, and how long it has been. In step with
// the window that the room sees, in either direction.
import { useEffect, useRef, useState } from 'react';
import type { Step } from '../../sim/types';
import { useCaption, usePlayed, usePlayer, useShown, useWords } from '../context';
import { MiniStage } from '../Present/MiniStage';
import { PresentBar } from '../Present/PresentBar';
import { Stage } from '../Stage/Stage';
import { Notes } from './Notes';
import styles from './Speaker.module.css';
import { Timer } from './Timer';
import { type Other, useOther } from './useOther';

/** The step after this one, small. */
function Coming({ step }: { readonly step: Step | undefined }) {
  const words = useWords('speaker');
  const caption = useCaption();
  const shown = useShown();
  return (
    <section className={styles.coming} aria-label={words('next')}>
      <h2>{words('next')}</h2>
      {step && shown ? (
        <>
          <div className={styles.small}>
            <MiniStage step={step} />
          </div>
          <p className={styles.caption}>{caption(shown, step)}</p>
        </>
      ) : (
        <p className={styles.caption}>{words('at the end')}</p>
      )}
    </section>
  );
}

const ROOM = { width: 1280, height: 720 };

/** Exactly what the room sees, smaller. */
function Mirror() {
  const frame = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(0.5);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watch = new ResizeObserver(() =>
      setScale(Math.min(element.clientWidth / ROOM.width, element.clientHeight / ROOM.height)),
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={frame} className={styles.mirror}>
      <div className={styles.mirrored} style={{ transform: `scale(${scale})` }} inert>
        <Stage isPresented />
        <PresentBar />
      </div>
    </div>
  );
}

function Connection({ other }: { other: Other }) {
  const words = useWords('speaker');
  const [isShut, setShut] = useState(false);
  return (
    <div className={styles.connection} data-there={other.isThere || undefined}>
      <span role="status">{words(other.isThere ? 'connected' : 'alone')}</span>
      {!other.isThere && (
        <button type="button" className="button" onClick={() => setShut(!other.open())}>
          {words('open audience')}
        </button>
      )}
      {isShut && !other.isThere && (
        <a href={other.address()} target={other.target} rel="opener">
          {words('open it yourself')}
        </a>
      )}
    </div>
  );
}

export default function Speaker() {
  const words = useWords('speaker');
  const flows = useWords('flows');
  const ui = useWords('ui');
  const player = usePlayer();
  const other = useOther('speaker');
  const shown = useShown();
  const place = usePlayed((s) => s.place);
  const [mirrors, setMirrors] = useState(false);
  const { isBlack, sayBlack } = other;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement)
        return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key !== 'b' && event.key !== 'B' && event.key !== '.') return;
      event.preventDefault();
      sayBlack(!isBlack);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [isBlack, sayBlack]);

  if (!place) return <main />;
  const visible = shown?.visible[place.level] ?? [];
  const at = shown?.step ? visible.indexOf(shown.step.index) : -1;
  const nextStep = shown?.run.trace.steps[visible[at + 1] ?? -1];
  return (
    <main className={styles.speaker} aria-label={words('speaker')}>
      <header className={styles.head}>
        <h1>{flows(`flow ${place.flow}`)}</h1>
        <Connection other={other} />
        <Timer done={at + 1} of={visible.length} />
      </header>
      {mirrors ? (
        <div className={styles.whole}>
          <Mirror />
        </div>
      ) : (
        <div className={styles.body}>
          <div className={styles.pictures}>
            <Mirror />
            <Coming step={nextStep} />
          </div>
          <Notes />
        </div>
      )}
      <footer className={styles.foot}>
        <button type="button" className="button" onClick={player.previous} disabled={at < 0}>
          {words('back')}
        </button>
        <span className={styles.count}>
          {ui('step of', { step: at + 1, steps: visible.length })}
        </span>
        <button
          type="button"
          className="button"
          aria-pressed={isBlack}
          onClick={() => sayBlack(!isBlack)}
        >
          {words(isBlack ? 'not black' : 'black')}
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={mirrors}
          onClick={() => setMirrors(!mirrors)}
        >
          {words('mirror')}
        </button>
        <button type="button" className="button" onClick={() => player.choose({ view: 'stage' })}>
          {words('leave')}
        </button>
        <button
          type="button"
          className={`button primary ${styles.nextButton}`}
          onClick={player.next}
          disabled={!nextStep}
        >
          {words('go on')}
        </button>
      </footer>
    </main>
  );
}
