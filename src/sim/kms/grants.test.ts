import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../iam/policy';
import { ADMIN, ANA, PRINCIPAL } from '../names';
import { BEN, createScene, type KmsAnswer, type Scene } from '../testing/scene';
import type { Operation } from '../types';
import { covers, type GrantTerms, permits } from './grants';

const NOTHING: PolicyDocument = { Version: '2012-10-17', Statement: [] };
const CONTEXT = { 'aws:s3:arn': 'arn:aws:s3:::diary/today.txt' };
const CREATE_ONLY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
};

let scene: Scene;
let arn: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
  scene.iam.put(ANA, NOTHING);
  scene.iam.put(BEN, NOTHING);
  scene.iam.put(ADMIN, CREATE_ONLY);
});

const as = (principal: string) => ({ [PRINCIPAL]: principal });
const grant = (parameters: object, by = ADMIN) =>
  scene.kms('CreateGrant', { KeyId: arn, GranteePrincipal: ANA, ...parameters }, as(by));
const ask = (operation: Operation, parameters: object = {}, by = ANA) =>
  scene.kms(operation, { KeyId: arn, ...parameters }, as(by));
const dataKey = (EncryptionContext: object = {}, by = ANA, more: object = {}) =>
  ask('GenerateDataKey', { KeySpec: 'AES_256', EncryptionContext, ...more }, by);
const typeOf = ({ body }: KmsAnswer): unknown => body.__type;

describe('a grant', () => {
  it('allows its grantee its operations, and nobody anything else', async () => {
    expect(typeOf(await dataKey())).toBe('AccessDeniedException');
    const { status, body } = await grant({ Operations: ['GenerateDataKey', 'DescribeKey'] });
    expect(status).toBe(200);
    expect(body).toEqual({
      GrantToken: expect.any(String),
      GrantId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const made = await dataKey();
    expect(made.status).toBe(200);
    expect((await ask('DescribeKey')).status).toBe(200);
    expect(typeOf(await ask('Encrypt', { Plaintext: 'aGVsbG8=' }))).toBe('AccessDeniedException');
    const { CiphertextBlob } = made.body;
    expect(typeOf(await ask('Decrypt', { CiphertextBlob }))).toBe('AccessDeniedException');
    expect(typeOf(await dataKey({}, BEN))).toBe('AccessDeniedException');
  });

  it('is named by the decision that rests on it', async () => {
    const { body } = await grant({ Operations: ['GenerateDataKey'] });
    scene.news();
    await dataKey();
    const decision = scene.news().find(({ key }) => key === 'kms authorises request');
    expect(decision).toMatchObject({
      failed: false,
      facts: { decision: 'Allow', policy: 'grant', statement: body.GrantId, principal: ANA },
    });
  });

  it('does not help against an explicit deny', async () => {
    await grant({ Operations: ['GenerateDataKey'] });
    scene.iam.put(ANA, {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'kms:GenerateDataKey', Resource: '*' }],
    });
    expect((await dataKey()).body.message).toContain('with an explicit deny');
  });

  it('ends when it is revoked', async () => {
    const { GrantId } = (await grant({ Operations: ['GenerateDataKey'] })).body;
    expect((await dataKey()).status).toBe(200);
    expect(typeOf(await ask('RevokeGrant', { GrantId }))).toBe('AccessDeniedException');
    expect(await ask('RevokeGrant', { GrantId }, ADMIN)).toEqual({ status: 200, body: {} });
    expect(typeOf(await dataKey())).toBe('AccessDeniedException');
    expect((await ask('RevokeGrant', { GrantId }, ADMIN)).body.__type).toBe('NotFoundException');
    expect((await ask('RevokeGrant', { GrantId: 'x' }, ADMIN)).body.__type).toBe(
      'InvalidGrantIdException',
    );
  });
});

describe('an encryption context constraint', () => {
  it('Equals wants exactly these pairs', async () => {
    const Constraints = { EncryptionContextEquals: CONTEXT };
    await grant({ Operations: ['GenerateDataKey', 'DescribeKey'], Constraints });
    expect((await dataKey(CONTEXT)).status).toBe(200);
    expect(typeOf(await dataKey({ ...CONTEXT, more: 'x' }))).toBe('AccessDeniedException');
    expect(typeOf(await dataKey())).toBe('AccessDeniedException');
    expect((await ask('DescribeKey')).status).toBe(200);
  });

  it('Subset wants at least these pairs', async () => {
    const Constraints = { EncryptionContextSubset: CONTEXT };
    await grant({ Operations: ['GenerateDataKey'], Constraints });
    expect((await dataKey({ ...CONTEXT, more: 'x' })).status).toBe(200);
    expect(typeOf(await dataKey({ 'aws:s3:arn': 'other' }))).toBe('AccessDeniedException');
  });

  it('counts on each side of ReEncrypt for itself', async () => {
    const other = { department: 'post' };
    const { CiphertextBlob } = (
      await ask('Encrypt', { Plaintext: 'aGVsbG8=', EncryptionContext: CONTEXT }, ADMIN)
    ).body;
    const from = { Operations: ['ReEncryptFrom'] };
    await grant({ ...from, Constraints: { EncryptionContextEquals: CONTEXT } });
    await grant({
      Operations: ['ReEncryptTo'],
      Constraints: { EncryptionContextEquals: other },
    });
    const reEncrypt = (SourceEncryptionContext: object, DestinationEncryptionContext: object) =>
      ask('ReEncrypt', {
        CiphertextBlob,
        DestinationKeyId: arn,
        SourceEncryptionContext,
        DestinationEncryptionContext,
      });
    expect((await reEncrypt(CONTEXT, other)).status).toBe(200);
    expect((await reEncrypt(CONTEXT, CONTEXT)).body.message).toContain('kms:ReEncryptTo');
    expect((await reEncrypt(other, other)).body.message).toContain('kms:ReEncryptFrom');
  });
});

describe('a grant to create grants', () => {
  it('can be handed on in part, not in more than it is', async () => {
    const Constraints = { EncryptionContextSubset: CONTEXT };
    await grant({ Operations: ['CreateGrant', 'Decrypt', 'GenerateDataKey'], Constraints });
    const toBen = (parameters: object) => grant({ GranteePrincipal: BEN, ...parameters }, ANA);
    const denied = [
      { Operations: ['GenerateDataKey'] },
      { Operations: ['Encrypt'], Constraints },
      {
        Operations: ['GenerateDataKey'],
        Constraints: { EncryptionContextSubset: { other: 'pair' } },
      },
    ];
    for (const parameters of denied) {
      expect(typeOf(await toBen(parameters))).toBe('AccessDeniedException');
    }
    const narrower = { EncryptionContextEquals: { ...CONTEXT, more: 'x' } };
    expect((await toBen({ Operations: ['GenerateDataKey'], Constraints: narrower })).status).toBe(
      200,
    );
    expect((await dataKey({ ...CONTEXT, more: 'x' }, BEN)).status).toBe(200);
    expect(typeOf(await dataKey(CONTEXT, BEN))).toBe('AccessDeniedException');
  });

  const names = fc.constantFrom('a', 'b', 'c');
  const contexts = fc.dictionary(names, fc.constantFrom('1', '2'), { maxKeys: 3 });
  const constraints = fc.oneof(
    fc.constant(undefined),
    contexts.map((c) => ({ EncryptionContextEquals: c })),
    contexts.map((c) => ({ EncryptionContextSubset: c })),
    fc.tuple(contexts, contexts).map(([a, b]) => ({
      EncryptionContextEquals: a,
      EncryptionContextSubset: b,
    })),
  );
  const operations = fc.subarray(['Decrypt', 'Encrypt', 'GenerateDataKey']);
  const terms: fc.Arbitrary<GrantTerms> = fc.record({ operations, constraints });

  it('never leads to one that allows what it does not', () => {
    fc.assert(
      fc.property(terms, terms, contexts, (own, given, context) => {
        fc.pre(covers(own, given));
        for (const operation of given.operations) {
          if (permits(given, operation, context)) {
            expect(permits(own, operation, context)).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never allows a context outside its constraints', () => {
    fc.assert(
      fc.property(terms, contexts, (own, context) => {
        const pairs = (map: object) => JSON.stringify(Object.entries(map).sort());
        const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } =
          own.constraints ?? {};
        const fits =
          (!equals || pairs(equals) === pairs(context)) &&
          (!subset || pairs({ ...context, ...subset }) === pairs(context));
        for (const operation of own.operations) {
          expect(permits(own, operation, context)).toBe(fits);
        }
      }),
    );
  });
});

describe('a grant token', () => {
  it('is taken along with any use of the key', async () => {
    const { GrantToken } = (await grant({ Operations: ['GenerateDataKey'] })).body;
    expect((await dataKey({}, ANA, { GrantTokens: [GrantToken] })).status).toBe(200);
    expect(typeOf(await dataKey({}, BEN, { GrantTokens: [GrantToken] }))).toBe(
      'AccessDeniedException',
    );
    expect(typeOf(await dataKey({}, ANA, { GrantTokens: ['made up'] }))).toBe(
      'InvalidGrantTokenException',
    );
  });

  it('retires the grant in the hands of whom the grant names', async () => {
    const { GrantToken } = (
      await grant({ Operations: ['GenerateDataKey'], RetiringPrincipal: BEN })
    ).body;
    const retire = (by: string, more: object = {}) =>
      scene.kms('RetireGrant', { GrantToken, ...more }, as(by));
    expect(typeOf(await retire(ANA))).toBe('AccessDeniedException');
    expect(typeOf(await retire(BEN, { DryRun: true }))).toBe('DryRunOperationException');
    expect(await retire(BEN)).toEqual({ status: 200, body: {} });
    expect(typeOf(await dataKey())).toBe('AccessDeniedException');
    expect(typeOf(await retire(BEN))).toBe('InvalidGrantTokenException');
  });

  it('can be its grantee too, if the grant says so, or an administrator of the account', async () => {
    const first = (await grant({ Operations: ['RetireGrant'] })).body;
    const GrantId = first.GrantId;
    expect((await ask('RetireGrant', { GrantId })).status).toBe(200);
    const { GrantToken } = (await grant({ Operations: ['Decrypt'] })).body;
    expect((await scene.kms('RetireGrant', { GrantToken })).status).toBe(200);
  });
});

describe('CreateGrant', () => {
  it('makes a named grant once, with a new token each time', async () => {
    const parameters = { Operations: ['Decrypt'], Name: 'reader' };
    const [first, second] = [await grant(parameters), await grant(parameters)];
    expect(second.body.GrantId).toBe(first.body.GrantId);
    expect(second.body.GrantToken).not.toBe(first.body.GrantToken);
    const third = await grant({ ...parameters, Operations: ['Encrypt'] });
    expect(third.body.GrantId).not.toBe(first.body.GrantId);
    const unnamed = { Operations: ['Decrypt'] };
    const [a, b] = [await grant(unnamed), await grant(unnamed)];
    expect(a.body.GrantId).not.toBe(b.body.GrantId);
  });

  it.each([
    [{ Operations: [] }, 'ValidationException'],
    [{}, 'ValidationException'],
    [{ Operations: ['Sign'] }, 'ValidationException'],
    [{ Operations: ['Dance'] }, 'ValidationException'],
    [{ Operations: ['Decrypt'], GranteePrincipal: 'ana' }, 'InvalidArnException'],
    [{ Operations: ['Decrypt'], Name: 'a b' }, 'ValidationException'],
    [{ Operations: ['Decrypt'], Constraints: { SourceArn: 'x' } }, 'UnsupportedOperationException'],
    [
      { Operations: ['Decrypt'], Constraints: { EncryptionContextEquals: { a: 1 } } },
      'SerializationException',
    ],
    [{ Operations: ['Decrypt'], DryRun: true }, 'DryRunOperationException'],
  ])('refuses %j', async (parameters, type) => {
    expect(typeOf(await grant(parameters))).toBe(type);
    expect((await ask('ListGrants', {}, ADMIN)).body.Grants).toEqual([]);
  });

  it('needs a key that can be used', async () => {
    await scene.kms('DisableKey', { KeyId: arn });
    expect((await grant({ Operations: ['Decrypt'] })).body).toEqual({
      __type: 'DisabledException',
      message: `${arn} is disabled.`,
    });
  });
});

describe('ListGrants', () => {
  it('shows each grant as KMS shows it', async () => {
    const Constraints = { EncryptionContextSubset: CONTEXT };
    const { GrantId } = (
      await grant({ Operations: ['Decrypt'], Constraints, RetiringPrincipal: BEN, Name: 'reader' })
    ).body;
    await grant({ Operations: ['Encrypt'], GranteePrincipal: BEN });
    const entry = {
      KeyId: arn,
      GrantId,
      Name: 'reader',
      CreationDate: expect.any(Number),
      GranteePrincipal: ANA,
      RetiringPrincipal: BEN,
      IssuingAccount: 'arn:aws:iam::111122223333:root',
      Operations: ['Decrypt'],
      Constraints,
    };
    const list = async (parameters: object) =>
      (await ask('ListGrants', parameters, ADMIN)).body.Grants;
    expect(await list({ GrantId })).toEqual([entry]);
    expect(await list({ GranteePrincipal: ANA })).toEqual([entry]);
    expect(await list({})).toHaveLength(2);
    const { body } = await scene.kms('ListRetirableGrants', { RetiringPrincipal: BEN });
    expect(body).toEqual({ Grants: [entry], Truncated: false });
  });
});
