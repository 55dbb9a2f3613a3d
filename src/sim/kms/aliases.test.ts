import { beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, aliasArn } from '../names';
import { createScene, type Scene } from '../testing/scene';

let scene: Scene;
let arn: string;
let other: string;
beforeEach(async () => {
  scene = await createScene();
  arn = await scene.createKey();
  other = await scene.createKey();
});

const idOf = (key: string): string => key.split('/')[1] as string;
const create = (AliasName: string, TargetKeyId = arn) =>
  scene.kms('CreateAlias', { AliasName, TargetKeyId });
const aliases = async (parameters = {}) => (await scene.kms('ListAliases', parameters)).body;

describe('CreateAlias', () => {
  it('answers nothing and names a key', async () => {
    expect(await create('alias/diary')).toEqual({ status: 200, body: {} });
    const { body } = await scene.kms('DescribeKey', { KeyId: 'alias/diary' });
    expect(body.KeyMetadata).toMatchObject({ Arn: arn });
  });

  it('refuses a name that is taken', async () => {
    await create('alias/diary');
    expect(await create('alias/diary', other)).toEqual({
      status: 400,
      body: {
        __type: 'AlreadyExistsException',
        message: `An alias with the name ${aliasArn('alias/diary')} already exists`,
      },
    });
  });

  it.each([
    ['alias/aws/mine', 'InvalidAliasNameException'],
    ['alias/', 'InvalidAliasNameException'],
    ['alias/a:b', 'InvalidAliasNameException'],
    ['alias/a b', 'ValidationException'],
    ['diary', 'ValidationException'],
  ])('does not take %j for an alias', async (name, type) => {
    expect((await create(name)).body.__type).toBe(type);
  });

  it('says what is wrong with the characters and with the beginning', async () => {
    expect((await create('alias/a b')).body.message).toBe(
      "1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
    );
    expect((await create('diary')).body.message).toMatch(
      /^Alias must start with the prefix "alias\/"\./,
    );
  });

  it('does not point at another alias', async () => {
    await create('alias/diary');
    expect((await create('alias/other', 'alias/diary')).body).toEqual({
      __type: 'ValidationException',
      message: 'Aliases must refer to keys. Not aliases',
    });
  });

  it('needs the right to the alias as well as to the key', async () => {
    scene.iam.put(ADMIN, {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: arn }],
    });
    expect((await create('alias/diary')).body).toEqual({
      __type: 'AccessDeniedException',
      message: `User: ${ADMIN} is not authorized to perform: kms:CreateAlias on resource: ${aliasArn('alias/diary')} because no identity-based policy allows the kms:CreateAlias action`,
    });
  });
});

describe('UpdateAlias', () => {
  it('points a name at another key, which then decrypts under it', async () => {
    await create('alias/diary');
    const before = await scene.kms('Encrypt', { KeyId: 'alias/diary', Plaintext: 'aGVsbG8=' });
    expect(
      await scene.kms('UpdateAlias', { AliasName: 'alias/diary', TargetKeyId: other }),
    ).toEqual({ status: 200, body: {} });
    const after = await scene.kms('Encrypt', { KeyId: 'alias/diary', Plaintext: 'aGVsbG8=' });
    expect([before.body.KeyId, after.body.KeyId]).toEqual([arn, other]);
    const { CiphertextBlob } = before.body;
    expect((await scene.kms('Decrypt', { CiphertextBlob })).body.KeyId).toBe(arn);
  });

  it('needs an alias that is there, and a key that is not to be deleted', async () => {
    expect(
      (await scene.kms('UpdateAlias', { AliasName: 'alias/no', TargetKeyId: arn })).body,
    ).toEqual({
      __type: 'NotFoundException',
      message: `Alias ${aliasArn('alias/no')} is not found.`,
    });
    await create('alias/diary');
    await scene.kms('ScheduleKeyDeletion', { KeyId: other });
    expect(
      (await scene.kms('UpdateAlias', { AliasName: 'alias/diary', TargetKeyId: other })).body,
    ).toEqual({ __type: 'KMSInvalidStateException', message: `${other} is pending deletion.` });
  });
});

describe('DeleteAlias', () => {
  it('takes the name away and leaves the key', async () => {
    await create('alias/diary');
    expect(await scene.kms('DeleteAlias', { AliasName: 'alias/diary' })).toEqual({
      status: 200,
      body: {},
    });
    expect((await scene.kms('DescribeKey', { KeyId: 'alias/diary' })).body.__type).toBe(
      'NotFoundException',
    );
    expect((await scene.kms('DescribeKey', { KeyId: arn })).status).toBe(200);
    expect((await scene.kms('DeleteAlias', { AliasName: 'alias/diary' })).body.__type).toBe(
      'NotFoundException',
    );
  });
});

describe('ListAliases', () => {
  it('lists by name, in pages, also of one key only', async () => {
    for (const name of ['alias/c', 'alias/a', 'alias/b']) await create(name);
    await create('alias/d', other);
    const first = await aliases({ Limit: 3 });
    expect((first.Aliases as { AliasName: string }[]).map((a) => a.AliasName)).toEqual([
      'alias/a',
      'alias/b',
      'alias/c',
    ]);
    expect(first).toMatchObject({ Truncated: true, NextMarker: expect.any(String) });
    const rest = await aliases({ Limit: 3, Marker: first.NextMarker });
    expect(rest).toEqual({
      Aliases: [
        {
          AliasName: 'alias/d',
          AliasArn: aliasArn('alias/d'),
          TargetKeyId: idOf(other),
          CreationDate: expect.any(Number),
          LastUpdatedDate: expect.any(Number),
        },
      ],
      Truncated: false,
    });
    expect((await aliases({ KeyId: other })).Aliases).toHaveLength(1);
  });

  it('refuses a marker that it did not give', async () => {
    expect((await aliases({ Marker: 'nothing' })).__type).toBe('InvalidMarkerException');
  });
});

describe('an operation that manages a key', () => {
  it('takes no alias for one', async () => {
    await create('alias/diary');
    for (const KeyId of ['alias/diary', aliasArn('alias/diary')]) {
      expect((await scene.kms('DisableKey', { KeyId })).body).toEqual({
        __type: 'NotFoundException',
        message: `Invalid keyId '${KeyId}'`,
      });
    }
  });
});
