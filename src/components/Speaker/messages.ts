// What the two windows of a presentation say to each other, and how it is read. Whoever speaks another version, or anything
// else on the same line, is not heard: the work in hand goes on.
import type { Draft } from '../../player';

const VERSION = 1;
export const ROLES = ['audience', 'speaker'] as const;
export type Role = (typeof ROLES)[number];

/** Longer than any address of a place with as many changes as somebody makes by hand. */
const LONGEST = 100_000;

export type Said =
  /** Somebody is there; `ask` wants to hear where the other is. */
  | { readonly kind: 'ask' | 'here' | 'bye' }
  /** Where one is, without the view; and with which object, as this never leaves the browser. */
  | {
      readonly kind: 'place';
      readonly hash: string;
      readonly draft: Draft;
      readonly file: File | undefined;
    }
  | { readonly kind: 'black'; readonly isBlack: boolean };

export interface Message {
  readonly role: Role;
  readonly said: Said;
}

export const writeMessage = (message: Message) => ({ sealed: VERSION, ...message });

const FIELDS = ['text', 'bucket', 'key', 'context', 'customerKey'] as const;

function readDraft(value: unknown): Draft | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  if (!FIELDS.every((name) => typeof fields[name] === 'string')) return undefined;
  return Object.fromEntries(FIELDS.map((name) => [name, fields[name]])) as unknown as Draft;
}

function readSaid(value: unknown): Said | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, hash, draft, file, isBlack } = value as Record<string, unknown>;
  if (kind === 'ask' || kind === 'here' || kind === 'bye') return { kind };
  if (kind === 'black') return typeof isBlack === 'boolean' ? { kind, isBlack } : undefined;
  if (kind !== 'place' || typeof hash !== 'string') return undefined;
  const own = readDraft(draft);
  const isFile = file === undefined || (typeof File === 'function' && file instanceof File);
  if (!own || !isFile || !hash.startsWith('#/') || hash.length > LONGEST) return undefined;
  return { kind, hash, draft: own, file: file as File | undefined };
}

/** Undefined for whatever is not a message of this version. */
export function readMessage(data: unknown): Message | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { sealed, role, said } = data as Record<string, unknown>;
  const known = ROLES.find((one) => one === role);
  const read = readSaid(said);
  return sealed === VERSION && known && read ? { role: known, said: read } : undefined;
}

/** The address of a place, whichever way it is seen: what two windows have in common. */
export function withoutView(hash: string): string {
  const [path = '', query = ''] = hash.split('?');
  const parameters = new URLSearchParams(query);
  parameters.delete('view');
  const rest = String(parameters);
  return rest ? `${path}?${rest}` : path;
}

export function withView(hash: string, view: string): string {
  const [path = '', query = ''] = withoutView(hash).split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('view', view);
  return `${path}?${parameters}`;
}

/** The step of a place, and the place without it. */
export function stepOf(hash: string): { readonly run: string; readonly step: number } {
  const [path = '', query = ''] = withoutView(hash).split('?');
  const parameters = new URLSearchParams(query);
  const step = Number(parameters.get('step') ?? -1);
  parameters.delete('step');
  parameters.delete('chapter');
  return { run: `${path}?${parameters}`, step };
}
