// Does a statement apply to a request? Wildcards, principals, conditions.
import { type AccessRequest, type ConditionBlock, list, type Statement } from './policy';

/** `*` any run of characters, `?` exactly one. */
export function matchesPattern(pattern: string, value: string, ignoreCase = false): boolean {
  if (pattern === '*' || pattern === value) return true;
  if (!/[*?]/.test(pattern)) return ignoreCase && pattern.toLowerCase() === value.toLowerCase();
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(value);
}

/** Account part of an ARN: `arn:aws:iam::111122223333:user/ana` → `111122223333`. */
export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

export type PrincipalMatch = 'direct' | 'account' | 'none';

/** `account` when the statement names only the account (root), which delegates to the account's own IAM policies. */
export function matchPrincipal(statement: Statement, principal: string): PrincipalMatch {
  if (statement.Principal === undefined || statement.Principal === '*') return 'direct';
  const named = list(statement.Principal.AWS);
  if (named.includes('*') || named.includes(principal)) return 'direct';
  const account = accountOf(principal);
  const roots = [`arn:aws:iam::${account}:root`, account];
  return named.some((n) => roots.includes(n)) ? 'account' : 'none';
}

export function appliesTo(statement: Statement, request: AccessRequest): boolean {
  return (
    list(statement.Action).some((a) => matchesPattern(a, request.action, true)) &&
    list(statement.Resource).some((r) => matchesPattern(r, request.resource)) &&
    conditionsHold(statement.Condition, request.context)
  );
}

type Compare = (have: string, want: string) => boolean;

const OPERATORS: Readonly<Record<string, { compare: Compare; negated?: boolean }>> = {
  StringEquals: { compare: (have, want) => have === want },
  StringNotEquals: { compare: (have, want) => have === want, negated: true },
  StringEqualsIgnoreCase: { compare: (have, want) => have.toLowerCase() === want.toLowerCase() },
  StringLike: { compare: (have, want) => matchesPattern(want, have) },
  StringNotLike: { compare: (have, want) => matchesPattern(want, have), negated: true },
  ArnEquals: { compare: (have, want) => matchesPattern(want, have) },
  ArnLike: { compare: (have, want) => matchesPattern(want, have) },
  ArnNotLike: { compare: (have, want) => matchesPattern(want, have), negated: true },
  Bool: { compare: (have, want) => have.toLowerCase() === want.toLowerCase() },
};

function conditionsHold(
  block: ConditionBlock | undefined,
  context: AccessRequest['context'],
): boolean {
  return Object.entries(block ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      conditionHolds(operator, context[key.toLowerCase()], list(wanted)),
    ),
  );
}

/** The rule of an operator, with or without IfExists. */
const ruleOf = (operator: string) =>
  Object.entries(OPERATORS).find(
    ([name]) => operator === name || operator === `${name}IfExists`,
  )?.[1];

/** Can a condition with this operator be evaluated? */
export const knowsOperator = (operator: string): boolean =>
  operator === 'Null' || ruleOf(operator) !== undefined;

function conditionHolds(
  operator: string,
  have: string | undefined,
  wanted: readonly string[],
): boolean {
  if (operator === 'Null') return wanted.some((w) => (w === 'true') === (have === undefined));
  const ifExists = operator.endsWith('IfExists');
  const rule = ruleOf(operator);
  if (!rule) throw new Error(`condition operator ${operator} is not modelled`);
  // A missing key fails a positive operator and satisfies a negated one, or any operator with IfExists.
  if (have === undefined) return ifExists || rule.negated === true;
  const any = wanted.some((w) => rule.compare(have, w));
  return rule.negated ? !any : any;
}
