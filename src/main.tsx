// Mounts the app: the player with its worker, the words, and the page's address. With `?live`, served by the endpoint, it
// is the page that watches the endpoint.
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, loadLive, loadTheRest, readEmbed } from './components';
import {
  createEngine,
  createLab,
  createLive,
  createLiveEngine,
  createMemory,
  createPlayer,
  keepForOffline,
  type Memory,
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

/** In somebody else's page: nothing is kept of it, and the page chooses theme and level. */
function memoryOfHost(): Memory {
  const { theme, level } = readEmbed(location.search);
  const kept = new Map([['sealed.settings', JSON.stringify({ theme, level })]]);
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
  return createMemory(
    () => store,
    () => store,
  );
}

function teach(): void {
  const engine = createEngine();
  const lab = createLab();
  const isEmbedded = new URLSearchParams(location.search).has('embed') || parent !== window;
  const memory = isEmbedded ? memoryOfHost() : parts.memory;
  const player = createPlayer({ ...parts, memory, engine, lab });
  // Before anything is drawn: an address of a scenario never shows the map first.
  if (globalThis.crypto?.subtle) player.open(location.hash);
  mount(<App player={player} words={createFirstWords()} isEmbedded={isEmbedded} />);

  // Nothing is asked of the network once the page is loaded, and all of it is loaded as soon as there is a quiet moment.
  const inAQuietMoment: (work: () => void) => void =
    globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 300));
  inAQuietMoment(() => {
    engine.start();
    lab.start();
    void loadTheRest();
    if (import.meta.env.PROD && !isEmbedded)
      void keepForOffline((update) => player.setState({ update }));
  });
}

if (new URLSearchParams(location.search).has('live')) void watch();
else teach();
