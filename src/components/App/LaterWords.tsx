// Waits, inside a Suspense, for the words that the first view does without.
import { type ReactNode, use } from 'react';
import { useTranslation } from 'react-i18next';
import { loadLaterWords, type Words } from '../../words';

const loading = new WeakMap<Words, Promise<Words>>();

function loaded(words: Words): Promise<Words> {
  const known = loading.get(words);
  if (known) return known;
  const started = loadLaterWords(words);
  loading.set(words, started);
  return started;
}

export function LaterWords({ children }: { readonly children: ReactNode }) {
  use(loaded(useTranslation().i18n));
  return children;
}
