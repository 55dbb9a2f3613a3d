// What the page and the worker say to each other.
import type { OwnInput, Scenario } from '../flows';
import type { Trace } from '../sim/types';

/** A scenario whose object may still be a file: the worker reads it, so that the page never waits for it. */
export interface Order extends Omit<Scenario, 'own'> {
  readonly own: Omit<OwnInput, 'object'> & { readonly object: OwnInput['object'] | Blob };
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly steps: number }
  | { readonly kind: 'done'; readonly trace: Trace }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'broken'; readonly message: string };
