// What the browser remembers between visits: choices, and, for this tab only, what you typed. A browser that refuses to
// store is no obstacle; it is only told.
import { DEPTHS, TOOLS, type Tool } from '../flows';
import type { Depth } from '../sim/types';
import { DEFAULT_DRAFT, type Draft, problemsOf } from './own';

export const THEMES = ['system', 'light', 'dark', 'projector'] as const;
export type Theme = (typeof THEMES)[number];
export const SPEEDS = [0.5, 1, 2] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Settings {
  readonly level: Depth;
  readonly theme: Theme;
  readonly speed: Speed;
  /** Single-key shortcuts. */
  readonly shortcuts: boolean;
  /** Bars under the track: how long each secret was readable, and where. */
  readonly lifetimes: boolean;
  /** The log with the calls about objects. */
  readonly dataEvents: boolean;
  /** With which tool a deed is to be verified. */
  readonly tool: Tool;
  /** In per cent, of a presentation: for bad projectors. */
  readonly brightness: number;
  readonly contrast: number;
}

const DEFAULTS: Settings = {
  level: 'standard',
  theme: 'system',
  speed: 1,
  shortcuts: true,
  lifetimes: false,
  dataEvents: false,
  tool: 'openssl',
  brightness: 100,
  contrast: 100,
};
const SETTINGS = 'sealed.settings';
const DRAFT = 'sealed.draft';
const TYPED = 'sealed.typed';
/** A longer text is not saved at each key pressed: that would be felt. */
const MAX_TYPED_CHARACTERS = 200_000;

export interface Memory {
  settings(): Settings;
  /** The last that was run; never one with problems. */
  draft(): Draft | undefined;
  /** What was typed, problems and all. */
  typed(): Draft | undefined;
  /** False when the browser refused. */
  saveSettings(settings: Settings): boolean;
  saveDraft(draft: Draft): boolean;
  saveTyped(draft: Draft): boolean;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

function readJson(store: (() => Store) | undefined, name: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(store?.().getItem(name) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function write(store: (() => Store) | undefined, name: string, value: unknown): boolean {
  try {
    store?.().setItem(name, JSON.stringify(value));
    return store !== undefined;
  } catch {
    return false;
  }
}

function readDraft(store: (() => Store) | undefined, name: string): Draft | undefined {
  const saved = readJson(store, name);
  const fields = Object.keys(DEFAULT_DRAFT) as (keyof Draft)[];
  return fields.every((field) => typeof saved[field] === 'string')
    ? (Object.fromEntries(fields.map((field) => [field, saved[field]])) as unknown as Draft)
    : undefined;
}

const among = <T>(allowed: readonly T[], value: unknown, fallback: T): T =>
  allowed.find((one) => one === value) ?? fallback;

const percentage = (value: unknown): number =>
  typeof value === 'number' && value >= 50 && value <= 150 ? value : 100;

/** Stores are given as functions: where storage is blocked, even touching `localStorage` throws. */
export function createMemory(lasting?: () => Store, tab?: () => Store): Memory {
  return {
    settings() {
      const saved = readJson(lasting, SETTINGS);
      return {
        level: among(DEPTHS, saved.level, DEFAULTS.level),
        theme: among(THEMES, saved.theme, DEFAULTS.theme),
        speed: among(SPEEDS, saved.speed, DEFAULTS.speed),
        shortcuts: among([true, false], saved.shortcuts, DEFAULTS.shortcuts),
        lifetimes: among([true, false], saved.lifetimes, DEFAULTS.lifetimes),
        dataEvents: among([true, false], saved.dataEvents, DEFAULTS.dataEvents),
        tool: among(TOOLS, saved.tool, DEFAULTS.tool),
        brightness: percentage(saved.brightness),
        contrast: percentage(saved.contrast),
      };
    },
    draft() {
      const draft = readDraft(tab, DRAFT);
      return draft && Object.keys(problemsOf(draft)).length === 0 ? draft : undefined;
    },
    typed: () => readDraft(tab, TYPED),
    saveSettings: (settings) => write(lasting, SETTINGS, settings),
    saveDraft: (draft) => write(tab, DRAFT, draft),
    saveTyped: (draft) => draft.text.length <= MAX_TYPED_CHARACTERS && write(tab, TYPED, draft),
  };
}
