// All words at once, for the command line and for tests. The page loads them in two parts.
import { type Area, addWords, createFirstWords, first, type Language, type Words } from '.';
import { later } from './later';

export const createWords = (language: Language = 'en'): Words =>
  addWords(createFirstWords(language), later);

export const AREAS = [...Object.keys(first.en), ...Object.keys(later.en)] as readonly Area[];
