// The words of the interface, in catalogues: one file per area and language. A missing entry shows its own key and
// fails a test; actors and components hold no words of their own.
import i18next, { type i18n } from 'i18next';
import captions from './en/captions.json';
import claims from './en/claims.json';
import faults from './en/faults.json';
import flows from './en/flows.json';
import inspector from './en/inspector.json';
import names from './en/names.json';
import panels from './en/panels.json';
import ui from './en/ui.json';

/** What `createWords` gives. */
export type Words = i18n;

export const LANGUAGES = ['en'] as const;
export type Language = (typeof LANGUAGES)[number];

const en = { captions, claims, faults, flows, inspector, names, panels, ui };
export type Area = keyof typeof en;
export const AREAS = Object.keys(en) as readonly Area[];

/** The interface's words in one language, ready at once. */
export function createWords(language: Language = 'en'): Words {
  const words = i18next.createInstance();
  words.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en },
    ns: AREAS,
    defaultNS: 'ui',
    initAsync: false,
    keySeparator: false, // step keys are entries as they stand
    nsSeparator: false,
    interpolation: { escapeValue: false }, // React and the terminal escape for themselves
  });
  return words;
}

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
