import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Statement } from '../iam/policy';
import { ANA, PRINCIPAL } from '../names';
import { createScene, type Scene } from '../testing/scene';

let scene: Scene;
let source: string;
let destination: string;
beforeAll(async () => {
  scene = await createScene();
  source = await scene.createKey();
  destination = await scene.createKey();
});

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const contexts = fc.dictionary(text, text, { maxKeys: 4 });
const encrypt = async (Plaintext: string, EncryptionContext: object = {}) =>
  (await scene.kms('Encrypt', { KeyId: source, Plaintext, EncryptionContext })).body.CiphertextBlob;
const reEncrypt = (CiphertextBlob: unknown, more: object = {}, headers = {}) =>
  scene.kms('ReEncrypt', { CiphertextBlob, DestinationKeyId: destination, ...more }, headers);

describe('ReEncrypt', () => {
  it('makes a blob that opens under the new key and context, and under no other', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        contexts,
        contexts,
        async (bytes, from, to) => {
          const Plaintext = Buffer.from(bytes).toString('base64');
          const answer = await reEncrypt(await encrypt(Plaintext, from), {
            SourceEncryptionContext: from,
            DestinationEncryptionContext: to,
          });
          const { CiphertextBlob } = answer.body;
          const opened = await scene.kms('Decrypt', { CiphertextBlob, EncryptionContext: to });
          expect(opened.body).toMatchObject({ Plaintext, KeyId: destination });
          const pairs = (map: object) => JSON.stringify(Object.entries(map).sort());
          if (pairs(from) !== pairs(to)) {
            const wrong = await scene.kms('Decrypt', { CiphertextBlob, EncryptionContext: from });
            expect(wrong.body).toEqual({ __type: 'InvalidCiphertextException' });
          }
        },
      ),
      { numRuns: 25 },
    ));

  it('answers with both keys and both key materials', async () => {
    const { body } = await reEncrypt(await encrypt('aGVsbG8='));
    expect(body).toEqual({
      CiphertextBlob: expect.any(String),
      SourceKeyId: source,
      KeyId: destination,
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      SourceKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
      DestinationKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(body.SourceKeyMaterialId).not.toBe(body.DestinationKeyMaterialId);
  });

  it('never lets the plaintext out of the HSM', async () => {
    const made = await scene.kms('GenerateDataKeyWithoutPlaintext', {
      KeyId: source,
      KeySpec: 'AES_256',
    });
    await reEncrypt(made.body.CiphertextBlob);
    const { steps, secrets } = scene.world.trace();
    const dataKeys = secrets.filter(({ kind }) => kind === 'data key').map(({ id }) => id);
    expect(dataKeys).toHaveLength(1);
    for (const step of steps) {
      for (const [actor, known] of Object.entries(step.knows)) {
        if (actor !== 'hsm') expect(known.filter((id) => dataKeys.includes(id))).toEqual([]);
      }
    }
    expect(steps.at(-1)?.knows.hsm).toEqual(['K1', 'K2']);
  });

  it('keeps to the source key that is named', async () => {
    const blob = await encrypt('aGVsbG8=');
    expect((await reEncrypt(blob, { SourceKeyId: source })).status).toBe(200);
    expect((await reEncrypt(blob, { SourceKeyId: destination })).body).toEqual({
      __type: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
    });
  });

  it('refuses a wrong source context like any wrong context', async () => {
    const blob = await encrypt('aGVsbG8=', { a: 'b' });
    expect((await reEncrypt(blob)).body).toEqual({ __type: 'InvalidCiphertextException' });
  });

  it.each([
    ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    ['kms:ReEncryptTo', 'kms:ReEncryptFrom'],
  ])('needs more than %s', async (allowed, missing) => {
    const statement: Statement = { Effect: 'Allow', Action: allowed, Resource: '*' };
    scene.iam.put(ANA, { Version: '2012-10-17', Statement: [statement] });
    const answer = await reEncrypt(await encrypt('aGVsbG8='), {}, { [PRINCIPAL]: ANA });
    expect(answer.body.__type).toBe('AccessDeniedException');
    expect(answer.body.message).toContain(`not authorized to perform: ${missing} on resource`);
  });

  it('needs two keys that can be used', async () => {
    const blob = await encrypt('aGVsbG8=');
    for (const KeyId of [source, destination]) {
      await scene.kms('DisableKey', { KeyId });
      expect((await reEncrypt(blob)).body).toEqual({
        __type: 'DisabledException',
        message: `${KeyId} is disabled.`,
      });
      await scene.kms('EnableKey', { KeyId });
    }
  });
});
