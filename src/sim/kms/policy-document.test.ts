import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../iam/policy';
import { ADMIN, ANA } from '../names';
import { createScene, type Scene } from '../testing/scene';

let scene: Scene;
let arn: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
});

describe('a key policy', () => {
  const put = (policy: unknown, more: object = {}) =>
    scene.kms('PutKeyPolicy', { KeyId: arn, Policy: JSON.stringify(policy), ...more });
  const own = { Effect: 'Allow', Principal: { AWS: ADMIN }, Action: 'kms:*', Resource: '*' };
  const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

  it.each([
    ['NotAction', { NotAction: 'kms:Decrypt' }],
    ['NotResource', { NotResource: '*' }],
    ['NotPrincipal', { NotPrincipal: { AWS: ANA } }],
    ['a federated principal', { Principal: { Federated: 'x' } }],
    ['no principal', { Principal: undefined }],
    ['a principal that is none', { Principal: { AWS: 'ana' } }],
    ['no action', { Action: undefined }],
    ['an action that is none', { Action: 'Decrypt' }],
    ['no resource', { Resource: [] }],
    ['another effect', { Effect: 'Perhaps' }],
    ['an unknown operator', { Condition: { StringRhymes: { 'kms:ViaService': 'x' } } }],
    ['a condition without keys', { Condition: { StringEquals: 'x' } }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    ['a policy variable', { Condition: { StringEquals: { 'kms:X': '${aws:username}' } } }],
  ])('is refused with %s, which could not be obeyed', async (_, change) => {
    const { body } = await put(policy(own, { ...own, ...change }));
    expect(body.__type).toBe('MalformedPolicyDocumentException');
    expect((await scene.kms('GetKeyPolicy', { KeyId: arn })).body.Policy).toContain('key-default');
  });

  it('is refused when it locks its author out, unless that is meant', async () => {
    const others = policy({ ...own, Principal: { AWS: ANA } });
    expect((await put(others)).body).toEqual({
      __type: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.',
    });
    expect((await put(others, { BypassPolicyLockoutSafetyCheck: true })).status).toBe(200);
    expect((await put(policy(own))).body.__type).toBe('AccessDeniedException');
  });

  it('may be one statement, with booleans and numbers as they are', async () => {
    const Condition = { Bool: { 'aws:ViaAWSService': false }, Null: { 'kms:ViaService': true } };
    const single = { Version: '2012-10-17', Statement: { ...own, Condition } };
    expect((await put(single)).body.__type).toBeUndefined();
    expect((await scene.kms('GetKeyPolicy', { KeyId: arn })).body.Policy).toBe(
      JSON.stringify(single),
    );
    expect((await scene.kms('DisableKey', { KeyId: arn })).status).toBe(200);
  });

  it('may name services, which never call here', async () => {
    const service = { ...own, Principal: { Service: 'logs.eu-west-1.amazonaws.com' } };
    expect((await put(policy(own, service))).status).toBe(200);
  });

  it('is called default', async () => {
    expect((await scene.kms('ListKeyPolicies', { KeyId: arn })).body).toEqual({
      PolicyNames: ['default'],
      Truncated: false,
    });
    const { body } = await scene.kms('GetKeyPolicy', { KeyId: arn, PolicyName: 'other' });
    expect(body.__type).toBe('NotFoundException');
  });

  it('is at most 32 KiB long', async () => {
    const long: PolicyDocument = { Version: '2012-10-17', Id: 'x'.repeat(33_000), Statement: [] };
    expect((await put(long)).body.__type).toBe('LimitExceededException');
  });
});
