// Grants: permissions on one key for one principal, beside the policies, optionally bound to an encryption context.
//   Equals  the request's context must be exactly these pairs.   Subset  it must hold at least these pairs.
// A constraint says nothing about operations that take no context. A grant takes effect at once here; in AWS it may
// take minutes unless its token is sent along (modelled). Source: KMS Developer Guide, "Grants in AWS KMS".
import type { EncryptionContext } from '../crypto/context';

/** The operations a grant on a symmetric key can name. */
export const GRANT_OPERATIONS = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
] as const;
/** Those that KMS knows for other kinds of key. */
export const OTHER_GRANT_OPERATIONS = [
  'Decapsulate',
  'DeriveSharedSecret',
  'Encapsulate',
  'GenerateMac',
  'GetPublicKey',
  'Sign',
  'Verify',
  'VerifyMac',
] as const;
const WITHOUT_CONTEXT: readonly string[] = ['CreateGrant', 'DescribeKey', 'RetireGrant'];

export interface GrantConstraints {
  readonly EncryptionContextEquals?: EncryptionContext;
  readonly EncryptionContextSubset?: EncryptionContext;
}

/** What a grant gives. */
export interface GrantTerms {
  readonly operations: readonly string[];
  readonly constraints: GrantConstraints | undefined;
}

export interface Grant extends GrantTerms {
  readonly id: string;
  readonly name: string | undefined;
  readonly granteePrincipal: string;
  readonly retiringPrincipal: string | undefined;
  readonly issuingAccount: string;
  readonly created: Date;
  /** Opaque; each call of CreateGrant makes one. */
  readonly tokens: string[];
}

/** Does the grant allow its grantee this operation under this context? */
export function permits(
  { operations, constraints }: GrantTerms,
  operation: string,
  context: EncryptionContext,
): boolean {
  if (!operations.includes(operation)) return false;
  if (!constraints || WITHOUT_CONTEXT.includes(operation)) return true;
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraints;
  return (!equals || same(equals, context)) && (!subset || contains(context, subset));
}

/** Does a grantee who may create grants stay within their own? Source: as above, "Grants for grantee principals". */
export function covers(own: GrantTerms, given: GrantTerms): boolean {
  if (!given.operations.every((operation) => own.operations.includes(operation))) return false;
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } =
    own.constraints ?? {};
  const { EncryptionContextEquals: hers, EncryptionContextSubset: herSubset } =
    given.constraints ?? {};
  return (
    (!equals || (hers !== undefined && same(equals, hers))) &&
    (!subset ||
      (hers !== undefined && contains(hers, subset)) ||
      (herSubset !== undefined && contains(herSubset, subset)))
  );
}

const contains = (context: EncryptionContext, pairs: EncryptionContext): boolean =>
  Object.entries(pairs).every(([k, v]) => Object.hasOwn(context, k) && context[k] === v);

const same = (a: EncryptionContext, b: EncryptionContext): boolean =>
  contains(a, b) && contains(b, a);
