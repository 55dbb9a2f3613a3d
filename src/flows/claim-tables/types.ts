// What a claim is: a sentence about a step (the words are in the catalogue), how far it is known, and from where.
import type { StepKey } from '../../sim';
import type { ClaimId } from '../../words/types';
import type { FlowId, VariantId } from '../types';
import type { SourceId } from './sources';

export const CLAIM_STATUSES = ['documented', 'observed', 'modelled'] as const;
/** AWS says so; somebody saw AWS do so; or we decided, because AWS does not publish it or because it is left out here. */
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

export interface Claim {
  readonly id: ClaimId;
  readonly status: ClaimStatus;
  readonly sources: readonly SourceId[];
}

/** A flow, or one of its variants. */
export type Where = FlowId | `${FlowId}/${VariantId}`;

/** Steps a claim is about. Every condition that is given must hold. */
export interface Place {
  readonly steps: readonly StepKey[];
  readonly in?: readonly Where[];
  readonly ends?: 'well' | 'badly';
  /** Error codes of the answer. */
  readonly code?: readonly string[];
  /** Of a deed. */
  readonly algorithm?: string;
  /** A fact that the deed recorded: its name, or its name and value. */
  readonly fact?: readonly [name: string, value?: string];
}

export interface Entry {
  readonly status: ClaimStatus;
  readonly sources: readonly SourceId[];
  readonly places: readonly Place[];
}

export type Entries = Readonly<Partial<Record<ClaimId, Entry>>>;

const entry =
  (status: ClaimStatus) =>
  (sources: readonly SourceId[], ...places: Place[]): Entry => ({ status, sources, places });

export const documented = entry('documented');
export const observed = entry('observed');
export const modelled = entry('modelled');

/** Some steps, under some conditions. */
export const on = (steps: readonly StepKey[], when: Omit<Place, 'steps'> = {}): Place => ({
  steps,
  ...when,
});
