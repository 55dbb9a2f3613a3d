import { createDecipheriv, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64, toBase64, toHex } from '../crypto/bytes';
import { canonicalContext } from '../crypto/context';
import { createScene, type KmsAnswer, type Scene } from '../testing/scene';
import type { Bytes } from '../types';

let scene: Scene;
let arn: string;
beforeAll(async () => {
  scene = await createScene();
  arn = await scene.createKey();
});

const INVALID_CIPHERTEXT: KmsAnswer = {
  status: 400,
  body: { __type: 'InvalidCiphertextException' },
};
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const contexts = fc.dictionary(text, text, { maxKeys: 4 });
const plaintexts = fc.uint8Array({ minLength: 1, maxLength: 100 });
const LENGTHS = { version: 1, materialId: 32, nonce: 16, iv: 12, tag: 16 };

/** The blob's fields by their documented lengths. */
function parts(blob: Uint8Array) {
  const buffer = Buffer.from(blob);
  let at = 0;
  const take = (length: number): Buffer => {
    at += length;
    return buffer.subarray(at - length, at);
  };
  return {
    version: take(LENGTHS.version),
    materialId: take(LENGTHS.materialId),
    nonce: take(LENGTHS.nonce),
    iv: take(LENGTHS.iv),
    ciphertext: take(buffer.length - at - LENGTHS.tag),
    tag: take(LENGTHS.tag),
  };
}

/** Opens a blob with OpenSSL, given the backing key. */
function openBlob(blob: Uint8Array, backingKey: Uint8Array, aad: Uint8Array): Buffer {
  const { nonce, iv, ciphertext, tag } = parts(blob);
  const perCallKey = createHmac('sha256', backingKey)
    .update(
      Buffer.concat([
        Buffer.from('00000001', 'hex'),
        Buffer.from('Sealed KMS per-call key\0'),
        nonce,
        Buffer.from('00000100', 'hex'),
      ]),
    )
    .digest();
  const opener = createDecipheriv('aes-256-gcm', perCallKey, iv);
  opener.setAAD(aad);
  opener.setAuthTag(tag);
  return Buffer.concat([opener.update(ciphertext), opener.final()]);
}

const backingKeys = (): Bytes[] =>
  scene.world
    .trace()
    .secrets.filter(({ kind }) => kind === 'backing key')
    .map(({ bytes }) => bytes);
const blobOf = (answer: KmsAnswer): Bytes => fromBase64(String(answer.body.CiphertextBlob));
const encrypt = (plaintext: Uint8Array, context: object = {}, KeyId = arn) =>
  scene.kms('Encrypt', { KeyId, Plaintext: toBase64(plaintext), EncryptionContext: context });
const decrypt = (blob: Uint8Array, more: object = {}) =>
  scene.kms('Decrypt', { CiphertextBlob: toBase64(blob), ...more });

describe('the ciphertext blob', () => {
  it('is version, key material id, nonce, iv, ciphertext and tag, and opens in OpenSSL', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, async (plaintext, context) => {
        const blob = blobOf(await encrypt(plaintext, context));
        expect(blob).toHaveLength(1 + 32 + 16 + 12 + plaintext.length + 16);
        expect(toHex(parts(blob).version)).toBe('01');
        const { body } = await scene.kms('DescribeKey', { KeyId: arn });
        expect(toHex(parts(blob).materialId)).toBe(
          (body.KeyMetadata as Record<string, string>).CurrentKeyMaterialId,
        );
        const opened = openBlob(blob, backingKeys()[0] as Bytes, canonicalContext(context));
        expect(opened).toEqual(Buffer.from(plaintext));
      }),
      { numRuns: 40 },
    );
  });

  it('never has the same nonce or iv twice', async () => {
    const blobs = [];
    for (let i = 0; i < 20; i++) blobs.push(parts(blobOf(await encrypt(Uint8Array.of(1)))));
    expect(new Set(blobs.map(({ nonce }) => toHex(nonce))).size).toBe(20);
    expect(new Set(blobs.map(({ iv }) => toHex(iv))).size).toBe(20);
  });
});

describe('GenerateDataKey', () => {
  it.each([
    [{ KeySpec: 'AES_256' }, 32],
    [{ KeySpec: 'AES_128' }, 16],
    [{ NumberOfBytes: 1 }, 1],
    [{ NumberOfBytes: 64 }, 64],
    [{ NumberOfBytes: 1024 }, 1024],
  ])('with %j gives %i bytes, readable and sealed', async (size, length) => {
    const answer = await scene.kms('GenerateDataKey', { KeyId: arn, ...size });
    expect(Object.keys(answer.body).sort()).toEqual([
      'CiphertextBlob',
      'KeyId',
      'KeyMaterialId',
      'Plaintext',
    ]);
    const plaintext = fromBase64(String(answer.body.Plaintext));
    expect(plaintext).toHaveLength(length);
    expect(answer.body.KeyId).toBe(arn);
    const opened = openBlob(blobOf(answer), backingKeys()[0] as Bytes, new Uint8Array(0));
    expect(opened).toEqual(Buffer.from(plaintext));
    expect(answer.body.KeyMaterialId).toBe(toHex(parts(blobOf(answer)).materialId));
  });

  it.each([{}, { KeySpec: 'AES_256', NumberOfBytes: 32 }])(
    'refuses %j: either a key spec or a number of bytes',
    async (size) => {
      expect(await scene.kms('GenerateDataKey', { KeyId: arn, ...size })).toEqual({
        status: 400,
        body: {
          __type: 'ValidationException',
          message: 'Please specify either number of bytes or key spec.',
        },
      });
    },
  );

  it('refuses a key spec it does not know', async () => {
    expect(await scene.kms('GenerateDataKey', { KeyId: arn, KeySpec: 'AES_512' })).toEqual({
      status: 400,
      body: {
        __type: 'ValidationException',
        message:
          "1 validation error detected: Value 'AES_512' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [AES_256, AES_128]",
      },
    });
  });

  it.each([0, 1025])('refuses %i bytes', async (NumberOfBytes) => {
    const { body } = await scene.kms('GenerateDataKey', { KeyId: arn, NumberOfBytes });
    expect(body.__type).toBe('ValidationException');
  });
});

describe('Encrypt', () => {
  it('takes 4096 bytes and answers without a key material id', async () => {
    const { status, body } = await encrypt(new Uint8Array(4096));
    expect(status).toBe(200);
    expect(body).toEqual({
      CiphertextBlob: expect.any(String),
      KeyId: arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    });
  });

  it('refuses 4097 bytes', async () => {
    expect(await encrypt(new Uint8Array(4097))).toEqual({
      status: 400,
      body: {
        __type: 'ValidationException',
        message:
          "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
      },
    });
  });

  it('refuses nothing at all', async () => {
    expect((await encrypt(new Uint8Array(0))).body.__type).toBe('ValidationException');
  });
});

describe('Decrypt', () => {
  it('finds the key from the blob, without a KeyId, and ignores the order of the context', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, async (plaintext, context) => {
        const blob = blobOf(await encrypt(plaintext, context));
        const turned = Object.fromEntries(Object.entries(context).reverse());
        expect(await decrypt(blob, { EncryptionContext: turned })).toEqual({
          status: 200,
          body: {
            KeyId: arn,
            Plaintext: toBase64(plaintext),
            EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
            KeyMaterialId: toHex(parts(blob).materialId),
          },
        });
      }),
      { numRuns: 40 },
    );
  });

  it('refuses another encryption context, without a word', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, contexts, async (plaintext, one, other) => {
        fc.pre(!Buffer.from(canonicalContext(one)).equals(canonicalContext(other)));
        const blob = blobOf(await encrypt(plaintext, one));
        expect(await decrypt(blob, { EncryptionContext: other })).toEqual(INVALID_CIPHERTEXT);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a blob of which any bit is another, without a word', async () => {
    const named = LENGTHS.version + LENGTHS.materialId;
    await fc.assert(
      fc.asyncProperty(plaintexts, fc.nat(), async (plaintext, where) => {
        const blob = blobOf(await encrypt(plaintext));
        const bit = where % (blob.length * 8);
        // In the key material id it names another key: see below.
        fc.pre(bit < 8 || bit >= named * 8);
        blob[bit >> 3] = (blob[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(await decrypt(blob)).toEqual(INVALID_CIPHERTEXT);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses any bytes that are no blob, without a word', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 77 }), async (bytes) => {
        expect(await decrypt(bytes)).toEqual(INVALID_CIPHERTEXT);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a blob that names a key material nobody has', async () => {
    const blob = blobOf(await encrypt(Uint8Array.of(1)));
    blob[5] = (blob[5] as number) ^ 1;
    expect(await decrypt(blob)).toEqual({
      status: 400,
      body: {
        __type: 'AccessDeniedException',
        message:
          'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
      },
    });
  });

  it('refuses a KeyId that is not the key of the blob', async () => {
    const other = await scene.createKey();
    const blob = blobOf(await encrypt(Uint8Array.of(1)));
    expect(await decrypt(blob, { KeyId: arn })).toMatchObject({ status: 200 });
    expect(await decrypt(blob, { KeyId: other })).toEqual({
      status: 400,
      body: {
        __type: 'IncorrectKeyException',
        message:
          'The key ID in the request does not identify a CMK that can perform this operation.',
      },
    });
  });
});
