import { beforeEach, describe, expect, it } from 'vitest';
import { ANA, PRINCIPAL } from '../names';
import { createScene, type Scene } from '../testing/scene';
import type { Operation } from '../types';

let scene: Scene;
let arn: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
});

const validation = (message: string) => ({
  status: 400,
  body: { __type: 'ValidationException', message },
});
const constraint = (what: string) => validation(`1 validation error detected: ${what}`);

describe('CreateKey', () => {
  it('asks whether the caller may create keys', async () => {
    scene.iam.put(ANA, { Version: '2012-10-17', Statement: [] });
    expect(await scene.kms('CreateKey', {}, { [PRINCIPAL]: ANA })).toEqual({
      status: 400,
      body: {
        __type: 'AccessDeniedException',
        message: `User: ${ANA} is not authorized to perform: kms:CreateKey on resource: * because no identity-based policy allows the kms:CreateKey action`,
      },
    });
  });

  it('asks for the right to tag as well, if there are tags', async () => {
    scene.iam.put(ANA, {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kms:CreateKey', Resource: '*' }],
    });
    const Tags = [{ TagKey: 'for', TagValue: 'diary' }];
    const answer = await scene.kms('CreateKey', { Tags }, { [PRINCIPAL]: ANA });
    expect(answer.body.message).toContain('kms:TagResource on resource: *');
    expect((await scene.kms('CreateKey', {}, { [PRINCIPAL]: ANA })).status).toBe(200);
  });

  it.each([
    [{ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }, 'UnsupportedOperationException'],
    [{ KeySpec: 'AES' }, 'ValidationException'],
    [{ KeySpec: 'HMAC_256' }, 'ValidationException'],
    [{ KeyUsage: 'SIGN_VERIFY' }, 'ValidationException'],
    [{ KeySpec: 'SYMMETRIC_DEFAULT', CustomerMasterKeySpec: 'SM2' }, 'ValidationException'],
    [{ Origin: 'AWS_CLOUDHSM' }, 'UnsupportedOperationException'],
    [{ CustomKeyStoreId: 'cks-1' }, 'UnsupportedOperationException'],
    [{ MultiRegion: true }, 'UnsupportedOperationException'],
    [{ MultiRegion: 'yes' }, 'SerializationException'],
    [{ Description: 7 }, 'SerializationException'],
    [{ Policy: '{}' }, 'MalformedPolicyDocumentException'],
  ])('refuses %j', async (parameters, type) => {
    expect((await scene.kms('CreateKey', parameters)).body.__type).toBe(type);
    expect((await scene.kms('ListKeys', {})).body.Keys).toHaveLength(1);
  });

  it('takes both names of the one key spec there is', async () => {
    const KeySpec = 'SYMMETRIC_DEFAULT';
    const parameters = { KeySpec, CustomerMasterKeySpec: KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' };
    expect((await scene.kms('CreateKey', parameters)).status).toBe(200);
  });

  it('takes a description of 8192 characters and no more', async () => {
    expect((await scene.kms('CreateKey', { Description: 'x'.repeat(8192) })).status).toBe(200);
    expect(await scene.kms('CreateKey', { Description: 'x'.repeat(8193) })).toEqual(
      constraint(
        "Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 8192",
      ),
    );
  });
});

describe('ListKeys', () => {
  it('lists every key once, page by page', async () => {
    const arns = [arn];
    for (let i = 0; i < 4; i++) arns.push(await scene.createKey());
    const seen: string[] = [];
    let Marker: unknown;
    do {
      const parameters = { Limit: 2, ...(Marker ? { Marker } : {}) };
      const { body } = await scene.kms('ListKeys', parameters);
      seen.push(...(body.Keys as { KeyArn: string }[]).map(({ KeyArn }) => KeyArn));
      expect(body.Truncated).toBe(body.NextMarker !== undefined);
      Marker = body.NextMarker;
    } while (Marker);
    expect(seen).toEqual(arns);
  });

  it.each([0, 1001])('has no pages of %i keys', async (Limit) => {
    expect((await scene.kms('ListKeys', { Limit })).body.__type).toBe('ValidationException');
  });
});

describe('the description', () => {
  it('can be changed', async () => {
    const Description = 'Another one';
    expect(await scene.kms('UpdateKeyDescription', { KeyId: arn, Description })).toEqual({
      status: 200,
      body: {},
    });
    const { body } = await scene.kms('DescribeKey', { KeyId: arn });
    expect(body.KeyMetadata).toMatchObject({ Description });
  });
});

describe('tags', () => {
  const tag = (...names: string[]) =>
    scene.kms('TagResource', {
      KeyId: arn,
      Tags: names.map((TagKey) => ({ TagKey, TagValue: 'x' })),
    });
  const tags = async () => (await scene.kms('ListResourceTags', { KeyId: arn })).body.Tags;

  it('are put, replaced, listed and taken away', async () => {
    expect(await tag('a', 'b')).toEqual({ status: 200, body: {} });
    await scene.kms('TagResource', { KeyId: arn, Tags: [{ TagKey: 'b', TagValue: 'y' }] });
    await scene.kms('UntagResource', { KeyId: arn, TagKeys: ['a', 'nothing'] });
    expect(await tags()).toEqual([{ TagKey: 'b', TagValue: 'y' }]);
  });

  it('are at most 50', async () => {
    const names = Array.from({ length: 50 }, (_, i) => `t${i}`);
    expect((await tag(...names)).status).toBe(200);
    expect((await tag('t0')).status).toBe(200);
    expect((await tag('one more')).body.__type).toBe('LimitExceededException');
    expect(await tags()).toHaveLength(50);
  });

  it.each([[['']], [['x'.repeat(129)]], [['aws:mine']], [['a', 'a']]])(
    'do not have the keys %j',
    async (names) => {
      expect((await tag(...names)).body.__type).toBe('TagException');
    },
  );
});

describe('GenerateRandom', () => {
  it.each([1, 12, 1024])('gives %i bytes', async (NumberOfBytes) => {
    const { body } = await scene.kms('GenerateRandom', { NumberOfBytes });
    expect(Buffer.from(String(body.Plaintext), 'base64')).toHaveLength(NumberOfBytes);
  });

  it('says how many it gives', async () => {
    expect(await scene.kms('GenerateRandom', {})).toEqual(validation('NumberOfBytes is required.'));
    const bound = (n: number, than: string) =>
      constraint(
        `Value '${n}' at 'numberOfBytes' failed to satisfy constraint: Member must have value ${than}`,
      );
    expect(await scene.kms('GenerateRandom', { NumberOfBytes: 0 })).toEqual(
      bound(0, 'greater than or equal to 1'),
    );
    expect(await scene.kms('GenerateRandom', { NumberOfBytes: 1025 })).toEqual(
      bound(1025, 'less than or equal to 1024'),
    );
  });
});

describe('GenerateDataKeyWithoutPlaintext', () => {
  it('gives a blob that Decrypt opens, and no plaintext', async () => {
    const { body } = await scene.kms('GenerateDataKeyWithoutPlaintext', {
      KeyId: arn,
      KeySpec: 'AES_128',
      EncryptionContext: { a: 'b' },
    });
    expect(body).toEqual({
      CiphertextBlob: expect.any(String),
      KeyId: arn,
      KeyMaterialId: expect.any(String),
    });
    const { CiphertextBlob } = body;
    const opened = await scene.kms('Decrypt', { CiphertextBlob, EncryptionContext: { a: 'b' } });
    expect(Buffer.from(String(opened.body.Plaintext), 'base64')).toHaveLength(16);
  });
});

describe('DryRun', () => {
  it('stops everything that would have succeeded, before anything is done', async () => {
    const { CiphertextBlob } = (await scene.kms('Encrypt', { KeyId: arn, Plaintext: 'aGk=' })).body;
    const Operations = ['Decrypt'];
    const made = await scene.kms('CreateGrant', { KeyId: arn, GranteePrincipal: ANA, Operations });
    const { GrantId } = made.body;
    const all: [Operation, object][] = [
      ['GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' }],
      ['GenerateDataKeyWithoutPlaintext', { KeyId: arn, KeySpec: 'AES_256' }],
      ['Encrypt', { KeyId: arn, Plaintext: 'aGk=' }],
      ['Decrypt', { CiphertextBlob }],
      ['ReEncrypt', { CiphertextBlob, DestinationKeyId: arn }],
      ['CreateGrant', { KeyId: arn, GranteePrincipal: ANA, Operations: ['Encrypt'] }],
      ['RevokeGrant', { KeyId: arn, GrantId }],
      ['RetireGrant', { KeyId: arn, GrantId }],
    ];
    scene.news();
    for (const [operation, parameters] of all) {
      expect(await scene.kms(operation, { ...parameters, DryRun: true })).toEqual({
        status: 400,
        body: {
          __type: 'DryRunOperationException',
          message: 'The request would have succeeded, but the DryRun option is set.',
        },
      });
    }
    expect(scene.news().filter(({ key }) => key.startsWith('kms -> hsm'))).toEqual([]);
    const { body } = await scene.kms('ListGrants', { KeyId: arn });
    expect(body.Grants).toMatchObject([{ GrantId }]);
  });

  it('shows what would have failed', async () => {
    await scene.kms('DisableKey', { KeyId: arn });
    const answer = await scene.kms('Encrypt', { KeyId: arn, Plaintext: 'aGk=', DryRun: true });
    expect(answer.body.__type).toBe('DisabledException');
  });
});

describe('an encryption context', () => {
  it('has at most 8192 bytes as JSON', async () => {
    const sized = (bytes: number) => ({ k: 'x'.repeat(bytes - JSON.stringify({ k: '' }).length) });
    const encrypt = (EncryptionContext: object) =>
      scene.kms('Encrypt', { KeyId: arn, Plaintext: 'aGk=', EncryptionContext });
    expect((await encrypt(sized(8192))).status).toBe(200);
    expect((await encrypt(sized(8193))).body.__type).toBe('ValidationException');
    expect((await encrypt(['a'])).body.__type).toBe('SerializationException');
  });
});

describe('an algorithm', () => {
  it('is the one that symmetric keys have', async () => {
    const encrypt = (EncryptionAlgorithm: string) =>
      scene.kms('Encrypt', { KeyId: arn, Plaintext: 'aGk=', EncryptionAlgorithm });
    expect((await encrypt('SYMMETRIC_DEFAULT')).status).toBe(200);
    expect((await encrypt('RSAES_OAEP_SHA_1')).body).toEqual({
      __type: 'InvalidKeyUsageException',
      message: 'Algorithm RSAES_OAEP_SHA_1 is incompatible with key spec SYMMETRIC_DEFAULT.',
    });
    expect((await encrypt('ROT13')).body.__type).toBe('ValidationException');
  });
});

describe('the operations', () => {
  it.each(['constructor', 'toString', '__proto__', ''])('do not include %j', async (operation) => {
    const { body } = await scene.kms(operation as Operation, {});
    expect(body).toEqual({ __type: 'UnknownOperationException' });
  });
});
