// Mounts the app: the player with its worker, the words, and the page's address.
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './components';
import { createEngine, createMemory, createPlayer } from './player';
import { createFirstWords } from './words';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const freshSeed = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => LETTERS[b % LETTERS.length]).join(
    '',
  );

const player = createPlayer({
  engine: createEngine(),
  memory: createMemory(
    () => localStorage,
    () => sessionStorage,
  ),
  seed: freshSeed,
  still: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App player={player} words={createFirstWords()} />
    </StrictMode>,
  );
}
