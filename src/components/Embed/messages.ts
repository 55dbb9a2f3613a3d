// What a page that embeds Sealed can say to it, and what it hears: docs/EMBED.md. Whoever is not the named host is not heard.
import { DEPTHS } from '../../flows';
import { THEMES, type Theme } from '../../player';
import type { Depth } from '../../sim/types';

const VERSION = 1;
const LONGEST = 100_000;
const MOVES = ['next', 'previous', 'first', 'last'] as const;

export type Command =
  | { readonly do: (typeof MOVES)[number] }
  | { readonly do: 'where' }
  | { readonly do: 'open'; readonly hash: string }
  | { readonly do: 'theme'; readonly theme: Theme }
  | { readonly do: 'level'; readonly level: Depth };

export type Told =
  /** It listens. */
  | { readonly event: 'ready' }
  /** Where it is: after each step, and when it is asked. `step` is counted from 1, 0 at rest. */
  | { readonly event: 'place'; readonly hash: string; readonly step: number; readonly of: number }
  /** What was said is no command of this version. */
  | { readonly event: 'refused' };

export const writeTold = (told: Told) => ({ sealed: VERSION, ...told });

/** Undefined for what is not for Sealed at all; `refused` for what is, and says nothing. */
export function readCommand(data: unknown): Command | 'refused' | undefined {
  if (typeof data !== 'object' || data === null || !('sealed' in data)) return undefined;
  const { sealed, do: what, hash, theme, level } = data as Record<string, unknown>;
  if (sealed !== VERSION) return 'refused';
  const move = MOVES.find((one) => one === what);
  if (move) return { do: move };
  if (what === 'where') return { do: what };
  if (
    what === 'open' &&
    typeof hash === 'string' &&
    hash.startsWith('#/') &&
    hash.length <= LONGEST
  )
    return { do: what, hash };
  const aTheme = THEMES.find((one) => one === theme);
  if (what === 'theme' && aTheme) return { do: what, theme: aTheme };
  const aLevel = DEPTHS.find((one) => one === level);
  if (what === 'level' && aLevel) return { do: what, level: aLevel };
  return 'refused';
}

export interface EmbedOptions {
  /** The page that embeds, as an origin; undefined: it named none, and is neither heard nor told anything. */
  readonly host: string | undefined;
  readonly theme: Theme | undefined;
  readonly level: Depth | undefined;
}

/** From the page's own query: `?embed=https://school.example&theme=dark&level=overview`. */
export function readEmbed(search: string): EmbedOptions {
  const parameters = new URLSearchParams(search);
  return {
    host: originOf(parameters.get('embed') ?? ''),
    theme: THEMES.find((one) => one === parameters.get('theme')),
    level: DEPTHS.find((one) => one === parameters.get('level')),
  };
}

function originOf(text: string): string | undefined {
  try {
    const { origin, protocol } = new URL(text);
    return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** A line for somebody's page. `page`: the address of this one, without query and hash. */
export function frameLine(page: string, hash: string, title: string): string {
  const source = `${page}?embed${hash}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const name = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${source}" title="${name}" width="100%" height="640" style="border:0" allow="clipboard-write; fullscreen"></iframe>`;
}
