// Mounts the app: the player with its worker, the words, and the page's address. With `?live`, served by the endpoint, it
// is the page that watches the endpoint.
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, loadLive, loadTheRest } from './components';
import {
  createEngine,
  createLab,
  createLive,
  createLiveEngine,
  createMemory,
  createPlayer,
  keepForOffline,
  ownEndpoint,
} from './player';
import { createFirstWords } from './words';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const freshSeed = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => LETTERS[b % LETTERS.length]).join(
    '',
  );

const parts = {
  memory: createMemory(
    () => localStorage,
    () => sessionStorage,
  ),
  seed: freshSeed,
  still: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
};

function mount(page: ReactNode): void {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<StrictMode>{page}</StrictMode>);
}

async function watch(): Promise<void> {
  const player = createPlayer({
    ...parts,
    engine: createLiveEngine(ownEndpoint),
    lab: createLab(),
  });
  const live = createLive(player, ownEndpoint);
  const LiveApp = await loadLive();
  mount(<LiveApp live={live} player={player} words={createFirstWords()} />);
}

function teach(): void {
  const engine = createEngine();
  const lab = createLab();
  const player = createPlayer({ ...parts, engine, lab });
  // Before anything is drawn: an address of a scenario never shows the map first.
  if (globalThis.crypto?.subtle) player.open(location.hash);
  mount(<App player={player} words={createFirstWords()} />);

  // Nothing is asked of the network once the page is loaded, and all of it is loaded as soon as there is a quiet moment.
  const inAQuietMoment: (work: () => void) => void =
    globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 300));
  inAQuietMoment(() => {
    engine.start();
    lab.start();
    void loadTheRest();
    if (import.meta.env.PROD) void keepForOffline((update) => player.setState({ update }));
  });
}

if (new URLSearchParams(location.search).has('live')) void watch();
else teach();
