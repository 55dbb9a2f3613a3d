// Types of the words; the only part of this room that flows may see.
import type captions from './en/captions.json';
import type claims from './en/claims.json';

export type CaptionId = keyof typeof captions;

/** Entries of the claims' catalogue that are sentences, not names of a status. */
export type ClaimId = Exclude<keyof typeof claims, `status ${string}`>;
