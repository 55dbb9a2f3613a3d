// The face of what is taught.

export { ACTORS, CHAPTERS, DEPTHS, SECRET_KINDS, unreachable } from '../sim';
export { answerOf, type Caption, captionOf, returnsAnother, YOUR_OBJECT } from './captions';
export {
  CLAIM_STATUSES,
  type Claim,
  type ClaimStatus,
  claimsOf,
  SOURCES,
} from './claims';
export { DEFAULT_OWN, DEFAULT_SEED } from './defaults';
export { FLOWS, variantOf } from './outline';
export { PHASE_IDS, type Phase, type PhaseId, phasesOf, visibleAt } from './phases';
export { runScenario } from './run';
export * from './types';
export { CHECK_IDS, type CheckId, type Verdict, verdictOf, whyOf } from './verdict';
export { PLACES, type PlaceId, SCHEME_MAP } from './scheme-map';
