// The condition keys that KMS adds to a request, in lower case: of the caller, of the key, of what is asked.
// Source: KMS Developer Guide, "Condition keys for AWS KMS".
import type { EncryptionContext } from '../crypto/context';
import { globalContext } from '../iam/context';
import { accountOf } from '../iam/match';
import type { RequestContext } from '../iam/policy';
import { ACCOUNT_ID, VIA } from '../names';
import type { Desk, Headers } from '../types';
import type { GrantTerms } from './grants';
import type { KmsKey } from './keys';

/** Parameters that conditions see as they were sent. */
const PARAMETERS: Readonly<Record<string, string>> = {
  BypassPolicyLockoutSafetyCheck: 'kms:bypasspolicylockoutsafetycheck',
  ExpirationModel: 'kms:expirationmodel',
  PendingWindowInDays: 'kms:schedulekeydeletionpendingwindowindays',
  RotationPeriodInDays: 'kms:rotationperiodindays',
  ValidTo: 'kms:validto',
  WrappingAlgorithm: 'kms:wrappingalgorithm',
  WrappingKeySpec: 'kms:wrappingkeyspec',
};

/** What every request has. */
export function callContext(
  desk: Desk,
  headers: Headers,
  principal: string,
  body: Readonly<Record<string, unknown>>,
): RequestContext {
  const via = headers[VIA];
  const context: Record<string, string | readonly string[]> = {
    ...globalContext(desk, headers, principal, ACCOUNT_ID),
    'kms:calleraccount': accountOf(principal),
    ...(via ? { 'kms:viaservice': via } : {}),
  };
  for (const [name, key] of Object.entries(PARAMETERS)) {
    const value = body[name];
    if (['string', 'number', 'boolean'].includes(typeof value)) context[key] = String(value);
  }
  return context;
}

/** What a request about a key has as well. */
export const keyContext = (key: KmsKey, aliases: readonly string[]): RequestContext => ({
  'kms:keyorigin': key.origin,
  'kms:keyspec': 'SYMMETRIC_DEFAULT',
  'kms:keyusage': 'ENCRYPT_DECRYPT',
  'kms:multiregion': 'false',
  ...(aliases.length > 0 ? { 'kms:resourcealiases': aliases } : {}),
});

/** What a request with an encryption context has as well: each pair, and the names of all. */
export function encryptionContextKeys(context: EncryptionContext): RequestContext {
  const pairs = Object.entries(context);
  return {
    'kms:encryptionalgorithm': 'SYMMETRIC_DEFAULT',
    ...(pairs.length > 0 ? { 'kms:encryptioncontextkeys': pairs.map(([name]) => name) } : {}),
    ...Object.fromEntries(
      pairs.map(([name, value]) => [`kms:encryptioncontext:${name.toLowerCase()}`, value]),
    ),
  };
}

/** What CreateGrant has as well. */
export function grantContext({ operations, constraints }: GrantTerms): RequestContext {
  const type = constraints?.EncryptionContextEquals
    ? 'EncryptionContextEquals'
    : constraints?.EncryptionContextSubset && 'EncryptionContextSubset';
  return {
    'kms:grantoperations': operations,
    'kms:grantisforawsresource': 'false',
    ...(type ? { 'kms:grantconstrainttype': type } : {}),
  };
}
