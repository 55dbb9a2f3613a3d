// The two gates of a request: what S3 and KMS decided about it, and the policies that they decided by. Decisions are
// recorded steps; policies are those that the world began with, and what was put since.
import {
  awsS3KeyPolicy,
  type DeedStep,
  defaultKeyPolicy,
  names,
  parsePolicy,
  type RequestStep,
  readBucketPolicy,
  readIdentityPolicy,
  readJson,
  type Step,
  toUtf8,
} from '../sim';
import { adminPolicy, userPolicy } from './first-policies';
import type { PolicyId, Run } from './types';

export const GATES = ['s3', 'kms'] as const;
export type GateId = (typeof GATES)[number];

export interface Asked {
  /** What you asked, with which everything else began. */
  readonly request: RequestStep;
  /** In the order in which they were decided. */
  readonly decisions: Readonly<Record<GateId, readonly DeedStep[]>>;
}

const isYours = (step: Step | undefined): step is RequestStep =>
  step?.kind === 'request' && step.from === 'you';

/** Index of the answer to a request; of none, where nobody answered any more. */
const endOf = (request: RequestStep, steps: readonly Step[]): number =>
  steps.find((step) => step.kind === 'response' && step.answers === request.index)?.index ??
  steps.length;

/** The request that a step belongs to; at rest, the first that is not about setting the scene. */
export function askedAt({ trace: { steps } }: Run, index: number): Asked | undefined {
  const yours = steps.filter(isYours);
  const before = yours.filter((step) => step.index <= index);
  const request =
    index < 0
      ? yours.find((step) => step.chapter !== 'prepare')
      : (before.find((step) => endOf(step, steps) >= index) ?? before.at(-1));
  if (!request) return undefined;
  const end = endOf(request, steps);
  // What an administrator asks meanwhile is another request.
  const others = yours.filter((step) => step.index > request.index && step.index < end);
  const isInside = ({ index: at }: Step): boolean =>
    at > request.index &&
    at < end &&
    !others.some((other) => at > other.index && at < endOf(other, steps));
  const by = (gate: GateId) =>
    steps.filter(
      (step): step is DeedStep =>
        step.kind === 'deed' && step.key === `${gate} authorises request` && isInside(step),
    );
  return { request, decisions: { s3: by('s3'), kms: by('kms') } };
}

export interface Policy {
  readonly of: PolicyId;
  /** None: a bucket begins without one. */
  readonly json: string | undefined;
  /** Somebody may write another: not what AWS manages, and not the administrator's own. */
  readonly isYours: boolean;
}

const written = (document: unknown): string => JSON.stringify(document, undefined, 2);

function identityOf(principal: string | undefined, before: readonly Step[]): Policy {
  if (principal !== names.ANA)
    return { of: 'identity', json: written(adminPolicy), isYours: false };
  const put = before.findLast((s) => s.key === 'you changes identity policy' && !s.failed);
  const after = put?.kind === 'deed' ? put.inputs.after : undefined;
  return { of: 'identity', json: after ? toUtf8(after) : written(userPolicy()), isYours: true };
}

/** The last request of an operation that ended well, before now. */
function lastPut(operation: 'PutBucketPolicy' | 'PutKeyPolicy', before: readonly Step[]) {
  const end = before.findLast(
    (s) => s.kind === 'response' && s.operation === operation && !s.failed,
  );
  const put = end?.kind === 'response' ? before[end.answers] : undefined;
  return put?.kind === 'request' ? put.message.body : undefined;
}

function keyPolicyOf(arn: string | undefined, before: readonly Step[]): Policy | undefined {
  if (!arn?.includes(':key/')) return undefined;
  const made = before.some(
    (s) =>
      s.key === 'you <- kms CreateKey' &&
      s.kind === 'response' &&
      toUtf8(s.message.body).includes(arn),
  );
  if (!made) return { of: 'key', json: written(awsS3KeyPolicy()), isYours: false };
  const put = lastPut('PutKeyPolicy', before);
  const json = put ? String(readJson(put)?.Policy) : written(defaultKeyPolicy());
  return { of: 'key', json, isYours: true };
}

/** The policies that a decision looked at, in the order in which they count. */
export function policiesOf({ trace }: Run, decision: DeedStep): readonly Policy[] {
  const before = trace.steps.slice(0, decision.index);
  const { principal, resource } = decision.facts;
  const identity = identityOf(principal, before);
  if (decision.actor === 'kms')
    return [keyPolicyOf(resource, before), identity].filter((one) => one !== undefined);
  const put = lastPut('PutBucketPolicy', before);
  return [identity, { of: 'bucket', json: put && toUtf8(put), isYours: true }];
}

/** Why a policy would be refused, as the service that it is put to says it; undefined when it would be taken. */
export function policyProblem(of: PolicyId, json: string, bucket: string): string | undefined {
  try {
    if (of === 'identity') readIdentityPolicy(json);
    else if (of === 'bucket') readBucketPolicy(json, bucket);
    else parsePolicy(json);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
