// The face of what is taught.

export { ACTORS, CHAPTERS, DEPTHS, type LoggedCall, loggedCalls, SECRET_KINDS } from '../sim';
export { type AlignedRow, align } from './align';
export { LARGEST_ARCHIVED } from './archive/largest';
export { type Attack, VANTAGES, type VantageId } from './attacker/types';
export { answerOf, type Caption, captionOf, captionOutsideFlows, returnsAnother } from './captions';
export {
  CLAIM_STATUSES,
  type Claim,
  claimsOf,
  SOURCES,
} from './claims';
export { type Comparison, comparisonOf, exposureOf, KMS_PRICES, kmsCost, s3Cost } from './compare';
export { DEFAULT_OWN, DEFAULT_SEED } from './defaults';
export { type MermaidWords, mermaidOf } from './export/mermaid';
export {
  type Asked,
  askedAt,
  GATES,
  type GateId,
  type Policy,
  policiesOf,
  policyProblem,
} from './gates';
export {
  EFFECTS,
  type Effects,
  effectsOf,
  layersAt,
  openLayersOf,
  readableNow,
} from './keys/effect';
export {
  FEWEST_OBJECTS,
  GROUP_IDS,
  GROUPS,
  type GroupId,
  groupsOf,
  KMS_KEY_IDS,
  MOST_OBJECTS,
  objectName,
} from './keys/groups';
export {
  type Answered,
  type AtRest,
  type Done,
  type Hierarchy,
  type KeyNode,
  type KeyOrder,
  type LeakTry,
  MOVE_WAYS,
  NONE,
  type Rows,
  readOrder,
  type VersionNode,
  WAITS,
  type Wait,
  writeOrder,
} from './keys/types';
export { FLOWS, variantOf } from './outline';
export { PHASE_IDS, type Phase, type PhaseId, phasesOf, visibleAt } from './phases';
export { type Part, partsOf } from './provenance/blob-parts';
export { type Forms, formsOf, idOf, nameOf } from './provenance/forms';
export { REASONS, type View } from './provenance/layout';
export {
  chainOf,
  type Hop,
  type NamedRange,
  type Origin,
  rangesOf,
  viewOf,
} from './provenance/ranges';
export { isTraced, originOf, usesOf, type Whereabouts } from './provenance/whereabouts';
export { runScenario } from './run';
export { HELD, heldAt, PLACES, type PlaceId } from './scheme-map';
export * from './types';
export { CHECK_IDS, verdictOf, whyOf } from './verdict';
export { outsideOf } from './verify-outside';
export { counterpartOf, handlesAt, hasTaken, isInFlight, partingOf } from './what-if';
