// Does a statement apply to a request? Principals, actions, resources, conditions.
import { ANONYMOUS } from '../names';
import { conditionsHold } from './conditions';
import { type AccessRequest, list, type Statement } from './policy';
import { matchesArn, matchesPattern } from './wildcards';

/** Account part of an ARN: `arn:aws:iam::111122223333:user/ana` → `111122223333`. */
export function accountOf(arn: string): string {
  let start = 0;
  for (let colon = 0; colon < 4; colon++) {
    start = arn.indexOf(':', start) + 1;
    if (start === 0) return '';
  }
  const end = arn.indexOf(':', start);
  return end < 0 ? arn.slice(start) : arn.slice(start, end);
}

export type PrincipalMatch = 'direct' | 'account' | 'none';

/** `account` when the statement names only the account (root), which delegates to the account's own IAM policies. */
export function matchPrincipal(statement: Statement, principal: string): PrincipalMatch {
  if (statement.Principal === undefined || statement.Principal === '*') return 'direct';
  const named = list(statement.Principal.AWS);
  if (named.includes('*')) return 'direct';
  if (principal === ANONYMOUS) return 'none';
  if (named.includes(principal)) return 'direct';
  const account = accountOf(principal);
  const roots = [`arn:aws:iam::${account}:root`, account];
  return named.some((n) => roots.includes(n)) ? 'account' : 'none';
}

const isResource = (pattern: string, resource: string): boolean =>
  pattern === '*' || pattern === resource || matchesArn(pattern, resource);

/** Whether it is about this action on this resource under these conditions; not whose. */
export function appliesTo(statement: Statement, request: AccessRequest): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const about = list(Action ?? NotAction ?? []).some((a) =>
    matchesPattern(a, request.action, true),
  );
  const on = list(Resource ?? NotResource ?? []).some((r) => isResource(r, request.resource));
  return (
    about === (Action !== undefined) &&
    on === (Resource !== undefined) &&
    (Condition === undefined || conditionsHold(Condition, request.context()))
  );
}
