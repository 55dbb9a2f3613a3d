// The genuine AWS SDK against the engine's KMS, line by line of what is known of it: answers, lifecycle, errors; and how S3
// passes those errors on.
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListKeyRotationsCommand,
  PutKeyPolicyCommand,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, it } from 'vitest';
import { get, makeBucket, put, refused, TEXT, text } from './testing/asking';
import { type Clients, createSdk, type Sdk } from './testing/sdk';

let sdk: Sdk;
let kms: Clients['kms'];
let KeyId: string;
let id: string;
beforeEach(async () => {
  sdk = createSdk();
  ({ kms } = sdk);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'diary' }));
  KeyId = KeyMetadata?.Arn ?? '';
  id = KeyMetadata?.KeyId ?? '';
});
const Plaintext = new TextEncoder().encode('a secret');
const EncryptionContext = { purpose: 'test' };
const encrypt = async (more = {}) =>
  (await kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext, ...more })))
    .CiphertextBlob as Uint8Array;
const decrypt = (CiphertextBlob: Uint8Array, more = {}) =>
  kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, ...more }));
const stateOf = async () =>
  (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState;

describe('a KMS key', () => {
  it('is described as AWS describes one', async () => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    expect(KeyMetadata).toMatchObject({
      AWSAccountId: '111122223333',
      Arn: KeyId,
      KeyId: id,
      Enabled: true,
      Description: 'diary',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
    });
    expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
    expect(KeyMetadata?.CurrentKeyMaterialId).toMatch(/^[0-9a-f]{64}$/);
  });

  it('makes data keys, readable and sealed, that open again', async () => {
    const made = await kms.send(
      new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }),
    );
    expect(made).toMatchObject({ KeyId, KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(made.Plaintext).toHaveLength(32);
    const opened = await decrypt(made.CiphertextBlob as Uint8Array);
    expect(opened).toMatchObject({
      KeyId,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      KeyMaterialId: made.KeyMaterialId,
    });
    expect(opened.Plaintext).toEqual(made.Plaintext);
    const short = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_128' }));
    expect(short.Plaintext).toHaveLength(16);
  });

  it('says nothing of its material when it encrypts', async () => {
    const answer = await kms.send(new EncryptCommand({ KeyId, Plaintext }));
    expect(answer).toMatchObject({ KeyId, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
    expect(Object.keys(answer)).not.toContain('KeyMaterialId');
  });

  it('re-encrypts under another key without showing what is inside', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const DestinationKeyId = KeyMetadata?.Arn;
    const answer = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: await encrypt(),
        SourceEncryptionContext: EncryptionContext,
        DestinationKeyId,
      }),
    );
    expect(answer).toMatchObject({
      SourceKeyId: KeyId,
      KeyId: DestinationKeyId,
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    });
    const opened = await decrypt(answer.CiphertextBlob as Uint8Array, { EncryptionContext: {} });
    expect(opened.Plaintext).toEqual(Plaintext);
  });

  it('is disabled and enabled, scheduled for deletion for 30 days, and after a change of mind disabled', async () => {
    await kms.send(new DisableKeyCommand({ KeyId }));
    expect(await stateOf()).toBe('Disabled');
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect(await stateOf()).toBe('Enabled');
    const scheduled = await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    expect(scheduled).toMatchObject({
      KeyId,
      KeyState: 'PendingDeletion',
      PendingWindowInDays: 30,
    });
    expect(scheduled.DeletionDate).toBeInstanceOf(Date);
    expect(await kms.send(new CancelKeyDeletionCommand({ KeyId }))).toMatchObject({ KeyId });
    expect(await stateOf()).toBe('Disabled');
  });

  it('waits 7 to 30 days for its deletion, no less and no more', async () => {
    for (const PendingWindowInDays of [6, 31])
      expect(
        await refused(kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays }))),
      ).toMatchObject({ status: 400, code: 'ValidationException' });
  });

  it('is rotated on demand and on schedule; what was sealed before still opens', async () => {
    const before = await encrypt();
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
    });
    const { Rotations } = await kms.send(new ListKeyRotationsCommand({ KeyId }));
    expect(Rotations).toEqual([expect.objectContaining({ RotationType: 'ON_DEMAND' })]);
    const [old, fresh] = [await decrypt(before), await decrypt(await encrypt())];
    expect(old.Plaintext).toEqual(Plaintext);
    expect(old.KeyMaterialId).not.toBe(fresh.KeyMaterialId);
  });
});

describe('the key aws/s3', () => {
  it('can be read, and neither edited nor disabled nor deleted', async () => {
    await makeBucket(sdk.s3);
    const { SSEKMSKeyId: aws } = await put(sdk.s3, { ServerSideEncryption: 'aws:kms' });
    const { Policy = '' } = await kms.send(new GetKeyPolicyCommand({ KeyId: aws }));
    expect(JSON.parse(Policy).Id).toBe('auto-s3-2');
    for (const call of [
      () => kms.send(new PutKeyPolicyCommand({ KeyId: aws, Policy })),
      () => kms.send(new DisableKeyCommand({ KeyId: aws })),
      () => kms.send(new ScheduleKeyDeletionCommand({ KeyId: aws })),
      () => kms.send(new EnableKeyRotationCommand({ KeyId: aws })),
    ])
      expect((await refused(call)).status).toBe(400);
  });
});

describe('KMS refuses', () => {
  const NONE = expect.stringMatching(/^(UnknownError|)$/);
  it('a changed blob and another context alike, without a word', async () => {
    const blob = await encrypt();
    const changed = Uint8Array.from(blob, (byte, i) => (i === blob.length - 1 ? byte ^ 1 : byte));
    for (const call of [
      () => decrypt(changed),
      () => decrypt(blob, { EncryptionContext: { purpose: 'x' } }),
    ])
      expect(await refused(call)).toMatchObject({
        status: 400,
        code: 'InvalidCiphertextException',
        message: NONE,
      });
  });

  it('a blob of another key than the one named', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    expect(await refused(decrypt(await encrypt(), { KeyId: KeyMetadata?.Arn }))).toMatchObject({
      status: 400,
      code: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
    });
  });

  it('keys that are not there', async () => {
    const absent = KeyId.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000');
    for (const [name, message] of [
      ['fake-key-id', "Invalid keyId 'fake-key-id'"],
      [absent, `Key '${absent}' does not exist`],
    ])
      expect(await refused(encrypt({ KeyId: name }))).toMatchObject({
        status: 400,
        code: 'NotFoundException',
        message,
      });
  });

  it('more than 4096 bytes to encrypt', async () => {
    expect(await refused(encrypt({ Plaintext: new Uint8Array(4097) }))).toMatchObject({
      status: 400,
      code: 'ValidationException',
      message:
        "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    });
  });

  it('what the caller may not do, naming the action, the key and the reason', async () => {
    const ana = sdk.as(sdk.cloud.ana).kms;
    expect(await refused(ana.send(new DisableKeyCommand({ KeyId })))).toMatchObject({
      status: 400,
      code: 'AccessDeniedException',
      message: `User: ${sdk.cloud.ana.principal} is not authorized to perform: kms:DisableKey on resource: ${KeyId} because no identity-based policy allows the kms:DisableKey action`,
    });
  });

  it('a dry run that would have succeeded', async () => {
    const call = kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', DryRun: true }));
    expect((await refused(call)).code).toBe('DryRunOperationException');
  });

  it('a second alias of one name', async () => {
    const alias = () => kms.send(new CreateAliasCommand({ AliasName: 'alias/a', TargetKeyId: id }));
    await alias();
    expect((await refused(alias())).code).toBe('AlreadyExistsException');
  });
});

describe('S3 passes on what KMS says', () => {
  const sealed = { ServerSideEncryption: 'aws:kms' } as const;
  beforeEach(async () => {
    await makeBucket(sdk.s3);
    await put(sdk.s3, { ...sealed, SSEKMSKeyId: KeyId });
  });

  it('of a disabled key, at PUT and at GET', async () => {
    await kms.send(new DisableKeyCommand({ KeyId }));
    for (const call of [() => put(sdk.s3, { ...sealed, SSEKMSKeyId: KeyId }), () => get(sdk.s3)])
      expect(await refused(call)).toMatchObject({
        status: 400,
        code: 'KMS.DisabledException',
        message: `${KeyId} is disabled.`,
      });
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect(await text(await get(sdk.s3))).toBe(TEXT);
  });

  it('of a key that waits for its deletion', async () => {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    expect(await refused(get(sdk.s3))).toMatchObject({
      status: 400,
      code: 'KMS.KMSInvalidStateException',
      message: `${KeyId} is pending deletion.`,
    });
  });

  it.each([
    ['fake-key-id', "Invalid keyId 'fake-key-id'"],
    ['arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000000', undefined],
  ])('of a key that is not there: %s', async (SSEKMSKeyId, message) => {
    expect(await refused(put(sdk.s3, { ...sealed, SSEKMSKeyId }))).toMatchObject({
      status: 400,
      code: 'KMS.NotFoundException',
      message: message ?? `Key '${SSEKMSKeyId}' does not exist`,
    });
  });

  it('of a key that the caller may not use: 403, in KMS’s own words', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: sdk.cloud.admin.principal },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    });
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
    const ana = sdk.as(sdk.cloud.ana).s3;
    expect(await refused(put(ana, { ...sealed, SSEKMSKeyId: KeyId }))).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: expect.stringMatching(
        /^User: \S+:user\/ana is not authorized to perform: kms:GenerateDataKey on resource: \S+ because no resource-based policy allows the kms:GenerateDataKey action$/,
      ),
    });
    expect((await refused(get(ana))).status).toBe(403);
  });
});
