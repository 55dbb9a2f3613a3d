import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate';
import type { AccessRequest, PolicyDocument, Statement } from './policy';

const ANA = 'arn:aws:iam::111122223333:user/ana';
const ROOT = 'arn:aws:iam::111122223333:root';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';

const policy = (...Statement: Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
});
const allow = (more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...more,
});
const deny = (more: Partial<Statement> = {}): Statement => ({ ...allow(more), Effect: 'Deny' });
const request: AccessRequest = {
  principal: ANA,
  action: 'kms:Decrypt',
  resource: KEY,
  resourceAccount: '111122223333',
  context: () => ({ 'kms:viaservice': 's3.eu-west-1.amazonaws.com' }),
};

const decide = (
  service: 's3' | 'kms',
  identity: readonly PolicyDocument[],
  resource: PolicyDocument | undefined,
  principal = ANA,
) => {
  const resourceName = service === 's3' ? 'bucket policy' : 'key policy';
  return evaluate({ ...request, principal }, { identity, resource, resourceName }, service);
};
const EVE = 'arn:aws:iam::444455556666:user/eve';
const kms = (identity: readonly PolicyDocument[], key: PolicyDocument) =>
  decide('kms', identity, key);
const delegation = allow({ Principal: { AWS: ROOT }, Sid: 'Enable IAM User Permissions' });

describe('an explicit deny', () => {
  const effects = fc.constantFrom(allow({ Principal: '*' }), delegation, deny({ Principal: '*' }));
  const policies = fc.array(effects, { maxLength: 4 }).map((list) => policy(...list));

  it('wins over any number of allows, wherever it stands', () => {
    const services = fc.constantFrom('s3' as const, 'kms' as const);
    const places = fc.constantFrom('identity', 'resource');
    fc.assert(
      fc.property(
        services,
        policies,
        policies,
        places,
        fc.nat(4),
        (service, own, its, place, at) => {
          const denied = place === 'identity' ? own : its;
          const statements = denied.Statement.toSpliced(at, 0, deny({ Principal: '*' }));
          const identity = place === 'identity' ? policy(...statements) : own;
          const resource = place === 'resource' ? policy(...statements) : its;
          const decision = decide(service, [identity], resource);
          expect(decision.allowed).toBe(false);
          expect(decision.reason).toMatch(
            /^with an explicit deny in an? (identity|resource)-based policy$/,
          );
        },
      ),
    );
  });

  it('says in which kind of policy it stands', () => {
    expect(kms([policy(deny(), allow())], policy(delegation)).reason).toBe(
      'with an explicit deny in an identity-based policy',
    );
    expect(kms([policy(allow())], policy(delegation, deny({ Principal: '*' }))).reason).toBe(
      'with an explicit deny in a resource-based policy',
    );
  });

  it('on the account denies its people', () => {
    const its = policy(allow({ Principal: '*' }), deny({ Principal: { AWS: ROOT } }));
    expect(kms([policy(allow())], its).allowed).toBe(false);
  });

  it('on somebody else, or on another action, denies nothing', () => {
    const ben = deny({ Principal: { AWS: 'arn:aws:iam::111122223333:user/ben' } });
    const other = deny({ Principal: '*', Action: 'kms:Encrypt' });
    expect(kms([policy(allow())], policy(delegation, ben, other)).allowed).toBe(true);
  });
});

describe('KMS', () => {
  it('lets the identity policy decide when the key policy names the account', () => {
    const decision = kms([policy(allow({ Sid: 'Everything' }))], policy(delegation));
    expect(decision).toMatchObject({
      allowed: true,
      reason: '',
      statement: { Sid: 'Everything' },
      facts: {
        decision: 'Allow',
        principal: ANA,
        action: 'kms:Decrypt',
        resource: KEY,
        policy: 'identity policy',
        statement: 'Everything',
        delegatedBy: 'key policy: Enable IAM User Permissions',
      },
    });
  });

  it('refuses when the key policy names the account and no identity policy allows', () => {
    const refused = kms([policy(allow({ Action: 's3:*' }))], policy(delegation));
    expect(refused.allowed).toBe(false);
    expect(refused.reason).toBe('because no identity-based policy allows the kms:Decrypt action');
  });

  it('finds an identity policy alone inert', () => {
    for (const its of [
      policy(),
      policy(allow({ Principal: { AWS: 'arn:aws:iam::111122223333:user/ben' } })),
      policy(allow({ Principal: { AWS: ROOT }, Action: 'kms:Encrypt' })),
    ]) {
      const refused = kms([policy(allow())], its);
      expect(refused.allowed).toBe(false);
      expect(refused.reason).toBe('because no resource-based policy allows the kms:Decrypt action');
    }
  });

  it('needs no identity policy when the key policy names the caller', () => {
    expect(kms([], policy(allow({ Principal: { AWS: ANA } }))).allowed).toBe(true);
  });

  it('judges by conditions on the service that asks', () => {
    const onlyVia = (service: string) =>
      policy(
        allow({
          Principal: { AWS: '*' },
          Condition: { StringEquals: { 'kms:ViaService': service } },
        }),
      );
    expect(kms([], onlyVia('s3.eu-west-1.amazonaws.com')).allowed).toBe(true);
    expect(kms([], onlyVia('s3.us-east-1.amazonaws.com')).allowed).toBe(false);
  });
});

describe('S3', () => {
  it('is content with an allow in either policy', () => {
    expect(decide('s3', [policy(allow())], undefined).allowed).toBe(true);
    expect(decide('s3', [], policy(allow({ Principal: { AWS: ANA } }))).allowed).toBe(true);
  });

  it('refuses when nothing allows', () => {
    const refused = decide('s3', [], policy(allow({ Principal: { AWS: ROOT } })));
    expect(refused.allowed).toBe(false);
    expect(refused.reason).toBe('because no identity-based policy allows the kms:Decrypt action');
  });
});

describe.each(['s3', 'kms'] as const)('from another account, %s', (service) => {
  const named = [
    { AWS: EVE },
    { AWS: 'arn:aws:iam::444455556666:root' },
    { AWS: '444455556666' },
    '*',
  ] as const;

  it.each(named)('wants an allow on both sides, however the caller is named: %j', (Principal) => {
    const its = policy(allow({ Principal, Sid: 'Neighbours' }));
    const both = decide(service, [policy(allow({ Sid: 'Mine' }))], its, EVE);
    expect(both.facts).toMatchObject({
      decision: 'Allow',
      statement: 'Mine',
      delegatedBy: `${service === 's3' ? 'bucket' : 'key'} policy: Neighbours`,
    });
    expect(decide(service, [], its, EVE)).toMatchObject({
      allowed: false,
      refusedBy: 'identity',
      crossAccount: true,
    });
    expect(decide(service, [policy(allow())], undefined, EVE)).toMatchObject({
      allowed: false,
      refusedBy: 'resource',
      crossAccount: true,
    });
  });

  it('is not let in by a statement about this account', () => {
    const its = policy(allow({ Principal: { AWS: ROOT } }), allow({ Principal: { AWS: ANA } }));
    expect(decide(service, [policy(allow())], its, EVE).allowed).toBe(false);
  });
});

describe('a caller who is nobody', () => {
  it('gets in where everybody does, and nowhere else', () => {
    const letsIn = (Principal: NonNullable<Statement['Principal']>) =>
      decide('s3', [], policy(allow({ Principal })), 'anonymous').allowed;
    expect([letsIn('*'), letsIn({ AWS: '*' })]).toEqual([true, true]);
    expect([letsIn({ AWS: ROOT }), letsIn({ AWS: ANA }), letsIn({ AWS: '' })]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

it('names a statement without an id by its place', () => {
  const its = policy(allow({ Principal: { AWS: EVE } }), deny({ Principal: '*' }));
  expect(kms([policy(allow())], its).facts).toMatchObject({
    decision: 'Deny',
    policy: 'key policy',
    statement: 'no. 2',
  });
});
