// Who may: the gate that S3 and KMS each ask. One account; cross-account access comes later.
//
//   1. An explicit Deny anywhere ends it.
//   2. S3: an Allow in the caller's identity policies or in the bucket policy is enough.
//   3. KMS: the key policy comes first. It allows the caller by name, or it names the account, and then an Allow in the
//      caller's identity policies is needed as well. An identity policy alone is inert.
// Source: IAM User Guide, "Policy evaluation logic"; KMS Developer Guide, "Default key policy".
import type { Facts } from '../types';
import { appliesTo, matchPrincipal } from './match';
import type { AccessRequest, PolicyDocument, Statement } from './policy';

export interface Decision {
  readonly allowed: boolean;
  /** Why, in the words AWS uses in AccessDenied messages; empty when allowed. */
  readonly reason: string;
  /** The deciding policy and statement, for the record. */
  readonly facts: Facts;
}

interface Found {
  readonly policy: string;
  readonly statement: Statement;
}

export interface Policies {
  readonly identity: readonly PolicyDocument[];
  readonly resource: PolicyDocument | undefined;
  /** `bucket policy` or `key policy`. */
  readonly resourceName: string;
}

export function evaluate(
  request: AccessRequest,
  policies: Policies,
  service: 's3' | 'kms',
): Decision {
  const identity = statements('identity policy', policies.identity).filter(({ statement }) =>
    appliesTo(statement, request),
  );
  const resource = statements(policies.resourceName, policies.resource ? [policies.resource] : [])
    .filter(({ statement }) => matchPrincipal(statement, request.principal) !== 'none')
    .filter(({ statement }) => appliesTo(statement, request));

  const denied = [...identity, ...resource].find(({ statement }) => statement.Effect === 'Deny');
  if (denied) {
    const kind = denied.policy === 'identity policy' ? 'an identity-based' : 'a resource-based';
    return decide(request, false, `with an explicit deny in ${kind} policy`, denied);
  }
  const byIdentity = identity.find(({ statement }) => statement.Effect === 'Allow');
  const byResource = resource.find(
    ({ statement }) =>
      statement.Effect === 'Allow' && matchPrincipal(statement, request.principal) === 'direct',
  );
  if (byResource) return decide(request, true, '', byResource);
  if (service === 's3') {
    if (byIdentity) return decide(request, true, '', byIdentity);
  } else {
    const delegation = resource.find(({ statement }) => statement.Effect === 'Allow');
    if (!delegation) {
      return decide(
        request,
        false,
        `because no resource-based policy allows the ${request.action} action`,
      );
    }
    if (byIdentity) return decide(request, true, '', byIdentity, delegation);
  }
  return decide(
    request,
    false,
    `because no identity-based policy allows the ${request.action} action`,
  );
}

function statements(policy: string, documents: readonly PolicyDocument[]): Found[] {
  return documents.flatMap((d) => d.Statement.map((statement) => ({ policy, statement })));
}

function decide(
  request: AccessRequest,
  allowed: boolean,
  reason: string,
  by?: Found,
  delegation?: Found,
): Decision {
  return {
    allowed,
    reason,
    facts: {
      decision: allowed ? 'Allow' : 'Deny',
      principal: request.principal,
      action: request.action,
      resource: request.resource,
      ...(by ? { policy: by.policy, statement: by.statement.Sid ?? '' } : {}),
      ...(delegation
        ? { delegatedBy: `${delegation.policy}: ${delegation.statement.Sid ?? ''}` }
        : {}),
      ...(reason ? { reason } : {}),
    },
  };
}
