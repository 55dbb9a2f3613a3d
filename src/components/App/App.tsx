// The page: the map of the schemes, or a scenario on the stage. Keeps the address, the theme and the player together.

import { LazyMotion, MotionConfig } from 'framer-motion';
import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Player, Room } from '../../player';
import type { Words } from '../../words';
import { PlayerContext, usePlayed } from '../context';
import { GlyphPatterns } from '../glyphs/Glyph';
import { SchemeMap } from '../SchemeMap/SchemeMap';
import { TopBar } from '../TopBar/TopBar';
import '../theme.css';
import { hasWebCrypto } from '../Insecure/webcrypto';
import { openPanel } from '../Panels/panel';
import styles from './App.module.css';
import { ErrorBoundary } from './ErrorBoundary';
import { LaterWords } from './LaterWords';
import { useAddress } from './useAddress';
import { useTheme } from './useTheme';
import { useTitle } from './useTitle';

const motionFeatures = () => import('./motion-features').then((module) => module.default);
const loadAround = () => import('./Around');
const loadScenario = () => import('../Scenario/Scenario');
const loadAttacker = () => import('../Attacker/Attacker');
const loadHeard = () => import('../Heard/Heard');
const loadGates = () => import('../Gates/Gates');
const loadSideBySide = () => import('../SideBySide/SideBySide');
const loadKeys = () => import('../Keys/Keys');

const Around = lazy(loadAround);
const Embedded = lazy(() => import('../Embed/Embedded'));
const Scenario = lazy(loadScenario);
const Insecure = lazy(() =>
  import('../Insecure/Insecure').then((room) => ({ default: room.Insecure })),
);

/** Pages that belong to no one scenario, loaded when they are first opened. The map is at hand. */
const ROOM_PAGES: Readonly<Partial<Record<Room['id'], ComponentType>>> = {
  compare: lazy(loadSideBySide),
  keys: lazy(loadKeys),
};

/** `isEmbedded`: in somebody else's page, without chrome. */
export interface AppProps {
  readonly player: Player;
  readonly words: Words;
  readonly isEmbedded?: boolean;
}

function Page({ player, words, isEmbedded }: AppProps) {
  useAddress(player);
  useTheme();
  useTitle();
  const room = usePlayed((s) => (s.place ? undefined : s.room.id));
  const Room = room && ROOM_PAGES[room];
  // These have the window to themselves.
  const isAlone = usePlayed((s) => s.place?.view === 'present' || s.place?.view === 'speaker');
  return (
    <div className={styles.page} data-view={room ?? 'scenario'}>
      {!isAlone && !isEmbedded && (
        <TopBar onShare={() => openPanel('share')} onHelp={() => openPanel('help')} />
      )}
      <div>
        <Suspense fallback={null}>
          <LaterWords words={words}>
            <Around />
          </LaterWords>
        </Suspense>
      </div>
      {room === 'map' ? (
        <SchemeMap />
      ) : (
        <Suspense fallback={<main className={styles.waiting} />}>
          <LaterWords words={words}>
            {Room ? (
              <Room />
            ) : isEmbedded ? (
              <Embedded />
            ) : (
              <Scenario onOwnData={() => openPanel('own')} />
            )}
          </LaterWords>
        </Suspense>
      )}
    </div>
  );
}

export function App({ player, words, isEmbedded = false }: AppProps) {
  useEffect(() => {
    document.documentElement.lang = words.language;
  }, [words]);
  return (
    <I18nextProvider i18n={words}>
      <PlayerContext value={player}>
        <ErrorBoundary onLeave={player.home}>
          <LazyMotion features={motionFeatures} strict>
            <MotionConfig reducedMotion="user">
              <GlyphPatterns />
              {hasWebCrypto() ? (
                <Page player={player} words={words} isEmbedded={isEmbedded} />
              ) : (
                <Suspense fallback={null}>
                  <LaterWords words={words}>
                    <Insecure />
                  </LaterWords>
                </Suspense>
              )}
            </MotionConfig>
          </LazyMotion>
        </ErrorBoundary>
      </PlayerContext>
    </I18nextProvider>
  );
}

/** Loads what the first view does without, before it is needed: what was opened once works without a network. */
export async function loadTheRest(): Promise<void> {
  await Promise.allSettled([
    loadAround(),
    loadScenario().then(({ loadPresent, loadSpeaker }) =>
      Promise.allSettled([loadPresent(), loadSpeaker()]),
    ),
    loadGates(),
    loadHeard(),
    loadSideBySide(),
    loadKeys(),
    loadAttacker(),
    motionFeatures(),
    ...[...document.fonts].map((face) => face.load()),
  ]);
}
