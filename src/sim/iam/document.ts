// Reading a resource's policy as it is put. What the evaluator cannot evaluate is refused here and not half obeyed later:
// NotPrincipal, policy variables, other kinds of principals, operators it does not know (modelled; AWS takes them).
import type { Refusal } from '../refusal';
import { knowsOperator } from './conditions';
import type { ConditionBlock, PolicyDocument, Statement } from './policy';

/** What can be wrong with a policy. */
export type Fault = 'document' | 'version' | 'Principal' | 'action' | Missing;
type Missing = 'Effect' | 'Action' | 'Resource' | 'Condition' | 'statement';

/** A service's refusal: of a fault, or of what is not supported, named in `what`. */
export type Malformed = (fault: Fault | 'unsupported', what?: string) => Refusal;

const DOCUMENT = ['Version', 'Id', 'Statement'];
const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];
const VERSIONS = ['2012-10-17', '2008-10-17', undefined];

/** `whose`: a resource's policy says for whom it is; an identity's hangs on the one it is for. */
export function readPolicy(
  json: string,
  malformed: Malformed,
  whose: 'resource' | 'identity' = 'resource',
): PolicyDocument {
  const document = parse(json);
  if (!isRecord(document) || document.Statement === undefined) throw malformed('document');
  refuseOthers(document, DOCUMENT, 'policy element', malformed);
  if (!VERSIONS.includes(document.Version as string | undefined)) throw malformed('version');
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return {
    Version: '2012-10-17',
    ...(typeof document.Id === 'string' ? { Id: document.Id } : {}),
    Statement: statements.map((one: unknown) => statement(one, malformed, whose)),
  };
}

function statement(
  value: unknown,
  malformed: Malformed,
  whose: 'resource' | 'identity',
): Statement {
  if (!isRecord(value)) throw malformed('statement');
  refuseOthers(value, ELEMENTS, 'statement element', malformed);
  if (whose === 'identity' && value.Principal !== undefined) throw malformed('Principal');
  const { Sid, Effect, Condition } = value;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed('Effect');
  const actions = either(value, 'Action', malformed);
  const named = Object.values(actions).flat();
  if (!named.every((a) => /^(\*|[a-z0-9-]+:[a-z0-9*?]+)$/i.test(a))) throw malformed('action');
  return {
    ...(typeof Sid === 'string' ? { Sid } : {}),
    Effect,
    ...(whose === 'resource' ? { Principal: principal(value.Principal, malformed) } : {}),
    ...actions,
    ...either(value, 'Resource', malformed),
    ...(Condition === undefined ? {} : { Condition: conditions(Condition, malformed) }),
  };
}

/** Action or NotAction, Resource or NotResource: one of the two. */
function either(
  value: Readonly<Record<string, unknown>>,
  element: 'Action' | 'Resource',
  malformed: Malformed,
): Readonly<Record<string, readonly string[]>> {
  const given = [element, `Not${element}`].filter((name) => value[name] !== undefined);
  const [name] = given;
  if (name === undefined || given.length > 1) throw malformed(element);
  return { [name]: strings(value[name], element, malformed) };
}

/** `*`, accounts and their principals, and services, which never call here. */
function principal(value: unknown, malformed: Malformed): NonNullable<Statement['Principal']> {
  if (value === '*') return '*';
  if (!isRecord(value) || Object.keys(value).length === 0) throw malformed('Principal');
  refuseOthers(value, ['AWS', 'Service'], 'principal', malformed);
  if (value.Service !== undefined) strings(value.Service, 'Principal', malformed);
  const named = value.AWS === undefined ? [] : strings(value.AWS, 'Principal', malformed);
  const valid = /^(\*|\d{12}|arn:aws:(iam|sts)::\d{12}:[^*]+)$/;
  if (!named.every((name) => valid.test(name))) throw malformed('Principal');
  return { AWS: named };
}

function conditions(value: unknown, malformed: Malformed): ConditionBlock {
  if (!isRecord(value)) throw malformed('Condition');
  return Object.fromEntries(
    Object.entries(value).map(([operator, keys]) => {
      if (!knowsOperator(operator)) {
        throw malformed('unsupported', `condition operator ${operator}`);
      }
      if (!isRecord(keys)) throw malformed('Condition');
      const wanted = Object.entries(keys).map(([key, values]) => [
        key,
        operands(values, malformed),
      ]);
      return [operator, Object.fromEntries(wanted)];
    }),
  );
}

/** Numbers and booleans may stand without quotes. */
const operands = (value: unknown, malformed: Malformed): readonly string[] =>
  strings(
    (Array.isArray(value) ? value : [value]).map((v: unknown) =>
      typeof v === 'boolean' || typeof v === 'number' ? String(v) : v,
    ),
    'Condition',
    malformed,
  );

function strings(value: unknown, element: Fault, malformed: Malformed): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((v) => typeof v === 'string');
  if (texts.length !== list.length || texts.length === 0) throw malformed(element);
  if (texts.some((t) => t.includes('${'))) throw malformed('unsupported', 'policy variable');
  return texts;
}

function refuseOthers(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  what: string,
  malformed: Malformed,
): void {
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other !== undefined) throw malformed('unsupported', `${what} ${other}`);
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
