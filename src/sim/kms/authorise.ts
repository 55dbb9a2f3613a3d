// KMS's decision about one request: key policy first, then, where it delegates, the caller's identity policies; and if
// neither allows nor denies it, the key's grants. What is not about a key is decided by identity policies alone.
// A caller of another account needs an Allow of its own identity policies in any case, and an operation that KMS offers
// across accounts. A call that S3 makes in a forward access session is judged as the caller's own, with kms:ViaService set.
import type { EncryptionContext } from '../crypto/context';
import { LookedAt } from '../iam/context';
import type { IamDirectory } from '../iam/directory';
import { type Decision, evaluate } from '../iam/evaluate';
import { accountOf } from '../iam/match';
import type { RequestContext } from '../iam/policy';
import { decided } from '../iam/record';
import { ACCOUNT_ID, ANONYMOUS, PRINCIPAL, VIA } from '../names';
import { Refusal } from '../refusal';
import type { Desk, Headers, Operation } from '../types';
import { callContext, encryptionContextKeys, grantContext, keyContext } from './conditions';
import { covers, type Grant, type GrantTerms, permits } from './grants';
import type { KeyStore, KmsKey } from './keys';
import { texts } from './parameters';

/** What an operation asks for, where that is more than its own name. */
export interface Asking {
  /** Without `kms:`. */
  readonly action?: string;
  readonly encryptionContext?: EncryptionContext;
  /** Further condition keys, in lower case. */
  readonly conditions?: Readonly<Record<string, string>>;
  /** The grant that is to be created. */
  readonly giving?: GrantTerms;
}

export interface KmsCall {
  readonly operation: Operation;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
  readonly principal: string;
  /** The caller's account, in which names without an account are looked up. */
  readonly account: string;
  /** Condition keys that every request has, in lower case. */
  context(): RequestContext;
  /** Resolves when the caller may do this to the key. */
  authorise(key: KmsKey, asking?: Asking): Promise<void>;
  /** As `authorise`, by identity policies alone, for what no key policy is about; `by` is a grant that allows it. */
  authoriseAccount(resource?: string, action?: string, by?: Grant): Promise<void>;
  /** As `authoriseAccount`; recorded only if it is refused, where the key's own decision is what counts. */
  authoriseAlias(arn: string): Promise<void>;
}

const MAX_TOKENS = 10;

/** Source: KMS API, "Cross-account use" of each operation. How KMS words its refusal of the others is modelled. */
const ACROSS_ACCOUNTS = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GetKeyRotationStatus',
  'ListGrants',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'RevokeGrant',
];

export function createCall(
  desk: Desk,
  iam: IamDirectory,
  keys: KeyStore,
  given: Pick<KmsCall, 'operation' | 'body' | 'headers'>,
): KmsCall {
  const principal = given.headers[PRINCIPAL] ?? ANONYMOUS;
  const account = accountOf(principal) || ACCOUNT_ID;
  const via = given.headers[VIA];
  const ofCall = new LookedAt(() => callContext(desk, given.headers, principal, given.body));
  const identity = iam.policiesOf(principal);

  /** An identity policy is enough, as for an S3 request without a bucket policy. */
  const byIdentity = (
    resource: string,
    action: string,
    conditions = ofCall,
    resourceAccount = ACCOUNT_ID,
  ): Decision =>
    evaluate(
      {
        principal,
        action: `kms:${action}`,
        resource,
        resourceAccount,
        context: () => conditions.keys,
      },
      { identity, resource: undefined, resourceName: 'key policy' },
      's3',
    );

  async function settle(
    decision: Decision,
    action: string,
    resource: string,
    conditions = ofCall,
  ): Promise<void> {
    const unknown = decision.crossAccount && decision.refusedBy === 'resource';
    const why = unknown
      ? 'on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access'
      : `on resource: ${resource} ${decision.reason}`;
    const refusal = decision.allowed
      ? undefined
      : new Refusal(
          400,
          'AccessDeniedException',
          `User: ${principal} is not authorized to perform: kms:${action} ${why}`,
        );
    const more = via ? { via } : {};
    await desk.does('authorises', 'request', decided(decision, conditions, refusal, more));
  }

  const call: KmsCall = {
    ...given,
    principal,
    account,
    context: () => ofCall.keys,

    async authorise(key, asking = {}) {
      const action = asking.action ?? given.operation;
      const { encryptionContext, giving } = asking;
      refuseUnknownTokens(call, keys);
      const conditions = new LookedAt(() => ({
        ...ofCall.keys,
        ...keyContext(key, keys.aliasesOf(key)),
        ...asking.conditions,
        ...(giving ? grantContext(giving) : {}),
        ...(encryptionContext ? encryptionContextKeys(encryptionContext) : {}),
      }));
      const resourceAccount = accountOf(key.arn);
      const abroad = account !== resourceAccount && !ACROSS_ACCOUNTS.includes(action);
      const decision = evaluate(
        {
          principal,
          action: `kms:${action}`,
          resource: key.arn,
          resourceAccount,
          context: () => conditions.keys,
        },
        {
          identity,
          resource: abroad ? undefined : key.policy,
          resourceName: 'key policy',
        },
        'kms',
      );
      const grant =
        decision.allowed || decision.explicit || abroad
          ? undefined
          : key.grants.find(
              (g) =>
                g.granteePrincipal === principal &&
                permits(g, action, encryptionContext ?? {}) &&
                (!giving || covers(g, giving)),
            );
      // A grant stands in for the key policy, not for the other account's own permission.
      const own = (): boolean => byIdentity(key.arn, action, conditions, account).allowed;
      const granted = grant && (!decision.crossAccount || own());
      await settle(granted ? byGrant(decision, grant) : decision, action, key.arn, conditions);
    },

    authoriseAccount(resource = '*', action = given.operation, by) {
      const decision = byIdentity(resource, action);
      const granted = by && !decision.allowed && !decision.explicit;
      return settle(granted ? byGrant(decision, by) : decision, action, resource);
    },

    async authoriseAlias(arn) {
      const decision = byIdentity(arn, given.operation);
      if (!decision.allowed) await settle(decision, given.operation, arn);
    },
  };
  return call;
}

function byGrant(decision: Decision, grant: Grant): Decision {
  const { decision: _, reason: __, policy: ___, statement: ____, ...request } = decision.facts;
  const why = { policy: 'grant', statement: grant.id };
  const facts = { decision: 'Allow', ...request, ...why };
  return {
    ...decision,
    allowed: true,
    reason: '',
    refusedBy: undefined,
    statement: undefined,
    facts,
  };
}

/** Tokens of grants that are gone, or never were. The token itself gives nothing that its grant does not give. */
function refuseUnknownTokens(call: KmsCall, keys: KeyStore): void {
  const tokens = texts(call, 'GrantTokens', 0, MAX_TOKENS);
  if (tokens.length === 0) return;
  const known = new Set(keys.all().flatMap(({ grants }) => grants.flatMap((g) => g.tokens)));
  if (!tokens.every((token) => known.has(token))) {
    throw new Refusal(400, 'InvalidGrantTokenException', '');
  }
}
