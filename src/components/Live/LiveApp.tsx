// The page that watches the endpoint: requests that somebody sends play on the stage as they arrive.
import { LazyMotion, MotionConfig } from 'framer-motion';
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Live, LiveRequest, LiveState, Player } from '../../player';
import type { Words } from '../../words';
import app from '../App/App.module.css';
import Around from '../App/Around';
import { ErrorBoundary } from '../App/ErrorBoundary';
import { LaterWords } from '../App/LaterWords';
import motionFeatures from '../App/motion-features';
import { useTheme } from '../App/useTheme';
import { CopyButton } from '../CopyButton/CopyButton';
import { PlayerContext, useWords } from '../context';
import { GlyphPatterns } from '../glyphs/Glyph';
import { openPanel } from '../Panels/panel';
import { Workbench } from '../Scenario/Workbench';
import { Brand } from '../TopBar/Brand';
import { ThemeChoice } from '../TopBar/TopBar';
import bar from '../TopBar/TopBar.module.css';
import '../theme.css';
import styles from './Live.module.css';

const useLive = (live: Live): LiveState => useSyncExternalStore(live.subscribe, live.getState);

function Connection({ state }: { readonly state: LiveState }) {
  const words = useWords('panels');
  return (
    <p className={styles.connection} data-state={state.connection} role="status">
      {words(`live ${state.connection}`, { address: location.host })}
    </p>
  );
}

function Requests({ live, state }: { readonly live: Live; readonly state: LiveState }) {
  const words = useWords('panels');
  const { requests, current, following } = state;
  const last = requests.at(-1)?.id;
  // The strip shows the newest; only the strip moves.
  const [strip, setStrip] = useState<HTMLOListElement | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new request moves the strip
  useEffect(() => {
    if (strip) strip.scrollLeft = strip.scrollWidth;
  }, [strip, last]);
  return (
    <div className={styles.requests}>
      <ol ref={setStrip} className={styles.strip} aria-label={words('live requests')}>
        {requests.map((one) => (
          <li key={one.id}>
            <RequestButton
              one={one}
              isCurrent={one.id === current}
              onShow={() => live.show(one.id)}
            />
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="button"
        aria-pressed={following}
        data-on={following || undefined}
        onClick={() => live.follow()}
      >
        {words(following ? 'live following' : 'live follow')}
      </button>
    </div>
  );
}

interface RequestButtonProps {
  readonly one: LiveRequest;
  readonly isCurrent: boolean;
  readonly onShow: () => void;
}

function RequestButton({ one, isCurrent, onShow }: RequestButtonProps) {
  const words = useWords('panels');
  const { operation, line, status, failed, isKept, bytes } = one;
  const size = { size: (bytes / (1 << 20)).toFixed(1) };
  return (
    <button
      type="button"
      className={styles.request}
      aria-current={isCurrent || undefined}
      data-failed={failed || undefined}
      disabled={!isKept}
      title={isKept ? line : words('live too large', size)}
      onClick={onShow}
    >
      <strong>{operation}</strong>
      <span className={styles.status}>{status}</span>
    </button>
  );
}

function Waiting({ live, state }: { readonly live: Live; readonly state: LiveState }) {
  const words = useWords('panels');
  const [help, setHelp] = useState('');
  useEffect(() => {
    live.help().then(setHelp, () => setHelp(''));
  }, [live]);
  return (
    <main className={styles.waiting}>
      <h1>{words(state.restarted ? 'live restarted' : 'live waiting')}</h1>
      <p>{words('live about')}</p>
      {help !== '' && (
        <section className={styles.help}>
          <div className={styles.helpHead}>
            <h2>{words('live lines')}</h2>
            <CopyButton text={help}>{words('live copy')}</CopyButton>
          </div>
          <pre className={styles.lines}>{help}</pre>
        </section>
      )}
    </main>
  );
}

function Page({ live }: { readonly live: Live }) {
  useTheme();
  const words = useWords('panels');
  const ui = useWords('ui');
  const state = useLive(live);
  return (
    <div className={app.page} data-view="scenario">
      <header className={bar.bar}>
        <span className={bar.brand}>
          <Brand />
          <span>Sealed</span>
        </span>
        <Connection state={state} />
        <div className={bar.tools}>
          <ThemeChoice />
          <button
            type="button"
            className="button"
            onClick={() => openPanel('help')}
            aria-label={ui('help')}
          >
            ?
          </button>
        </div>
      </header>
      <div>
        <Around />
      </div>
      {state.current === undefined ? (
        <Waiting live={live} state={state} />
      ) : (
        <Workbench title={words('live title')} top={<Requests live={live} state={state} />} />
      )}
    </div>
  );
}

interface LiveAppProps {
  readonly live: Live;
  readonly player: Player;
  readonly words: Words;
}

export function LiveApp({ live, player, words }: LiveAppProps) {
  return (
    <I18nextProvider i18n={words}>
      <PlayerContext value={player}>
        <ErrorBoundary onLeave={() => location.reload()}>
          <LazyMotion features={motionFeatures} strict>
            <MotionConfig reducedMotion="user">
              <GlyphPatterns />
              <Suspense fallback={null}>
                <LaterWords words={words}>
                  <Page live={live} />
                </LaterWords>
              </Suspense>
            </MotionConfig>
          </LazyMotion>
        </ErrorBoundary>
      </PlayerContext>
    </I18nextProvider>
  );
}
