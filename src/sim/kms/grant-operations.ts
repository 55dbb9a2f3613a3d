// Creating, listing, revoking and retiring grants. Source: KMS API, CreateGrant, RevokeGrant, RetireGrant.
import { epochSeconds } from '../clock';
import { toBase64, toHex } from '../crypto/bytes';
import { Refusal } from '../refusal';
import type { KmsCall } from './authorise';
import {
  GRANT_OPERATIONS,
  type Grant,
  type GrantConstraints,
  type GrantTerms,
  OTHER_GRANT_OPERATIONS,
} from './grants';
import { type KmsKey, notFound } from './keys';
import type { KmsContext, KmsHandler } from './kms';
import { namedKey, refuseChange } from './named-keys';
import { page } from './pages';
import {
  contextIn,
  optionalText,
  patterned,
  record,
  refuseDryRun,
  text,
  texts,
  unsupported,
  validation,
} from './parameters';

const ID_BYTES = 32;
const TOKEN_BYTES = 96;
const PAGE = { usual: 50, max: 100 };
const PRINCIPAL = /^arn:aws:(iam|sts)::\d{12}:.+$/;

/** What is not about a symmetric key, or about services of AWS as principals, is not here (modelled). */
function readTerms(call: KmsCall): GrantTerms {
  const operations = texts(call, 'Operations', 1, 100);
  const other = operations.find((o) => !GRANT_OPERATIONS.some((known) => known === o));
  if (other !== undefined) {
    throw OTHER_GRANT_OPERATIONS.some((known) => known === other)
      ? validation(`Grant operation ${other} is not supported by KeySpec SYMMETRIC_DEFAULT.`)
      : validation(
          `1 validation error detected: Value '[${operations.join(', ')}]' at 'operations' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${[...GRANT_OPERATIONS, ...OTHER_GRANT_OPERATIONS].join(', ')}]]`,
        );
  }
  return { operations: [...new Set(operations)], constraints: readConstraints(call) };
}

function readConstraints(call: KmsCall): GrantConstraints | undefined {
  const given = record(call, 'Constraints');
  const unknown = Object.keys(given).find((name) => !name.startsWith('EncryptionContext'));
  if (unknown !== undefined) throw unsupported(`Grant constraint ${unknown} is not supported.`);
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = given;
  const constraints = {
    ...(equals === undefined
      ? {}
      : { EncryptionContextEquals: contextIn(equals, 'EncryptionContextEquals') }),
    ...(subset === undefined
      ? {}
      : { EncryptionContextSubset: contextIn(subset, 'EncryptionContextSubset') }),
  };
  return Object.keys(constraints).length > 0 ? constraints : undefined;
}

function principal<T extends string | undefined>(given: T): T {
  if (given !== undefined && !PRINCIPAL.test(given)) {
    throw new Refusal(400, 'InvalidArnException', `Invalid ARN ${given}`);
  }
  return given;
}

/** Named grants are made once: the same request finds the same grant. Source: KMS API, CreateGrant, Name. */
function sameGrant(key: KmsKey, wanted: Omit<Grant, 'id' | 'created' | 'tokens'>) {
  const textOf = (grant: typeof wanted): string => {
    const { name, granteePrincipal, retiringPrincipal, operations, constraints } = grant;
    return JSON.stringify([name, granteePrincipal, retiringPrincipal, operations, constraints]);
  };
  if (wanted.name === undefined) return undefined;
  return key.grants.find((grant) => textOf(grant) === textOf(wanted));
}

function grantWith(key: KmsKey, id: string): Grant {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new Refusal(400, 'InvalidGrantIdException', '');
  const grant = key.grants.find((g) => g.id === id);
  if (!grant) throw notFound(`Grant ID ${id} not found`);
  return grant;
}

const remove = (key: KmsKey, grant: Grant): void => {
  key.grants.splice(key.grants.indexOf(grant), 1);
};

const listEntry = (key: KmsKey, grant: Grant): Record<string, unknown> => ({
  KeyId: key.arn,
  GrantId: grant.id,
  Name: grant.name ?? '',
  CreationDate: epochSeconds(grant.created),
  GranteePrincipal: grant.granteePrincipal,
  ...(grant.retiringPrincipal ? { RetiringPrincipal: grant.retiringPrincipal } : {}),
  IssuingAccount: grant.issuingAccount,
  Operations: grant.operations,
  ...(grant.constraints ? { Constraints: grant.constraints } : {}),
});

/** The grant that RetireGrant names: by its token, or by key and id. */
function toRetire({ keys, call }: KmsContext): { key: KmsKey; grant: Grant } {
  const token = optionalText(call, 'GrantToken');
  if (token === undefined) {
    const key = keys.findByKeyId(text(call, 'KeyId'), call.account);
    return { key, grant: grantWith(key, text(call, 'GrantId')) };
  }
  for (const key of keys.all()) {
    const grant = key.grants.find(({ tokens }) => tokens.includes(token));
    if (grant) return { key, grant };
  }
  throw new Refusal(400, 'InvalidGrantTokenException', '');
}

export const grantOperations: Readonly<Record<string, KmsHandler>> = {
  async CreateGrant(context) {
    const { keys, desk, call } = context;
    const terms = readTerms(call);
    if (call.body.GranteeServicePrincipal ?? call.body.RetiringServicePrincipal) {
      throw unsupported('Service principals are not supported in grants.');
    }
    const retiringPrincipal = principal(optionalText(call, 'RetiringPrincipal'));
    const granteePrincipal = principal(text(call, 'GranteePrincipal'));
    const name =
      call.body.Name === undefined ? undefined : patterned(call, 'Name', /^[a-zA-Z0-9:/_-]+$/);
    const key = keys.findByKeyId(text(call, 'KeyId'), call.account);
    await call.authorise(key, {
      giving: terms,
      conditions: {
        'kms:granteeprincipal': granteePrincipal,
        ...(retiringPrincipal ? { 'kms:retiringprincipal': retiringPrincipal } : {}),
      },
    });
    refuseChange(context, key);
    refuseDryRun(call);
    const wanted = {
      ...terms,
      name,
      granteePrincipal,
      retiringPrincipal,
      issuingAccount: `arn:aws:iam::${call.account}:root`,
    };
    const token = toBase64(desk.random(TOKEN_BYTES));
    const existing = sameGrant(key, wanted);
    if (existing) {
      existing.tokens.push(token);
      return { GrantToken: token, GrantId: existing.id };
    }
    const id = toHex(desk.random(ID_BYTES));
    key.grants.push({ ...wanted, id, created: desk.now(), tokens: [token] });
    return { GrantToken: token, GrantId: id };
  },

  async ListGrants(context) {
    const { call } = context;
    const key = await namedKey(context);
    const id = optionalText(call, 'GrantId');
    const grantee = optionalText(call, 'GranteePrincipal');
    if (id !== undefined) grantWith(key, id);
    const grants = key.grants
      .filter((g) => id === undefined || g.id === id)
      .filter((g) => grantee === undefined || g.granteePrincipal === grantee)
      .map((grant) => listEntry(key, grant));
    return page(call, 'Grants', grants, ({ GrantId }) => String(GrantId), PAGE);
  },

  async ListRetirableGrants({ keys, call }) {
    await call.authoriseAccount();
    const retiring = principal(text(call, 'RetiringPrincipal'));
    const grants = keys
      .all()
      .flatMap((key) =>
        key.grants
          .filter((g) => g.retiringPrincipal === retiring)
          .map((grant) => listEntry(key, grant)),
      );
    return page(call, 'Grants', grants, ({ GrantId }) => String(GrantId), PAGE);
  },

  async RevokeGrant(context) {
    const key = await namedKey(context);
    const grant = grantWith(key, text(context.call, 'GrantId'));
    refuseDryRun(context.call);
    remove(key, grant);
    return undefined;
  },

  /** The grant itself says who may, and the account's identity policies may add others; the key policy may not. */
  async RetireGrant(context) {
    const { call } = context;
    const { key, grant } = toRetire(context);
    const { granteePrincipal, retiringPrincipal, operations } = grant;
    const itself =
      call.principal === retiringPrincipal ||
      (call.principal === granteePrincipal && operations.includes('RetireGrant'));
    await call.authoriseAccount(key.arn, 'RetireGrant', itself ? grant : undefined);
    refuseDryRun(call);
    remove(key, grant);
    return undefined;
  },
};
