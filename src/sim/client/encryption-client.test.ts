import { constants, createDecipheriv, createPrivateKey, privateDecrypt } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '../crypto/bytes';
import { rsaKeyPair } from '../crypto/rsa';
import { seededRandom } from '../random';
import { BUCKET, createScene, type Scene } from '../testing/scene';
import type { Bytes, Headers, HttpResponse } from '../types';
import { type CallParameters, clientCall } from './calls';
import { encryptionClient, type FormatName } from './encryption-client';
import { aesKeyring, type Keyring, kmsKeyring, rsaKeyring } from './keyrings';

const KEY = 'today.txt';
const META = 'x-amz-meta-';
const object = fromUtf8('Dear diary, this one only I can read.');
const wrappingKey = Uint8Array.from({ length: 32 }, (_, i) => 200 - i);

let rsa: { publicKey: Bytes; privateKey: Bytes };
beforeAll(async () => {
  rsa = await rsaKeyPair(seededRandom('client')).run();
});

interface Setup {
  readonly scene: Scene;
  call(
    operation: 'PutObject' | 'GetObject',
    body?: Bytes,
    more?: Partial<CallParameters>,
  ): Promise<HttpResponse>;
  changeMetadata(change: (metadata: Record<string, string>) => void): void;
}

async function setUp(name: 'aes' | 'rsa' | 'kms', write: FormatName): Promise<Setup> {
  const keyrings: Record<typeof name, Keyring> = {
    aes: aesKeyring,
    rsa: rsaKeyring,
    kms: kmsKeyring('alias/diary'),
  };
  const scene = await createScene({ client: encryptionClient(keyrings[name], write) });
  if (name === 'kms') {
    const TargetKeyId = await scene.createKey();
    await scene.kms('CreateAlias', { AliasName: 'alias/diary', TargetKeyId });
  }
  const keys = {
    aes: { WrappingKey: toBase64(wrappingKey) },
    rsa: { WrappingKey: toBase64(rsa.privateKey), WrappingPublicKey: toBase64(rsa.publicKey) },
    kms: {},
  };
  return {
    scene,
    call: (operation, body, more = {}) =>
      scene.world.you.send(
        'client',
        operation,
        clientCall(operation, { Bucket: BUCKET, Key: KEY, ...keys[name], ...more }, body),
      ),
    changeMetadata(change) {
      const record = scene.stored(KEY);
      const metadata = { ...record.metadata };
      change(metadata);
      scene.storage.overwrite(scene.world.desk('storage'), `/${BUCKET}/${KEY}`, {
        body: record.body,
        metadata,
      });
    },
  };
}

const exception = (answer: HttpResponse): string | undefined =>
  answer.headers.exception
    ? (JSON.parse(toUtf8(answer.body)) as { message: string }).message
    : undefined;
const dataKeys = (scene: Scene) =>
  scene.world.trace().secrets.filter(({ kind }) => kind === 'data key');

const everyWay = (['aes', 'rsa', 'kms'] as const).flatMap((keyring) =>
  (['V2', 'V3'] as const).map((write) => [keyring, write] as const),
);

describe.each(everyWay)('with the %s keyring and %s', (keyring, write) => {
  it('gives back any object that was put, and S3 never sees it', async () => {
    const { scene, call } = await setUp(keyring, write);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const put = await call('PutObject', bytes);
        expect(put.status).toBe(200);
        const got = await call('GetObject');
        expect([...got.body]).toEqual([...bytes]);
      }),
      { numRuns: 10 },
    );
    scene.world.you.holds('object', object);
    await call('PutObject', object);
    await call('GetObject');
    const yours = ['you', 'client', 'kms', 'hsm'];
    for (const step of scene.world.trace().steps) {
      for (const [actor, known] of Object.entries(step.knows)) {
        if (yours.includes(actor)) continue;
        // What S3 itself adds is its own data key for SSE-S3.
        const own = known.filter((id) => id.startsWith('O') || id.startsWith('W'));
        expect([step.key, actor, own]).toEqual([step.key, actor, []]);
      }
    }
  });

  it('fails without a reason when a bit of the encrypted data key is another', async () => {
    const { scene, call, changeMetadata } = await setUp(keyring, write);
    await call('PutObject', object);
    const name = `${META}${write === 'V3' ? 'x-amz-3' : 'x-amz-key-v2'}`;
    const original = scene.stored(KEY).metadata[name] as string;
    for (const at of [0, 20, fromBase64(original).length - 1]) {
      const changed = fromBase64(original);
      changed[at] = (changed[at] as number) ^ 1;
      changeMetadata((metadata) => {
        metadata[name] = toBase64(changed);
      });
      const message = exception(await call('GetObject'));
      expect(message).toMatch(/^Unable to unwrap data key$|^KMS refused Decrypt: \w+Exception/);
    }
  });

  it('fails without a reason when a bit of the ciphertext is another', async () => {
    const { scene, call } = await setUp(keyring, write);
    await call('PutObject', object);
    // Through S3, which opens its own layer: a disk that rots would be S3's to notice.
    const sent = scene.news().find(({ key }) => key === 'client -> s3 PutObject');
    if (sent?.kind !== 'request') throw new Error('the client sent nothing');
    for (const at of [0, object.length, object.length + 15]) {
      const body = sent.message.body.slice();
      body[at] = (body[at] as number) ^ 1;
      const { 'x-amz-checksum-crc32': _crc, ...headers } = sent.message.headers;
      expect((await scene.put(KEY, body, headers)).status).toBe(200);
      expect(exception(await call('GetObject'))).toBe('Unable to decrypt object content');
    }
  });

  it('throws its own exception, not a bug, for any bytes in place of the encrypted data key', async () => {
    const { call, changeMetadata } = await setUp(keyring, write);
    await call('PutObject', object);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
        changeMetadata((metadata) => {
          metadata[`${META}${write === 'V3' ? 'x-amz-3' : 'x-amz-key-v2'}`] = toBase64(bytes);
        });
        expect(exception(await call('GetObject'))).toBeDefined();
      }),
      { numRuns: 25 },
    );
  });
});

describe('the encrypted data key', () => {
  it.each([
    ['V2', 'AES/GCM/NoPadding', 'x-amz-key-v2'],
    ['V3', '115', 'x-amz-3'],
  ] as const)(
    'of RSA and %s is length, data key and %s, opened by OpenSSL',
    async (write, name, header) => {
      const { scene, call } = await setUp('rsa', write);
      await call('PutObject', object);
      const wrapped = fromBase64(scene.stored(KEY).metadata[META + header] as string);
      const opened = privateDecrypt(
        {
          key: createPrivateKey({ key: JSON.parse(toUtf8(rsa.privateKey)), format: 'jwk' }),
          padding: constants.RSA_PKCS1_OAEP_PADDING,
          oaepHash: 'sha1',
        },
        wrapped,
      );
      const dataKey = dataKeys(scene)[0]?.bytes as Bytes;
      expect(opened).toEqual(Buffer.concat([Buffer.from([0x20]), dataKey, Buffer.from(name)]));
    },
  );

  it.each([
    ['V2', 'AES/GCM/NoPadding', 'x-amz-key-v2'],
    ['V3', '115', 'x-amz-3'],
  ] as const)(
    'of AES and %s opens in OpenSSL with %s as additional data',
    async (write, name, header) => {
      const { scene, call } = await setUp('aes', write);
      await call('PutObject', object);
      const wrapped = fromBase64(scene.stored(KEY).metadata[META + header] as string);
      expect(wrapped).toHaveLength(60);
      const opener = createDecipheriv('aes-256-gcm', wrappingKey, wrapped.subarray(0, 12));
      opener.setAAD(Buffer.from(name));
      opener.setAuthTag(wrapped.subarray(-16));
      const opened = Buffer.concat([opener.update(wrapped.subarray(12, -16)), opener.final()]);
      expect(opened).toEqual(Buffer.from(dataKeys(scene)[0]?.bytes as Bytes));
    },
  );
});

describe('the KMS keyring', () => {
  const stored = (scene: Scene, name: string): unknown =>
    JSON.parse((scene.stored(KEY).metadata as Headers)[META + name] as string);

  it.each([
    ['V2', 'AES/GCM/NoPadding', 'x-amz-matdesc', 'x-amz-wrap-alg', 'kms+context'],
    ['V3', '115', 'x-amz-t', 'x-amz-w', '12'],
  ] as const)(
    'of %s binds %s into the context and stores it',
    async (write, algorithm, name, wrap, value) => {
      const { scene, call } = await setUp('kms', write);
      await call('PutObject', object, { EncryptionContext: '{"mood":"schön"}' });
      expect(stored(scene, name)).toEqual({ mood: 'schön', 'aws:x-amz-cek-alg': algorithm });
      const { metadata } = scene.stored(KEY);
      expect(metadata[META + name]).toMatch(/^[ -~]+$/);
      expect(metadata[META + wrap]).toBe(value);
      expect((await call('GetObject')).status).toBe(200);
    },
  );

  it('refuses a reserved key in the context', async () => {
    const { call } = await setUp('kms', 'V3');
    const more = { EncryptionContext: '{"aws:x-amz-cek-alg":"115"}' };
    expect(exception(await call('PutObject', object, more))).toMatch(/reserved/);
  });

  it('refuses to read with a context other than the stored one, before asking KMS', async () => {
    const { scene, call } = await setUp('kms', 'V3');
    await call('PutObject', object, { EncryptionContext: '{"mood":"good"}' });
    scene.news();
    const more = { EncryptionContext: '{"mood":"bad"}' };
    expect(exception(await call('GetObject', undefined, more))).toBe(
      'Provided encryption context does not match information retrieved from S3',
    );
    expect(scene.news().map(({ key }) => key)).not.toContain('client -> kms Decrypt');
  });

  it('learns from KMS alone that the stored context was changed', async () => {
    const { call, changeMetadata } = await setUp('kms', 'V3');
    await call('PutObject', object, { EncryptionContext: '{"mood":"good"}' });
    changeMetadata((metadata) => {
      metadata[`${META}x-amz-t`] = '{"mood":"bad","aws:x-amz-cek-alg":"115"}';
    });
    expect(exception(await call('GetObject'))).toBe(
      'KMS refused Decrypt: InvalidCiphertextException',
    );
  });
});

describe('key commitment', () => {
  it('is checked before anything is decrypted', async () => {
    const { scene, call, changeMetadata } = await setUp('aes', 'V3');
    await call('PutObject', object);
    changeMetadata((metadata) => {
      metadata[`${META}x-amz-d`] = toBase64(new Uint8Array(28));
    });
    scene.news();
    expect(exception(await call('GetObject'))).toMatch(/^Key commitment validation failed\./);
    const keys = scene.news().map(({ key }) => key);
    expect(keys).toContain('client checks key commitment');
    expect(keys).not.toContain('client decrypts object');
  });
});

describe('content metadata', () => {
  it('that is missing, or of two versions at once, is refused', async () => {
    const { call, changeMetadata } = await setUp('aes', 'V3');
    await call('PutObject', object);
    changeMetadata((metadata) => {
      metadata[`${META}x-amz-key-v2`] = metadata[`${META}x-amz-3`] as string;
    });
    expect(exception(await call('GetObject'))).toMatch(/metadata/);
    changeMetadata((metadata) => {
      for (const name of ['x-amz-3', 'x-amz-key-v2']) delete metadata[META + name];
    });
    expect(exception(await call('GetObject'))).toMatch(/metadata/);
  });
});

describe('a plaintext data key', () => {
  it('is nobody’s when a call is done, but for what S3 keeps of its own', async () => {
    const { scene, call } = await setUp('kms', 'V3');
    for (const operation of ['PutObject', 'GetObject'] as const) {
      await call(operation, object);
      const last = scene.world.trace().steps.at(-1);
      for (const actor of ['client', 's3', 'kms', 'hsm', 'storage'] as const) {
        const keys = last?.knows[actor].filter((id) => /^[DE]/.test(id));
        expect([actor, keys]).toEqual([actor, []]);
      }
    }
  });
});
