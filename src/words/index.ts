// The words of the interface, in catalogues: one file per area and language. A missing entry shows its own key and
// fails a test; actors and components hold no words of their own.
import i18next, { type i18n } from 'i18next';
import flows from './en/flows.json';
import names from './en/names.json';
import ui from './en/ui.json';
import type { later } from './later';

/** What `createWords` gives. */
export type Words = i18n;

export const LANGUAGES = ['en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the first view says. The rest comes with what is loaded after it. */
export const first = { en: { flows, names, ui } };
export type Area = keyof typeof first.en | keyof typeof later.en;

/** The first view's words, ready at once. */
export function createFirstWords(language: Language = 'en'): Words {
  const words = i18next.createInstance();
  words.init({
    lng: language,
    fallbackLng: 'en',
    resources: first,
    ns: Object.keys(first.en),
    defaultNS: 'ui',
    initAsync: false,
    keySeparator: false, // step keys are entries as they stand
    nsSeparator: false,
    interpolation: { escapeValue: false }, // React and the terminal escape for themselves
  });
  return words;
}

/** Adds catalogues to words that are in use. */
export function addWords(words: Words, catalogues: typeof later): Words {
  for (const [language, areas] of Object.entries(catalogues)) {
    for (const [area, entries] of Object.entries(areas))
      words.addResourceBundle(language, area, entries);
  }
  return words;
}

/** Adds what the first view does without. */
export const loadLaterWords = async (words: Words): Promise<Words> =>
  addWords(words, (await import('./later')).later);

interface CaptionLike {
  readonly ids: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** The text of a caption: the first of its ids that the catalogue has, filled in. */
export function captionText(words: Pick<Words, 't'>, { ids, values }: CaptionLike): string {
  const named = { ...values };
  for (const role of ['from', 'to', 'actor'] as const) {
    if (values[role]) named[role] = words.t(`actor ${values[role]}`, { ns: 'names' });
  }
  return words.t([...ids], { ...named, ns: 'captions' });
}
