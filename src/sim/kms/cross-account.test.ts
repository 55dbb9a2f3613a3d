// Callers from another account. Source: KMS Developer Guide, "Allowing users in other accounts to use a KMS key".
import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocument, Statement } from '../iam/policy';
import { ACCOUNT_ROOT, ADMIN, PRINCIPAL } from '../names';
import { createScene, type Scene } from '../testing/scene';

const EVE = 'arn:aws:iam::444455556666:user/eve';
const BY_EVE = { [PRINCIPAL]: EVE };
const policy = (...Statement: Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
});
const allow = (more: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: 'kms:*',
  Resource: '*',
  ...more,
});

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

const keyFor = (...principals: string[]) =>
  scene.createKey(
    policy(allow({ Principal: { AWS: ACCOUNT_ROOT } }), allow({ Principal: { AWS: principals } })),
  );
const generate = (KeyId: string) =>
  scene.kms('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, BY_EVE);

describe('a key of another account', () => {
  it.each([EVE, '444455556666'])('is open to whom its policy lets in as %s', async (principal) => {
    const arn = await keyFor(principal);
    expect((await generate(arn)).body.message).toBe(
      `User: ${EVE} is not authorized to perform: kms:GenerateDataKey on resource: ${arn} because no identity-based policy allows the kms:GenerateDataKey action`,
    );
    scene.iam.put(EVE, policy(allow({ Resource: arn })));
    expect((await generate(arn)).status).toBe(200);
  });

  it('shows nobody else whether it exists', async () => {
    scene.iam.put(EVE, policy(allow({})));
    const arn = await scene.createKey();
    expect((await generate(arn)).body).toEqual({
      __type: 'AccessDeniedException',
      message: `User: ${EVE} is not authorized to perform: kms:GenerateDataKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    });
  });

  it('is named by its ARN: anything else is looked up in the caller’s own account', async () => {
    scene.iam.put(EVE, policy(allow({})));
    const arn = await keyFor(EVE);
    await scene.kms('CreateAlias', { AliasName: 'alias/shared', TargetKeyId: arn });
    expect((await generate(arn.replace(/:key\/.*/, ':alias/shared'))).status).toBe(200);
    expect((await generate('alias/shared')).body).toEqual({
      __type: 'NotFoundException',
      message: 'Alias arn:aws:kms:eu-west-1:444455556666:alias/shared is not found.',
    });
    expect((await generate(arn.split('/')[1] as string)).body.__type).toBe('NotFoundException');
  });

  it('can be used and not managed, whatever its policy allows', async () => {
    scene.iam.put(EVE, policy(allow({})));
    const KeyId = await keyFor(EVE);
    expect((await scene.kms('DescribeKey', { KeyId }, BY_EVE)).status).toBe(200);
    for (const operation of ['DisableKey', 'GetKeyPolicy', 'ScheduleKeyDeletion'] as const)
      expect((await scene.kms(operation, { KeyId }, BY_EVE)).body.__type).toBe(
        'AccessDeniedException',
      );
    for (const operation of ['CreateKey', 'ListKeys'] as const)
      expect((await scene.kms(operation, {}, BY_EVE)).body.__type).toBe('AccessDeniedException');
  });

  it('is opened by a grant, beside the caller’s own permission', async () => {
    const arn = await scene.createKey();
    await scene.kms('CreateGrant', {
      KeyId: arn,
      GranteePrincipal: EVE,
      Operations: ['GenerateDataKey'],
    });
    expect((await generate(arn)).status).toBe(400);
    scene.iam.put(EVE, policy(allow({ Action: 'kms:GenerateDataKey' })));
    expect((await generate(arn)).status).toBe(200);
    scene.iam.put(EVE, policy(allow({}), allow({ Effect: 'Deny' })));
    expect((await generate(arn)).status).toBe(400);
  });

  it('gives grants that say by whom', async () => {
    scene.iam.put(EVE, policy(allow({})));
    const KeyId = await keyFor(EVE);
    const terms = { KeyId, GranteePrincipal: ADMIN, Operations: ['Decrypt'] };
    expect((await scene.kms('CreateGrant', terms, BY_EVE)).status).toBe(200);
    const { body } = await scene.kms('ListGrants', { KeyId });
    expect(body.Grants).toMatchObject([{ IssuingAccount: 'arn:aws:iam::444455556666:root' }]);
  });
});
