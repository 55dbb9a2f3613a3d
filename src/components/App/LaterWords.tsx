// Waits, inside a Suspense, for the words that the first view does without.
import { type ReactNode, use } from 'react';
import { loadLaterWords, type Words } from '../../words';

const loading = new WeakMap<Words, Promise<Words>>();

function loaded(words: Words): Promise<Words> {
  const known = loading.get(words);
  if (known) return known;
  const started = loadLaterWords(words);
  loading.set(words, started);
  return started;
}

interface LaterWordsProps {
  readonly words: Words;
  readonly children: ReactNode;
}

export function LaterWords({ words, children }: LaterWordsProps) {
  use(loaded(words));
  return children;
}
