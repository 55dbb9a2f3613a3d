import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocument, Statement } from '../iam/policy';
import { ADMIN, ANA, PRINCIPAL, S3_SERVICE, VIA } from '../names';
import { createScene, type Scene } from '../testing/scene';

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

const policy = (...Statement: Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
});
const generate = (KeyId: string, headers = {}, EncryptionContext = {}) =>
  scene.kms(
    'GenerateDataKey',
    { KeyId, KeySpec: 'AES_256', EncryptionContext },
    { [PRINCIPAL]: ANA, ...headers },
  );
const denied = (arn: string, why: string) => ({
  status: 400,
  body: {
    __type: 'AccessDeniedException',
    message: `User: ${ANA} is not authorized to perform: kms:GenerateDataKey on resource: ${arn} ${why}`,
  },
});

describe('KMS refuses', () => {
  it('a caller whose identity policies do not allow it, in the words S3 passes on', async () => {
    const arn = await scene.createKey();
    scene.iam.put(ANA, policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }));
    expect(await generate(arn)).toEqual(
      denied(arn, 'because no identity-based policy allows the kms:GenerateDataKey action'),
    );
  });

  it('a caller whom an identity policy denies', async () => {
    const arn = await scene.createKey();
    scene.iam.put(
      ANA,
      policy(
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'kms:GenerateDataKey', Resource: arn },
      ),
    );
    expect(await generate(arn)).toEqual(
      denied(arn, 'with an explicit deny in an identity-based policy'),
    );
  });

  it('a caller whom the key policy does not know, whatever identity policies say', async () => {
    const arn = await scene.createKey(
      policy({ Effect: 'Allow', Principal: { AWS: ADMIN }, Action: 'kms:*', Resource: '*' }),
    );
    expect(await generate(arn)).toEqual(
      denied(arn, 'because no resource-based policy allows the kms:GenerateDataKey action'),
    );
    expect((await generate(arn, { [PRINCIPAL]: ADMIN })).status).toBe(200);
  });

  it('before it looks at the state of the key', async () => {
    const arn = await scene.createKey();
    await scene.kms('DisableKey', { KeyId: arn });
    scene.iam.put(ANA, policy());
    expect((await generate(arn)).body.__type).toBe('AccessDeniedException');
  });
});

describe('a key policy', () => {
  it('can be read and replaced, and counts from then on', async () => {
    const arn = await scene.createKey();
    expect((await generate(arn)).status).toBe(200);
    const only = policy({
      Effect: 'Allow',
      Principal: { AWS: ADMIN },
      Action: 'kms:*',
      Resource: '*',
    });
    await scene.kms('PutKeyPolicy', { KeyId: arn, Policy: JSON.stringify(only) });
    const { body } = await scene.kms('GetKeyPolicy', { KeyId: arn });
    expect(body.PolicyName).toBe('default');
    expect(JSON.parse(String(body.Policy))).toEqual(only);
    expect((await generate(arn)).body.__type).toBe('AccessDeniedException');
  });

  it('sees through which service a call comes', async () => {
    const arn = await scene.createKey(
      policy({
        Effect: 'Allow',
        Principal: { AWS: ANA },
        Action: 'kms:*',
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:ViaService': S3_SERVICE, 'kms:CallerAccount': '111122223333' },
          Bool: { 'aws:ViaAWSService': 'true' },
        },
      }),
    );
    expect((await generate(arn, { [VIA]: S3_SERVICE })).status).toBe(200);
    expect((await generate(arn)).body.__type).toBe('AccessDeniedException');
  });

  it('sees the encryption context', async () => {
    const arn = await scene.createKey(
      policy({
        Effect: 'Allow',
        Principal: { AWS: ANA },
        Action: 'kms:*',
        Resource: '*',
        Condition: {
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::diary/2026/*' },
        },
      }),
    );
    const arnOf = (key: string) => ({ 'aws:s3:arn': `arn:aws:s3:::diary/${key}` });
    expect((await generate(arn, {}, arnOf('2026/today'))).status).toBe(200);
    expect((await generate(arn, {}, arnOf('2025/today'))).status).toBe(400);
    expect((await generate(arn)).status).toBe(400);
  });

  it.each(['', '{', '[]', '{"Version":"2012-10-17"}'])('is not %j', async (Policy) => {
    const arn = await scene.createKey();
    const { body } = await scene.kms('PutKeyPolicy', { KeyId: arn, Policy });
    expect(body.__type).toBe('MalformedPolicyDocumentException');
  });
});
