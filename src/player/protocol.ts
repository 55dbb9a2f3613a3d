// What the page and the worker say to each other. Runs are numbered: what is said of an old one is no longer heard.
import type { OwnInput, Scenario } from '../flows';
import type { LabName } from '../flows/labs';
import type { Trace } from '../sim/types';

/** A scenario whose object may still be a file: the worker reads it, so that the page never waits for it. */
export interface Order extends Omit<Scenario, 'own'> {
  readonly own: Omit<OwnInput, 'object'> & { readonly object: OwnInput['object'] | Blob };
}

export interface ToWorker {
  readonly run: number;
  /** None: the run before is not wanted any more, and nothing else is. */
  readonly order: Order | undefined;
}

export type Report =
  | { readonly kind: 'progress'; readonly steps: number }
  | { readonly kind: 'done'; readonly trace: Trace }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'broken'; readonly message: string };

export type FromWorker = Report & { readonly run: number };

/** What a view asks of a lab (see flows/labs), and what it hears: an output, or what broke. */
export interface Question {
  readonly ask: number;
  /** Undefined: be ready. */
  readonly lab: LabName | undefined;
  readonly input: unknown;
}
export interface Answer {
  readonly ask: number;
  readonly output?: unknown;
  readonly problem?: string;
}
