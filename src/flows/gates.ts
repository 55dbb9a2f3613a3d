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

/** The request that a step belongs to; at rest, the first that is not about setting the scene. */
export function askedAt({ trace: { steps } }: Run, index: number): Asked | undefined {
  const request =
    index < 0
      ? steps.find((step) => isYours(step) && step.chapter !== 'prepare')
      : steps.slice(0, index + 1).findLast((step) => isYours(step) && step.nesting === 0);
  if (!isYours(request)) return undefined;
  const end = steps.find((step) => step.kind === 'response' && step.answers === request.index);
  const inside = steps.slice(request.index, end ? end.index + 1 : undefined);
  const by = (gate: GateId) =>
    inside.filter(
      (step): step is DeedStep => step.kind === 'deed' && step.key === `${gate} authorises request`,
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

/** Where JSON ends to be JSON; undefined when it is. */
export function brokenAt(
  json: string,
): { readonly line: number; readonly column: number } | undefined {
  try {
    JSON.parse(json);
    return undefined;
  } catch (error) {
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    const before = at === undefined ? json : json.slice(0, Number(at));
    const lines = before.split('\n');
    return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  }
}
