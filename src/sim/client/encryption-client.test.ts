import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromUtf8, toBase64 } from '../crypto/bytes';
import { createClientScene, exceptionOf, KEY } from '../testing/client-scene';
import type { Step } from '../types';

const object = fromUtf8('Dear diary, this one only I can read.');
const edkName = { V2: 'x-amz-key-v2', V3: 'x-amz-3' };

const everyWay = (['aes', 'rsa', 'kms'] as const).flatMap((keyring) =>
  (['V2', 'V3'] as const).map((write) => [keyring, write] as const),
);

describe.each(everyWay)('with the %s keyring and %s', (keyring, write) => {
  it('gives back any object that was put', async () => {
    const { call } = await createClientScene(keyring, write);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await call('PutObject', bytes)).status).toBe(200);
        const got = await call('GetObject');
        expect([...got.body]).toEqual([...bytes]);
        expect(got.headers['content-length']).toBe(String(bytes.length));
      }),
      { numRuns: 10 },
    );
  });

  it('shows S3 and the disks neither the object, nor its data key, nor a wrapping key', async () => {
    const { scene, call } = await createClientScene(keyring, write);
    scene.world.you.holds('object', object);
    await call('PutObject', object);
    await call('GetObject');
    const { steps, secrets } = scene.world.trace();
    const sealing = steps.find(({ key }) => key === 'client encrypts object');
    const ofClient = sealing?.knows.client ?? [];
    expect(ofClient.length).toBeGreaterThan(1);
    const yours = secrets.filter(
      ({ id, kind }) => kind === 'wrapping key' || ofClient.includes(id),
    );
    for (const step of steps) {
      const seen = yours.filter(({ id }) =>
        (['s3', 's3-keys', 'storage'] as const).some((actor) => step.knows[actor].includes(id)),
      );
      expect([step.key, seen]).toEqual([step.key, []]);
    }
  });

  it('has forgotten every key before it sends the object, and before it gives it back', async () => {
    const { scene, call } = await createClientScene(keyring, write);
    const held = (step: Step | undefined) => step?.knows.client.filter((id) => /^[DE]/.test(id));
    scene.news();
    await call('PutObject', object);
    const put = scene.news();
    expect(held(put.find(({ key }) => key === 'client encrypts object'))).not.toEqual([]);
    expect(held(put.find(({ key }) => key === 'client -> s3 PutObject'))).toEqual([]);
    await call('GetObject');
    const get = scene.news();
    expect(held(get.find(({ key }) => key === 'client decrypts object'))).not.toEqual([]);
    const last = get.at(-2);
    expect([last?.key, held(last)]).toEqual(['client forgets data key', []]);
    expect(get.at(-1)?.key).toBe('you <- client GetObject');
  });

  it('fails without a reason when a bit of the encrypted data key is another', async () => {
    const { call, metadata, changeMetadata } = await createClientScene(keyring, write);
    await call('PutObject', object);
    const original = metadata()[edkName[write]] as string;
    for (const at of [0, 20, fromBase64(original).length - 1]) {
      const changed = fromBase64(original);
      changed[at] = (changed[at] as number) ^ 1;
      changeMetadata({ [edkName[write]]: toBase64(changed) });
      const message = exceptionOf(await call('GetObject'));
      expect(message).toMatch(/^Unable to unwrap data key$|^KMS refused Decrypt: \w+Exception/);
    }
  });

  it('fails without a reason when a bit of the ciphertext is another', async () => {
    const { scene, call } = await createClientScene(keyring, write);
    await call('PutObject', object);
    // Sent through S3, which opens its own layer: a disk that rots would be S3's to notice.
    const sent = scene.news().find(({ key }) => key === 'client -> s3 PutObject');
    if (sent?.kind !== 'request') throw new Error('the client sent nothing');
    for (const at of [0, object.length, object.length + 15]) {
      const body = sent.message.body.slice();
      body[at] = (body[at] as number) ^ 1;
      const { 'x-amz-checksum-crc32': _crc, ...headers } = sent.message.headers;
      expect((await scene.put(KEY, body, headers)).status).toBe(200);
      expect(exceptionOf(await call('GetObject'))).toBe('Unable to decrypt object content');
    }
  });

  it('throws its own exception, not a bug, for any bytes in place of the encrypted data key', async () => {
    const { call, changeMetadata } = await createClientScene(keyring, write);
    await call('PutObject', object);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
        changeMetadata({ [edkName[write]]: toBase64(bytes) });
        expect(exceptionOf(await call('GetObject'))).toBeDefined();
      }),
      { numRuns: 25 },
    );
  });

  it('throws its own exception for an iv or message id that is none', async () => {
    const { call, changeMetadata } = await createClientScene(keyring, write);
    await call('PutObject', object);
    const name = write === 'V2' ? 'x-amz-iv' : 'x-amz-i';
    for (const value of ['', 'AAAA', toBase64(new Uint8Array(40)), 'not base64', undefined]) {
      changeMetadata({ [name]: value });
      expect([value, exceptionOf(await call('GetObject'))]).toEqual([value, expect.any(String)]);
    }
  });
});

describe('key commitment', () => {
  it('is checked before anything is decrypted', async () => {
    const { scene, call, changeMetadata } = await createClientScene('aes', 'V3');
    await call('PutObject', object);
    changeMetadata({ 'x-amz-d': toBase64(new Uint8Array(28)) });
    scene.news();
    expect(exceptionOf(await call('GetObject'))).toMatch(/^Key commitment validation failed\./);
    const keys = scene.news().map(({ key }) => key);
    expect(keys).toContain('client checks key commitment');
    expect(keys).not.toContain('client decrypts object');
  });
});

describe('content metadata', () => {
  it('of no version, or of two at once, is refused', async () => {
    const { call, metadata, changeMetadata } = await createClientScene('aes', 'V3');
    await call('PutObject', object);
    changeMetadata({ 'x-amz-key-v2': metadata()['x-amz-3'] });
    expect(exceptionOf(await call('GetObject'))).toBe(
      'The object carries content metadata of more than one version',
    );
    changeMetadata({ 'x-amz-3': undefined, 'x-amz-key-v2': undefined });
    expect(exceptionOf(await call('GetObject'))).toBe(
      'The object carries no content metadata of the S3 Encryption Client',
    );
  });

  it.each(['aes', 'rsa'] as const)(
    'does not turn a V3 object into a V2 one: the %s keyring bound the key to its format',
    async (keyring) => {
      const { call, metadata, changeMetadata } = await createClientScene(keyring, 'V3');
      await call('PutObject', object);
      changeMetadata({
        'x-amz-key-v2': metadata()['x-amz-3'],
        'x-amz-iv': toBase64(new Uint8Array(12).fill(1)),
        ...Object.fromEntries(
          ['x-amz-3', 'x-amz-w', 'x-amz-c', 'x-amz-d', 'x-amz-i'].map((name) => [name, undefined]),
        ),
      });
      expect(exceptionOf(await call('GetObject'))).toBe('Unable to unwrap data key');
    },
  );
});
