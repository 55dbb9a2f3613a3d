// Reading a key policy, at PutKeyPolicy and CreateKey. What the evaluator in ../iam cannot evaluate is refused here and
// not half obeyed later: NotAction, NotPrincipal, NotResource, policy variables, operators it does not know (modelled;
// AWS takes them). A policy that would lock its own author out is refused as AWS refuses it, unless told otherwise.
import { evaluate } from '../iam/evaluate';
import { knowsOperator } from '../iam/match';
import type { ConditionBlock, PolicyDocument, Statement } from '../iam/policy';
import { Refusal } from '../refusal';
import type { KmsCall } from './authorise';
import { flag } from './parameters';

/** KMS Developer Guide, "Quotas": key policy document size. */
const MAX_POLICY_BYTES = 32 * 1024;

const DOCUMENT = ['Version', 'Id', 'Statement'];
const ELEMENTS = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];
const VERSIONS = ['2012-10-17', '2008-10-17', undefined];

const malformed = (message: string): Refusal =>
  new Refusal(400, 'MalformedPolicyDocumentException', message);
const INVALID_PRINCIPAL = 'Policy contains a statement with one or more invalid principals.';

export function parsePolicy(json: string): PolicyDocument {
  if (json.length > MAX_POLICY_BYTES) {
    throw new Refusal(400, 'LimitExceededException', 'The key policy document is too large.');
  }
  const document = parse(json);
  if (!isRecord(document) || document.Statement === undefined) {
    throw malformed('The policy document is not valid JSON.');
  }
  refuseOthers(document, DOCUMENT, 'policy element');
  if (!VERSIONS.includes(document.Version as string | undefined)) {
    throw malformed('The policy must contain a valid version string');
  }
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return {
    Version: '2012-10-17',
    ...(typeof document.Id === 'string' ? { Id: document.Id } : {}),
    Statement: statements.map(statement),
  };
}

/** Source: KMS API, PutKeyPolicy, BypassPolicyLockoutSafetyCheck. The text is AWS's. */
export function refuseLockout(call: KmsCall, policy: PolicyDocument, resource: string): void {
  if (flag(call, 'BypassPolicyLockoutSafetyCheck')) return;
  const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
  const { allowed } = evaluate(
    { principal: call.principal, action: 'kms:PutKeyPolicy', resource, context: call.context },
    {
      // Only the key policy is looked at: that it leaves the decision to the account is enough.
      identity: [{ Version: '2012-10-17', Statement: [everything] }],
      resource: policy,
      resourceName: 'key policy',
    },
    'kms',
  );
  if (allowed) return;
  throw malformed('The new key policy will not allow you to update the key policy in the future.');
}

function statement(value: unknown): Statement {
  if (!isRecord(value)) throw malformed('A statement is not an object.');
  refuseOthers(value, ELEMENTS, 'statement element');
  const { Sid, Effect, Condition } = value;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed('A statement has no valid Effect.');
  const actions = strings(value.Action, 'Action');
  if (!actions.every((a) => /^(\*|[a-z0-9-]+:[a-z0-9*?]+)$/i.test(a))) {
    throw malformed('Policy contains a statement with one or more invalid actions.');
  }
  return {
    ...(typeof Sid === 'string' ? { Sid } : {}),
    Effect,
    Principal: principal(value.Principal),
    Action: actions,
    Resource: strings(value.Resource, 'Resource'),
    ...(Condition === undefined ? {} : { Condition: conditions(Condition) }),
  };
}

/** `*`, accounts and their principals, and services, which never call here. */
function principal(value: unknown): NonNullable<Statement['Principal']> {
  if (value === '*') return '*';
  if (!isRecord(value) || Object.keys(value).length === 0) throw malformed(INVALID_PRINCIPAL);
  refuseOthers(value, ['AWS', 'Service'], 'principal');
  if (value.Service !== undefined) strings(value.Service, 'Principal');
  const named = value.AWS === undefined ? [] : strings(value.AWS, 'Principal');
  const valid = /^(\*|\d{12}|arn:aws:(iam|sts)::\d{12}:[^*]+)$/;
  if (!named.every((name) => valid.test(name))) throw malformed(INVALID_PRINCIPAL);
  return { AWS: named };
}

function conditions(value: unknown): ConditionBlock {
  if (!isRecord(value)) throw malformed('A Condition is not an object.');
  return Object.fromEntries(
    Object.entries(value).map(([operator, keys]) => {
      if (!knowsOperator(operator)) {
        throw malformed(`The condition operator ${operator} is not supported.`);
      }
      if (!isRecord(keys)) throw malformed('A Condition is not an object.');
      const wanted = Object.entries(keys).map(([key, values]) => [key, operands(values)]);
      return [operator, Object.fromEntries(wanted)];
    }),
  );
}

/** Numbers and booleans may stand without quotes. */
const operands = (value: unknown): readonly string[] =>
  strings(
    (Array.isArray(value) ? value : [value]).map((v: unknown) =>
      typeof v === 'boolean' || typeof v === 'number' ? String(v) : v,
    ),
    'Condition',
  );

function strings(value: unknown, element: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((v) => typeof v === 'string');
  if (texts.length !== list.length || texts.length === 0) {
    throw malformed(`A statement has no valid ${element}.`);
  }
  if (texts.some((t) => t.includes('${'))) throw malformed('Policy variables are not supported.');
  return texts;
}

function refuseOthers(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  what: string,
): void {
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other !== undefined) throw malformed(`The ${what} ${other} is not supported.`);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
