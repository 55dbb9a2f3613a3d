// Mounts the app: the player with its worker, the words, and the page's address.
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, loadTheRest } from './components';
import { createEngine, createMemory, createPlayer } from './player';
import { createFirstWords } from './words';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const freshSeed = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => LETTERS[b % LETTERS.length]).join(
    '',
  );

const engine = createEngine();
const player = createPlayer({
  engine,
  memory: createMemory(
    () => localStorage,
    () => sessionStorage,
  ),
  seed: freshSeed,
  still: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
});

// Before anything is drawn: an address of a scenario never shows the map first.
if (globalThis.crypto?.subtle) player.open(location.hash);

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App player={player} words={createFirstWords()} />
    </StrictMode>,
  );

// Nothing is asked of the network once the page is loaded, and all of it is loaded as soon as there is a quiet moment.
const inAQuietMoment: (work: () => void) => void =
  globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 300));
inAQuietMoment(() => {
  engine.start();
  void loadTheRest();
});
