// What is claimed about each step: what AWS documents, what has been observed, what we modelled; with its sources. The
// tables are in claim-tables/, the sentences in the catalogue. A claim goes with a step by the step's key, the flow or
// variant, how the step ended, a deed's algorithm, the error code it carries, or a fact it recorded.
import type { Step } from '../sim';
import type { ClaimId } from '../words/types';
import { answerOf } from './captions';
import { CLIENT_CLAIMS } from './claim-tables/client';
import { KMS_CLAIMS } from './claim-tables/kms';
import { S3_CLAIMS } from './claim-tables/s3';
import { CLAIM_STATUSES, type Claim, type Entry, type Place } from './claim-tables/types';
import type { Run } from './types';

export { SOURCES } from './claim-tables/sources';
export { CLAIM_STATUSES, type Claim } from './claim-tables/types';

const TABLE: Readonly<Record<ClaimId, Entry>> = { ...CLIENT_CLAIMS, ...S3_CLAIMS, ...KMS_CLAIMS };

export const CLAIM_IDS = Object.keys(TABLE) as readonly ClaimId[];

const RANK = Object.fromEntries(CLAIM_STATUSES.map((status, i) => [status, i])) as Record<
  Entry['status'],
  number
>;

/** Documented first, modelled last; then in the order of the tables. */
const CLAIMS: readonly (Claim & Pick<Entry, 'places'>)[] = CLAIM_IDS.map((id) => ({
  id,
  ...TABLE[id],
})).sort((a, b) => RANK[a.status] - RANK[b.status]);

function holds(place: Place, { scenario }: Pick<Run, 'scenario'>, step: Step): boolean {
  const { flow, variant } = scenario;
  const [fact, value] = place.fact ?? [];
  const recorded = fact && step.kind === 'deed' ? step.facts[fact] : undefined;
  return (
    place.steps.includes(step.key) &&
    (!place.in || place.in.includes(flow) || place.in.includes(`${flow}/${variant}`)) &&
    (!place.ends || (place.ends === 'badly') === step.failed) &&
    (!place.code || place.code.includes(answerOf(step).code)) &&
    (!place.algorithm || (step.kind === 'deed' && step.algorithm === place.algorithm)) &&
    (!fact || (recorded !== undefined && (value === undefined || value === recorded)))
  );
}

/** The claims about a step, the best known first. One to four for every step of every flow; none outside of them. */
export function claimsOf(run: Pick<Run, 'scenario' | 'outside'>, step: Step): readonly Claim[] {
  if (run.outside) return [];
  return CLAIMS.filter(({ places }) => places.some((place) => holds(place, run, step))).map(
    ({ id, status, sources }) => ({ id, status, sources }),
  );
}
