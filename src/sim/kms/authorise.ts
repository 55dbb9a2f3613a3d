// KMS's decision about one request: key policy first, then, where it delegates, the caller's identity policies; and if
// neither allows nor denies it, the key's grants. What is not about a key is decided by identity policies alone.
// A call that S3 makes in a forward access session is judged as the caller's own, with kms:ViaService set.
import type { EncryptionContext } from '../crypto/context';
import { looked } from '../crypto/works';
import type { IamDirectory } from '../iam/directory';
import { type Decision, evaluate } from '../iam/evaluate';
import { accountOf } from '../iam/match';
import { PRINCIPAL, VIA } from '../names';
import { Refusal } from '../refusal';
import type { Desk, Headers, Operation } from '../types';
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
  /** Condition keys that every request has, in lower case. */
  readonly context: Readonly<Record<string, string>>;
  /** Resolves when the caller may do this to the key. */
  authorise(key: KmsKey, asking?: Asking): Promise<void>;
  /** As `authorise`, by identity policies alone, for what no key policy is about; `by` is a grant that allows it. */
  authoriseAccount(resource?: string, action?: string, by?: Grant): Promise<void>;
  /** As `authoriseAccount`; recorded only if it is refused, where the key's own decision is what counts. */
  authoriseAlias(arn: string): Promise<void>;
}

const MAX_TOKENS = 10;

export function createCall(
  desk: Desk,
  iam: IamDirectory,
  keys: KeyStore,
  given: Pick<KmsCall, 'operation' | 'body' | 'headers'>,
): KmsCall {
  const principal = given.headers[PRINCIPAL] ?? 'anonymous';
  const via = given.headers[VIA];
  const context: Record<string, string> = {
    'kms:calleraccount': accountOf(principal),
    'aws:securetransport': 'true',
    'aws:viaawsservice': String(via !== undefined),
    ...(via ? { 'kms:viaservice': via } : {}),
  };
  const identity = iam.policiesOf(principal);

  const byIdentity = (resource: string, action: string): Decision =>
    evaluate(
      { principal, action: `kms:${action}`, resource, context },
      { identity, resource: undefined, resourceName: 'key policy' },
      's3', // an identity policy is enough, as for an S3 request without a bucket policy
    );

  async function settle(decision: Decision, action: string, resource: string): Promise<void> {
    const refusal = decision.allowed
      ? undefined
      : new Refusal(
          400,
          'AccessDeniedException',
          `User: ${principal} is not authorized to perform: kms:${action} on resource: ${resource} ${decision.reason}`,
        );
    const facts = via ? { ...decision.facts, via } : decision.facts;
    await desk.does('authorises', 'request', looked('IAM policy evaluation', facts, refusal));
  }

  const call: KmsCall = {
    ...given,
    principal,
    context,

    async authorise(key, asking = {}) {
      const action = asking.action ?? given.operation;
      const { encryptionContext = {}, giving } = asking;
      refuseUnknownTokens(call, keys);
      const pairs = Object.entries(encryptionContext).map(
        ([name, value]) => [`kms:encryptioncontext:${name.toLowerCase()}`, value] as const,
      );
      const request = {
        principal,
        action: `kms:${action}`,
        resource: key.arn,
        context: { ...context, ...asking.conditions, ...Object.fromEntries(pairs) },
      };
      const decision = evaluate(
        request,
        { identity, resource: key.policy, resourceName: 'key policy' },
        'kms',
      );
      const grant =
        decision.allowed || isExplicit(decision)
          ? undefined
          : key.grants.find(
              (g) =>
                g.granteePrincipal === principal &&
                permits(g, action, encryptionContext) &&
                (!giving || covers(g, giving)),
            );
      await settle(grant ? byGrant(decision, grant) : decision, action, key.arn);
    },

    authoriseAccount(resource = '*', action = given.operation, by) {
      const decision = byIdentity(resource, action);
      const granted = by && !decision.allowed && !isExplicit(decision);
      return settle(granted ? byGrant(decision, by) : decision, action, resource);
    },

    async authoriseAlias(arn) {
      const decision = byIdentity(arn, given.operation);
      if (!decision.allowed) await settle(decision, given.operation, arn);
    },
  };
  return call;
}

const isExplicit = ({ reason }: Decision): boolean => reason.startsWith('with an explicit deny');

function byGrant({ facts }: Decision, grant: Grant): Decision {
  const { decision: _, reason: __, policy: ___, statement: ____, ...request } = facts;
  const why = { policy: 'grant', statement: grant.id };
  return { allowed: true, reason: '', facts: { decision: 'Allow', ...request, ...why } };
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
