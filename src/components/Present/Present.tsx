// A scenario for a room full of people: the stage over the whole window, its type 24 px and more, one press one step.
// Drawn for 1280×720 and scaled to the window, so that nothing gets smaller on a larger screen.
import { type MouseEvent, useCallback, useEffect, useRef, useState } from 'react';
import { usePlayed, usePlayer, useWords } from '../context';
import { Inspector } from '../Inspector/Inspector';
import { useOther } from '../Speaker/useOther';
import { Stage } from '../Stage/Stage';
import { usePlay } from '../Timeline/usePlay';
import { GoTo } from './GoTo';
import { LookingGlass, POINTERS, type PointerKind } from './LookingGlass';
import { Overview } from './Overview';
import styles from './Present.module.css';
import { PresentBar } from './PresentBar';
import { PresentTools } from './PresentTools';
import { type PresentAction, presentActionOf } from './presentKeys';
import { useFullScreen, useIdle, useWakeLock } from './useScreen';

/** The window's size as a multiple of what the stage is drawn for; never below it. */
const measure = (): number => Math.max(1, Math.min(innerWidth / 1280, innerHeight / 720));

function useScale(): number {
  const [scale, setScale] = useState(measure);
  useEffect(() => {
    const changed = (): void => setScale(measure());
    addEventListener('resize', changed);
    return () => removeEventListener('resize', changed);
  }, []);
  return scale;
}

/** What lies over the stage; one at most. */
type Over = 'black' | 'go' | 'overview' | undefined;

const CONTROLS = 'button, a, input, select, label, dialog, [data-over]';

export default function Present() {
  const player = usePlayer();
  const ui = useWords('present');
  const [over, setOver] = useState<Over>();
  const [pointer, setPointer] = useState<PointerKind>('none');
  const [looks, setLooks] = useState(false);
  const { brightness, contrast } = usePlayed((s) => s.settings);
  const scale = useScale();
  const isIdle = useIdle();
  const root = useRef<HTMLElement>(null);
  const leave = useCallback(() => player.choose({ view: 'stage' }), [player]);
  const full = useFullScreen(leave);
  useWakeLock();
  const other = useOther('audience');
  const [isShut, setShut] = useState(false);
  const { isBlack, sayBlack } = other;
  // The room is black when either window says so.
  useEffect(
    () => setOver((now) => (isBlack ? 'black' : now === 'black' ? undefined : now)),
    [isBlack],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is done here is said
  useEffect(() => {
    if ((over === 'black') !== isBlack) sayBlack(over === 'black');
  }, [over]);
  usePlay();

  const toggle = (one: Over): void => setOver((now) => (now === one ? undefined : one));
  const act = (action: PresentAction): void => {
    if (action === 'pointer')
      setPointer((now) => POINTERS[(POINTERS.indexOf(now) + 1) % POINTERS.length] ?? 'none');
    else if (action === 'look') setLooks((now) => !now);
    else if (action === 'full') full.toggle();
    else if (action === 'speaker') setShut(!other.open());
    else if (action !== 'leave') toggle(action);
    else if (over) setOver(undefined);
    else if (looks) setLooks(false);
    else leave();
  };
  const current = useRef({ act, over });
  current.current = { act, over };

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || document.querySelector('dialog:modal')) return;
      const typing = event.target instanceof HTMLInputElement && event.key !== 'Escape';
      const stop = (): void => {
        event.preventDefault();
        event.stopImmediatePropagation();
      };
      if (current.current.over === 'black') {
        stop();
        setOver(undefined);
        return;
      }
      if (typing) return;
      const action = presentActionOf(event, player.getState().settings.shortcuts);
      if (action) stop();
      if (action && action !== 'nothing') current.current.act(action);
    };
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  }, [player]);

  const click = (event: MouseEvent): void => {
    if (over === 'black') setOver(undefined);
    else if (!(event.target as Element).closest(CONTROLS)) player.next();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press anywhere is a way beside the keys, which are heard on the window
    <main
      ref={root}
      className={styles.present}
      aria-label={ui('presentation')}
      data-idle={(isIdle && over === undefined) || undefined}
      data-pointer={pointer}
      style={{ filter: `brightness(${brightness}%) contrast(${contrast}%)` }}
      onClick={click}
    >
      <div
        className={styles.scaled}
        style={{
          width: `${100 / scale}%`,
          height: `${100 / scale}%`,
          transform: scale === 1 ? undefined : `scale(${scale})`,
        }}
      >
        <Stage isPresented />
        <PresentBar />
        {looks && (
          <aside className={styles.look} data-over>
            <div className={styles.lookInside}>
              <Inspector />
            </div>
          </aside>
        )}
        {over === 'overview' && <Overview onDone={() => setOver(undefined)} />}
        {over === 'go' && <GoTo onDone={() => setOver(undefined)} />}
        {isShut && !other.isThere && (
          <p className={styles.shut} data-over role="alert">
            {ui('kept shut')}{' '}
            <a
              href={other.address()}
              target={other.target}
              rel="opener"
              onClick={() => setShut(false)}
            >
              {ui('open it yourself')}
            </a>
          </p>
        )}
        <LookingGlass kind={pointer} scale={scale} />
        <PresentTools
          isShown={!isIdle && over === undefined}
          pressed={{ look: looks, pointer: pointer !== 'none', speaker: other.isThere }}
          onAct={act}
        />
      </div>
      {over === 'black' && (
        <div className={styles.black} role="alert">
          <span className="visually-hidden">{ui('is black')}</span>
        </div>
      )}
    </main>
  );
}
