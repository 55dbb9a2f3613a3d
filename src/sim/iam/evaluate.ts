// Who may: the gate that S3 and KMS each ask.
//
//   1. An explicit Deny anywhere ends it.
//   2. S3, in the bucket's own account: an Allow in the caller's identity policies or in the bucket policy is enough.
//   3. KMS, in the key's own account: the key policy comes first. It allows the caller by name, or it names the account,
//      and then an Allow in the caller's identity policies is needed as well. An identity policy alone is inert.
//   4. From another account: an Allow on both sides. The resource's policy may name the caller or the caller's account.
//   5. Anonymous callers have no identity policies: only a resource policy that lets in everybody lets them in.
// Source: IAM User Guide, "Policy evaluation logic", "Cross-account policy evaluation logic"; KMS Developer Guide,
// "Default key policy", "Allowing users in other accounts to use a KMS key".
import { ANONYMOUS } from '../names';
import type { Facts } from '../types';
import { accountOf, appliesTo, matchPrincipal } from './match';
import type { AccessRequest, PolicyDocument, Statement } from './policy';

export interface Decision {
  readonly allowed: boolean;
  /** Why, in the words AWS uses in AccessDenied messages; empty when allowed. */
  readonly reason: string;
  /** A Deny statement decided. */
  readonly explicit: boolean;
  /** The side that refused. */
  readonly refusedBy: 'identity' | 'resource' | undefined;
  readonly crossAccount: boolean;
  /** Request, deciding policy and statement, for the record. */
  readonly facts: Facts;
  /** The statement that decided; none when no statement allowed it. */
  readonly statement: Statement | undefined;
}

interface Found {
  readonly policy: string;
  readonly name: string;
  readonly statement: Statement;
}

export interface Policies {
  readonly identity: readonly PolicyDocument[];
  readonly resource: PolicyDocument | undefined;
  /** `bucket policy` or `key policy`. */
  readonly resourceName: string;
}

const IDENTITY_POLICY = 'identity policy';

export function evaluate(
  request: AccessRequest,
  policies: Policies,
  service: 's3' | 'kms',
): Decision {
  const { principal } = request;
  const identity = applying(IDENTITY_POLICY, policies.identity, (statement) =>
    appliesTo(statement, request),
  );
  const resource = applying(
    policies.resourceName,
    policies.resource ? [policies.resource] : [],
    (statement) => matchPrincipal(statement, principal) !== 'none' && appliesTo(statement, request),
  );

  const denied = identity.find(isDeny) ?? resource.find(isDeny);
  if (denied)
    return refused(request, denied.policy === IDENTITY_POLICY ? 'identity' : 'resource', denied);
  const byIdentity = identity[0];
  const byName = resource.find(
    ({ statement }) => matchPrincipal(statement, principal) === 'direct',
  );

  if (principal === ANONYMOUS)
    return byName ? allowed(request, byName) : refused(request, 'resource');
  if (!isCrossAccount(request)) {
    if (byName) return allowed(request, byName);
    if (service === 's3')
      return byIdentity ? allowed(request, byIdentity) : refused(request, 'identity');
  }
  const delegation = byName ?? resource[0];
  if (!delegation) return refused(request, 'resource');
  return byIdentity ? allowed(request, byIdentity, delegation) : refused(request, 'identity');
}

const isCrossAccount = ({ principal, resourceAccount }: AccessRequest): boolean =>
  accountOf(principal) !== resourceAccount;

const allowed = (request: AccessRequest, by: Found, delegation?: Found): Decision => ({
  allowed: true,
  reason: '',
  explicit: false,
  refusedBy: undefined,
  crossAccount: isCrossAccount(request),
  facts: factsOf(request, 'Allow', by, delegation),
  statement: by.statement,
});

function refused(request: AccessRequest, side: 'identity' | 'resource', by?: Found): Decision {
  const reason = by
    ? `with an explicit deny in ${side === 'identity' ? 'an identity-based' : 'a resource-based'} policy`
    : `because no ${side}-based policy allows the ${request.action} action`;
  return {
    allowed: false,
    reason,
    explicit: by !== undefined,
    refusedBy: side,
    crossAccount: isCrossAccount(request),
    facts: { ...factsOf(request, 'Deny', by), reason },
    statement: by?.statement,
  };
}

const isDeny = ({ statement }: Found): boolean => statement.Effect === 'Deny';

/** The statements that are about the request, in order. */
function applying(
  policy: string,
  documents: readonly PolicyDocument[],
  isAbout: (statement: Statement) => boolean,
): Found[] {
  const found: Found[] = [];
  for (const document of documents)
    for (const [i, statement] of document.Statement.entries())
      if (isAbout(statement))
        found.push({ policy, name: statement.Sid || `no. ${i + 1}`, statement });
  return found;
}

const factsOf = (
  { principal, action, resource }: AccessRequest,
  decision: 'Allow' | 'Deny',
  by?: Found,
  delegation?: Found,
): Facts => ({
  decision,
  principal,
  action,
  resource,
  ...(by ? { policy: by.policy, statement: by.name } : {}),
  ...(delegation ? { delegatedBy: `${delegation.policy}: ${delegation.name}` } : {}),
});
