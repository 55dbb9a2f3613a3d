// Which two windows belong together: they say so in their names, which outlive a reload and nothing else.
import type { Role } from './messages';

const NAME = /^sealed-(audience|speaker)-([a-z0-9]{8})$/;

function fresh(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('');
}

export const nameOf = (role: Role, pair: string): string => `sealed-${role}-${pair}`;

/** The pair that this window is of, in this role from now on; a new one if it is of none. */
export function pairFor(role: Role): string {
  const pair = NAME.exec(window.name)?.[2] ?? fresh();
  window.name = nameOf(role, pair);
  return pair;
}

export const OTHER: Readonly<Record<Role, Role>> = { audience: 'speaker', speaker: 'audience' };
export const VIEW_OF = { audience: 'present', speaker: 'speaker' } as const;
