// What older clients wrote, made here with OpenSSL through Node; instruction files, parts, policies.
import {
  constants,
  createCipheriv,
  createPublicKey,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, fromBase64, fromHex, fromUtf8, toBase64, toUtf8 } from '../crypto/bytes';
import { changeMetadata, exceptionOf, KEY, keyPair, WRAPPING_KEY } from '../testing/client-scene';
import { BUCKET, createScene, type Scene } from '../testing/scene';
import type { Bytes, Headers, HttpResponse } from '../types';
import { type CallParameters, clientCall } from './calls';
import { type ClientOptions, fullEncryptionClient } from './full-client';
import { aesKeyring, kmsKeyring, rsaKeyring } from './keyrings';

const KEYRINGS = { aes: aesKeyring, rsa: rsaKeyring, kms: kmsKeyring('alias/diary') };
const EVERYTHING: Omit<ClientOptions, 'keyring'> = {
  commitmentPolicy: 'REQUIRE_ENCRYPT_ALLOW_DECRYPT',
  legacyWrappingAlgorithms: true,
  legacyUnauthenticatedModes: true,
};
const object = fromUtf8('Dear diary, this was written by a client of long ago, and still opens.');
const BINARY_KEY = Buffer.from(WRAPPING_KEY);

interface Setup {
  readonly scene: Scene;
  readonly keyArn: string;
  call(
    operation: 'PutObject' | 'GetObject',
    body?: Bytes,
    more?: Partial<CallParameters>,
  ): Promise<HttpResponse>;
  read(more?: Partial<CallParameters>): Promise<string>;
  store(body: Uint8Array, metadata: Headers): Promise<void>;
}

async function setUp(
  name: keyof typeof KEYRINGS,
  options: Omit<ClientOptions, 'keyring'> = EVERYTHING,
): Promise<Setup> {
  const scene = await createScene({
    client: fullEncryptionClient({ keyring: KEYRINGS[name], ...options }),
  });
  const keyArn = await scene.createKey();
  await scene.kms('CreateAlias', { AliasName: 'alias/diary', TargetKeyId: keyArn });
  const { publicKey, privateKey } = await keyPair();
  const keys = {
    aes: { WrappingKey: toBase64(WRAPPING_KEY) },
    rsa: { WrappingKey: toBase64(privateKey), WrappingPublicKey: toBase64(publicKey) },
    kms: {},
  }[name];
  const call: Setup['call'] = (operation, body, more = {}) =>
    scene.world.you.send(
      'client',
      operation,
      clientCall(operation, { Bucket: BUCKET, Key: KEY, ...keys, ...more }, body),
    );
  return {
    scene,
    keyArn,
    call,
    async read(more) {
      const answer = await call('GetObject', undefined, more);
      return exceptionOf(answer) ?? toUtf8(answer.body);
    },
    async store(body, metadata) {
      const named = Object.entries(metadata).map(([n, v]) => [`x-amz-meta-${n}`, v]);
      const answer = await scene.put(KEY, concat(body), Object.fromEntries(named));
      expect(answer.status).toBe(200);
    },
  };
}

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const sealed = (cipherName: string, key: Uint8Array, iv: Uint8Array | null, text: Uint8Array) => {
  const cipher = createCipheriv(cipherName, key, iv);
  return Buffer.concat([cipher.update(text), cipher.final()]);
};
function inGcm(key: Uint8Array, iv: Uint8Array, text: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}
const rsaPublic = async () =>
  createPublicKey({ key: JSON.parse(toUtf8((await keyPair()).publicKey)), format: 'jwk' });

/** RFC 3394, by OpenSSL. */
const keyWrap = (key: Uint8Array): Buffer => {
  const cipher = createCipheriv('id-aes256-wrap', WRAPPING_KEY, Buffer.alloc(8, 0xa6));
  return Buffer.concat([cipher.update(key), cipher.final()]);
};

const dataKey = randomBytes(32);
const cbcIv = randomBytes(16);
const gcmIv = randomBytes(12);

describe('an object of V1', () => {
  it.each(['aes', 'rsa'] as const)('opens with the %s key that wrapped it', async (name) => {
    const { read, store } = await setUp(name);
    const wrapped =
      name === 'aes'
        ? sealed('aes-256-ecb', BINARY_KEY, null, dataKey)
        : publicEncrypt({ key: await rsaPublic(), padding: constants.RSA_PKCS1_PADDING }, dataKey);
    await store(sealed('aes-256-cbc', dataKey, cbcIv, object), {
      'x-amz-key': b64(wrapped),
      'x-amz-iv': b64(cbcIv),
      'x-amz-matdesc': '{}',
    });
    expect(await read()).toBe(toUtf8(object));
  });

  it('is refused by a client that is not told to read such', async () => {
    const metadata = {
      'x-amz-key': b64(sealed('aes-256-ecb', BINARY_KEY, null, dataKey)),
      'x-amz-iv': b64(cbcIv),
      'x-amz-matdesc': '{}',
    };
    const refusals: [Omit<ClientOptions, 'keyring'>, RegExp][] = [
      [{}, /commitment policy/],
      [{ ...EVERYTHING, legacyWrappingAlgorithms: false }, /legacy wrapping algorithms/],
      [{ ...EVERYTHING, legacyUnauthenticatedModes: false }, /legacy unauthenticated modes/],
    ];
    for (const [options, text] of refusals) {
      const { scene, read, store } = await setUp('aes', options);
      await store(sealed('aes-256-cbc', dataKey, cbcIv, object), metadata);
      scene.news();
      expect(await read()).toMatch(text);
      expect(scene.news().map(({ key }) => key)).not.toContain('client unwraps data key');
    }
  });
});

describe('an object of V2 with an older key wrap', () => {
  const contents = [
    ['AES/GCM/NoPadding', () => inGcm(dataKey, gcmIv, object), gcmIv],
    ['AES/CBC/PKCS5Padding', () => sealed('aes-256-cbc', dataKey, cbcIv, object), cbcIv],
  ] as const;
  const wraps = [
    ['AESWrap', 'aes', async () => keyWrap(dataKey)],
    ['AES', 'aes', async () => sealed('aes-256-ecb', BINARY_KEY, null, dataKey)],
    [
      'RSA',
      'rsa',
      async () =>
        publicEncrypt({ key: await rsaPublic(), padding: constants.RSA_PKCS1_PADDING }, dataKey),
    ],
  ] as const;

  it.each(
    wraps.flatMap(([wrap, name, make]) =>
      contents.map((content) => [wrap, content[0], name, make, content] as const),
    ),
  )('%s around %s opens', async (wrap, algorithm, name, make, [, body, iv]) => {
    const { read, store } = await setUp(name);
    await store(body(), {
      'x-amz-key-v2': b64(await make()),
      'x-amz-iv': b64(iv),
      'x-amz-wrap-alg': wrap,
      'x-amz-cek-alg': algorithm,
      'x-amz-matdesc': '{}',
    });
    expect(await read()).toBe(toUtf8(object));
    expect(await read({ WrappingKey: undefined })).toMatch(/^No wrapping key/);
  });

  it.each(contents)(
    'kms around %s opens, with the material description as context',
    async (algorithm, body, iv) => {
      const { scene, keyArn, read, store } = await setUp('kms');
      const matdesc = { kms_cmk_id: keyArn };
      const { body: made } = await scene.kms('Encrypt', {
        KeyId: keyArn,
        Plaintext: b64(dataKey),
        EncryptionContext: matdesc,
      });
      const metadata = {
        'x-amz-key-v2': String(made.CiphertextBlob),
        'x-amz-iv': b64(iv),
        'x-amz-wrap-alg': 'kms',
        'x-amz-cek-alg': algorithm,
        'x-amz-matdesc': JSON.stringify(matdesc),
      };
      await store(body(), metadata);
      expect(await read()).toBe(toUtf8(object));
      await store(body(), { ...metadata, 'x-amz-matdesc': '{"kms_cmk_id":"other"}' });
      expect(await read()).toMatch(/^KMS refused Decrypt: InvalidCiphertextException/);
    },
  );

  it('does not open with a keyring of another kind', async () => {
    const { read, store } = await setUp('rsa');
    await store(inGcm(dataKey, gcmIv, object), {
      'x-amz-key-v2': b64(keyWrap(dataKey)),
      'x-amz-iv': b64(gcmIv),
      'x-amz-wrap-alg': 'AESWrap',
      'x-amz-cek-alg': 'AES/GCM/NoPadding',
    });
    expect(await read()).toBe('The keyring cannot unwrap a data key that was wrapped with AESWrap');
  });
});

describe('an object with the label of another', () => {
  it.each(['aes', 'rsa', 'kms'] as const)(
    'of V2, called AES/CBC, is not opened with the %s key: no part of it, and not the whole',
    async (name) => {
      const { scene, call, read } = await setUp(name, {
        ...EVERYTHING,
        commitmentPolicy: 'FORBID_ENCRYPT_ALLOW_DECRYPT',
      });
      await call('PutObject', object);
      changeMetadata(scene, KEY, {
        'x-amz-cek-alg': 'AES/CBC/PKCS5Padding',
        'x-amz-iv': b64(cbcIv),
        'x-amz-tag-len': undefined,
      });
      for (const more of [{}, { Range: 'bytes=0-15' }]) {
        scene.news();
        expect(await read(more)).toMatch(/^AES\/CBC does not go with a data key wrapped with /);
        expect(scene.news().map(({ key }) => key)).not.toContain('client unwraps data key');
      }
    },
  );

  it.each([
    ['FORBID_ENCRYPT_ALLOW_DECRYPT', { 'x-amz-c': '115' }],
    ['FORBID_ENCRYPT_ALLOW_DECRYPT', { 'x-amz-d': 'AAAA', 'x-amz-i': 'AAAA' }],
    ['FORBID_ENCRYPT_ALLOW_DECRYPT', { 'x-amz-key': 'AAAA' }],
    ['REQUIRE_ENCRYPT_ALLOW_DECRYPT', { 'x-amz-iv': 'AAAA' }],
    ['REQUIRE_ENCRYPT_ALLOW_DECRYPT', { 'x-amz-cek-alg': 'AES/GCM/NoPadding' }],
  ] as const)('that %s wrote, with %j beside it, is of two versions', async (policy, more) => {
    const { scene, call, read } = await setUp('aes', { ...EVERYTHING, commitmentPolicy: policy });
    await call('PutObject', object);
    changeMetadata(scene, KEY, more);
    expect(await read()).toBe('The object carries content metadata of more than one version');
  });

  it('of V3 cannot be given an instruction file of V2', async () => {
    const { scene, call, read } = await setUp('aes', { ...EVERYTHING, instructionFiles: true });
    await call('PutObject', object);
    const file = { 'x-amz-key-v2': b64(dataKey), 'x-amz-cek-alg': 'AES/GCM/NoPadding' };
    await scene.put(`${KEY}.instruction`, fromUtf8(JSON.stringify(file)));
    expect(await read()).toBe('The object carries content metadata of more than one version');
  });

  it('of V2 whose context says another algorithm is refused before KMS is asked', async () => {
    const { scene, call, read } = await setUp('kms', {
      commitmentPolicy: 'FORBID_ENCRYPT_ALLOW_DECRYPT',
    });
    await call('PutObject', object);
    changeMetadata(scene, KEY, { 'x-amz-matdesc': '{"aws:x-amz-cek-alg":"115"}' });
    scene.news();
    expect(await read()).toBe('The data key was made for 115, not for AES/GCM/NoPadding');
    expect(scene.news().map(({ key }) => key)).not.toContain('client -> kms Decrypt');
  });

  it('of V2 with a tag of another length is refused', async () => {
    const { scene, call, read } = await setUp('aes', {
      commitmentPolicy: 'FORBID_ENCRYPT_ALLOW_DECRYPT',
    });
    await call('PutObject', object);
    changeMetadata(scene, KEY, { 'x-amz-tag-len': '96' });
    expect(await read()).toMatch(/^Tags of 96 bits are not read/);
  });
});

describe('damaged metadata and bodies', () => {
  const anyB64 = fc.uint8Array({ maxLength: 70 }).map(b64);
  const v2 = async (iv: string) => ({
    'x-amz-key-v2': b64(keyWrap(dataKey)),
    'x-amz-wrap-alg': 'AESWrap',
    'x-amz-cek-alg': 'AES/GCM/NoPadding',
    'x-amz-iv': iv,
  });
  const v1 = async (iv: string) => ({
    'x-amz-key': b64(sealed('aes-256-ecb', BINARY_KEY, null, dataKey)),
    'x-amz-iv': iv,
  });

  it.each([
    ['V1', v1],
    ['V2', v2],
  ] as const)('of %s end in an exception of the client, never in a bug', async (_, metadata) => {
    const { call, store } = await setUp('aes');
    const bodies = fc.uint8Array({ maxLength: 80 });
    const ranges = fc.constantFrom(undefined, 'bytes=0-', 'bytes=0-3', 'bytes=17-40');
    await fc.assert(
      fc.asyncProperty(bodies, anyB64, ranges, async (body, iv, Range) => {
        await store(body, await metadata(iv));
        const answer = await call('GetObject', undefined, { Range });
        expect([200, 206, 400, 416]).toContain(answer.status);
      }),
      { numRuns: 60 },
    );
  });

  it('a data key of another length is refused', async () => {
    const { read, store } = await setUp('aes');
    await store(inGcm(dataKey, gcmIv, object), {
      ...(await v2(b64(gcmIv))),
      'x-amz-key-v2': b64(keyWrap(dataKey.subarray(0, 16))),
    });
    expect(await read()).toBe('The data key is 16 bytes, not 32');
    expect(await read({ Range: 'bytes=0-3' })).toBe('The data key is 16 bytes, not 32');
  });
});

describe.each(['FORBID_ENCRYPT_ALLOW_DECRYPT', 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT'] as const)(
  'an instruction file under %s',
  (commitmentPolicy) => {
    const version = commitmentPolicy.startsWith('FORBID') ? 'V2' : 'V3';
    it.each(['aes', 'rsa', 'kms'] as const)(
      `holds what belongs to the key, with the %s keyring`,
      async (name) => {
        const { scene, call, read } = await setUp(name, {
          commitmentPolicy,
          instructionFiles: true,
        });
        expect((await call('PutObject', object)).status).toBe(200);
        const file = JSON.parse(toUtf8((await scene.get(`${KEY}.instruction`)).body));
        const own = Object.keys(scene.stored(KEY).metadata).filter((one) =>
          one.includes('x-amz-meta-'),
        );
        if (version === 'V2') {
          expect(own).toEqual([]);
          expect(Object.keys(file)).toEqual(expect.arrayContaining(['x-amz-key-v2', 'x-amz-iv']));
        } else {
          expect(own.sort()).toEqual(
            ['x-amz-c', 'x-amz-d', 'x-amz-i'].map((one) => `x-amz-meta-${one}`),
          );
          expect(Object.keys(file).sort()).toEqual(
            name === 'kms' ? ['x-amz-3', 'x-amz-t', 'x-amz-w'] : ['x-amz-3', 'x-amz-w'],
          );
        }
        expect(await read()).toBe(toUtf8(object));
      },
    );
  },
);

describe('an instruction file', () => {
  it('may not hold what commits the object to its key', async () => {
    const { scene, call, read } = await setUp('aes', { instructionFiles: true });
    await call('PutObject', object);
    const path = `${KEY}.instruction`;
    const file = JSON.parse(toUtf8((await scene.get(path)).body));
    await scene.put(path, fromUtf8(JSON.stringify({ ...file, 'x-amz-d': 'AAAA' })));
    expect(await read()).toMatch(/^x-amz-d must stand in the object's metadata/);
  });

  it('that is swapped for another object’s cannot pass: the commitment does not fit', async () => {
    const { scene, call, read } = await setUp('aes', { instructionFiles: true });
    await call('PutObject', object);
    await call('PutObject', fromUtf8('another'), { Key: 'other' });
    const other = await scene.get('other.instruction');
    await scene.put(`${KEY}.instruction`, other.body);
    scene.news();
    expect(await read()).toMatch(/^Key commitment validation failed\./);
    expect(scene.news().map(({ key }) => key)).not.toContain('client decrypts object');
  });

  it('that is no map, or not there, is an exception and no bug', async () => {
    const { scene, store, read } = await setUp('aes');
    await store(object, {});
    expect(await read()).toBe('The object carries no content metadata of the S3 Encryption Client');
    await scene.put(`${KEY}.instruction`, fromUtf8('["x"]'));
    expect(await read()).toMatch(/^The instruction file is no map of strings/);
  });
});

describe('an instruction file that S3 will not hand out', () => {
  it('is not one that is missing', async () => {
    const { scene, call, read } = await setUp('aes', { ...EVERYTHING, instructionFiles: true });
    await call('PutObject', object);
    const Resource = `arn:aws:s3:::${BUCKET}/${KEY}.instruction`;
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource };
    const policy = { Version: '2012-10-17', Statement: [deny] };
    await scene.s3('PUT', '/?policy', {}, fromUtf8(JSON.stringify(policy)));
    expect(await read()).toMatch(/its instruction file cannot be read: S3 answered 403$/);
  });
});

describe('commitment policies', () => {
  it.each([
    ['FORBID_ENCRYPT_ALLOW_DECRYPT', 'x-amz-key-v2'],
    ['REQUIRE_ENCRYPT_ALLOW_DECRYPT', 'x-amz-3'],
    ['REQUIRE_ENCRYPT_REQUIRE_DECRYPT', 'x-amz-3'],
  ] as const)('%s writes %s', async (commitmentPolicy, name) => {
    const { scene, call, read } = await setUp('aes', { commitmentPolicy });
    await call('PutObject', object);
    expect(scene.stored(KEY).metadata).toHaveProperty([`x-amz-meta-${name}`]);
    expect(await read()).toBe(toUtf8(object));
  });

  it('of which one reads nothing without a commitment', async () => {
    const writer = await setUp('aes', { commitmentPolicy: 'FORBID_ENCRYPT_ALLOW_DECRYPT' });
    await writer.call('PutObject', object);
    const sent = writer.scene.news().find(({ key }) => key === 'client -> s3 PutObject');
    if (sent?.kind !== 'request') throw new Error('the client sent nothing');
    for (const [commitmentPolicy, opens] of [
      ['REQUIRE_ENCRYPT_ALLOW_DECRYPT', true],
      ['REQUIRE_ENCRYPT_REQUIRE_DECRYPT', false],
    ] as const) {
      const reader = await setUp('aes', { commitmentPolicy });
      await reader.scene.put(KEY, sent.message.body, sent.message.headers);
      expect((await reader.read()) === toUtf8(object)).toBe(opens);
    }
  });
});

describe('a part of an object', () => {
  it('is asked for in whole blocks, with one before, one after and a byte more', async () => {
    const { scene, call, read } = await setUp('aes');
    await call('PutObject', object);
    scene.news();
    await read({ Range: 'bytes=16-31' });
    const asked = scene.news().find(({ key }) => key === 'client -> s3 GetObject');
    expect(asked?.kind === 'request' && asked.message.headers.range).toBe('bytes=0-48');
  });

  it('is read only by a client that is told to', async () => {
    const { call, read } = await setUp('aes', {});
    await call('PutObject', object);
    expect(await read({ Range: 'bytes=0-3' })).toMatch(/legacy unauthenticated modes/);
  });

  it.each(['V2', 'V3', 'CBC'] as const)(
    'of %s is what it is in the whole, wherever it is cut',
    async (kind) => {
      const { call, store } = await setUp('aes', {
        ...EVERYTHING,
        commitmentPolicy:
          kind === 'V2' ? 'FORBID_ENCRYPT_ALLOW_DECRYPT' : 'REQUIRE_ENCRYPT_ALLOW_DECRYPT',
      });
      const sizes = fc.integer({ min: 1, max: 130 });
      await fc.assert(
        fc.asyncProperty(sizes, fc.nat(), fc.nat(60), async (size, where, more) => {
          const text = concat(randomBytes(size));
          if (kind === 'CBC')
            await store(sealed('aes-256-cbc', dataKey, cbcIv, text), {
              'x-amz-key': b64(sealed('aes-256-ecb', BINARY_KEY, null, dataKey)),
              'x-amz-iv': b64(cbcIv),
            });
          else await call('PutObject', text);
          const first = where % size;
          const answer = await call('GetObject', undefined, {
            Range: `bytes=${first}-${first + more}`,
          });
          expect([exceptionOf(answer), toBase64(answer.body)]).toEqual([
            undefined,
            toBase64(text.slice(first, first + more + 1)),
          ]);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('to the end of the object comes without the tag', async () => {
    const { call, read } = await setUp('aes');
    await call('PutObject', object);
    expect(await read({ Range: 'bytes=5-' })).toBe(toUtf8(object.slice(5)));
    expect(await read({ Range: 'bytes=-5' })).toMatch(/^Not a range/);
  });

  it('of the vector in the facts is what they say', async () => {
    const { read, store } = await setUp('aes');
    const key = fromHex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
    await store(
      fromHex(
        'ea3eed752d4a93ca63be0353e2e8ef03b263faac066f43ace3e03e1449df8eb5495a915e549f30b914af33f284478353df',
      ),
      {
        'x-amz-3':
          'oKGio6SlpqeoqaqrZsFx6Ym1dWfEVqkpQ5FlvEALp2sbGHW9eQ+NqHhr1GLqgkBAbLHQnzxnq3iXeJUe',
        'x-amz-w': '02',
        'x-amz-c': '115',
        'x-amz-d': '+JgYvAo0bTo0JraOlQm2sq5f4fkEqjKftzYl2w==',
        'x-amz-i': 'uOp2vtJMe4U4KhSMudzRz9+3ZfVd7U36bgxMeQ==',
      },
    );
    const WrappingKey = toBase64(key);
    expect(await read({ WrappingKey })).toBe('Hello, S3 client-side encryption!');
    expect(await read({ WrappingKey, Range: 'bytes=16-31' })).toBe('-side encryption');
    expect(fromBase64(WrappingKey)).toEqual(key);
  });

  it('is not noticed to have been changed, which the whole is', async () => {
    const { scene, call, read } = await setUp('aes');
    await call('PutObject', object);
    const sent = scene.news().find(({ key }) => key === 'client -> s3 PutObject');
    if (sent?.kind !== 'request') throw new Error('the client sent nothing');
    const body = sent.message.body.slice();
    body[0] = (body[0] as number) ^ 1;
    const { 'x-amz-checksum-crc32': _, ...headers } = sent.message.headers;
    await scene.put(KEY, body, headers);
    expect(await read({ Range: 'bytes=0-3' })).toBe('Eear');
    expect(await read()).toBe('Unable to decrypt object content');
  });
});
