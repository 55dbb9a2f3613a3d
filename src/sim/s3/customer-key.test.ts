import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8, toUtf8 } from '../crypto/bytes';
import { ANA } from '../names';
import { BUCKET, createScene, customerKeyHeaders, errorOf, type Scene } from '../testing/scene';
import type { Headers, HttpResponse } from '../types';

// facts §5.2, §5.3
const ALGORITHM = 'x-amz-server-side-encryption-customer-algorithm';
const KEY = 'x-amz-server-side-encryption-customer-key';
const MD5 = 'x-amz-server-side-encryption-customer-key-md5';
const object = fromUtf8('Dear diary');
const key = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
const good = customerKeyHeaders(key);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64');
const headers = (algorithm?: string, secret?: string, hash?: string): Headers =>
  Object.fromEntries(
    Object.entries({ [ALGORITHM]: algorithm, [KEY]: secret, [MD5]: hash }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
const short = key.slice(0, 16);
const other = Uint8Array.from(key).fill(9);

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
  await scene.configure({ blocksSseC: false });
});

function expectError(
  answer: HttpResponse,
  status: number,
  code: string,
  message: string,
  argument?: string,
): void {
  const error = errorOf(answer);
  expect(answer.status).toBe(status);
  expect(error).toMatchObject({ Code: code, Message: message });
  expect([error.ArgumentName, error.ArgumentValue]).toEqual(
    argument === undefined ? [undefined, undefined] : ['x-amz-server-side-encryption', argument],
  );
}

describe('a PUT with SSE-C', () => {
  it('answers with algorithm and MD5 of the key, and with no x-amz-server-side-encryption', async () => {
    const answer = await scene.put('a', object, good);
    expect(answer.status).toBe(200);
    expect(
      Object.keys(answer.headers)
        .filter((name) => name.includes('encryption'))
        .sort(),
    ).toEqual([ALGORITHM, MD5]);
    expect(answer.headers).toMatchObject({ [ALGORITHM]: 'AES256', [MD5]: md5(key) });
  });

  const invalid = 'InvalidArgument';
  it.each<[string, Headers, string, string, string]>([
    [
      'asks for SSE-S3 as well',
      { ...good, 'x-amz-server-side-encryption': 'AES256' },
      invalid,
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      'AES256',
    ],
    [
      'asks for SSE-S3 as well, before anything else is looked at',
      { ...headers('ROT13', 'x', 'y'), 'x-amz-server-side-encryption': 'AES256' },
      invalid,
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      'AES256',
    ],
    [
      'names another algorithm',
      headers('AES128', base64(key), md5(key)),
      'InvalidEncryptionAlgorithmError',
      'The Encryption request you specified is not valid. Supported value: AES256.',
      'AES128',
    ],
    [
      'names no algorithm',
      headers(undefined, base64(key), md5(key)),
      invalid,
      'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
      'null',
    ],
    [
      'brings an MD5 only',
      headers(undefined, undefined, md5(key)),
      invalid,
      'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
      'null',
    ],
    [
      'brings no key',
      headers('AES256', undefined, md5(key)),
      invalid,
      'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.',
      'null',
    ],
    [
      'brings an MD5 of another key',
      headers('AES256', base64(key), md5(other)),
      invalid,
      'The calculated MD5 hash of the key did not match the hash that was provided.',
      'null',
    ],
    [
      'brings a short key with a wrong MD5: the MD5 is looked at first',
      headers('AES256', base64(short), md5(key)),
      invalid,
      'The calculated MD5 hash of the key did not match the hash that was provided.',
      'null',
    ],
    [
      'brings a short key with its MD5',
      headers('AES256', base64(short), md5(short)),
      invalid,
      'The secret key was invalid for the specified algorithm.',
      'null',
    ],
    [
      'brings a long key with its MD5',
      headers('AES256', base64(new Uint8Array(33)), md5(new Uint8Array(33))),
      invalid,
      'The secret key was invalid for the specified algorithm.',
      'null',
    ],
    [
      'brings an empty key',
      headers('AES256', '', md5(new Uint8Array(0))),
      invalid,
      'The secret key was invalid - too short.',
      'null',
    ],
    [
      'brings a key that is not base64',
      headers('AES256', '!'.repeat(44), md5(key)),
      invalid,
      'The secret key was invalid - too short.',
      'null',
    ],
    [
      'brings no MD5',
      headers('AES256', base64(key)),
      invalid,
      'Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.',
      'null',
    ],
  ])('is refused when it %s', async (_what, sent, code, message, argument) => {
    expectError(await scene.put('a', object, sent), 400, code, message, argument);
    expect(() => scene.stored('a')).toThrow();
  });
});

const NEEDED =
  'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.';
const WRONG =
  'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.';

describe('a GET of an SSE-C object', () => {
  beforeEach(async () => {
    await scene.put('a', object, good);
  });

  it('gives it back for the right key, also without the MD5', async () => {
    for (const sent of [good, headers('AES256', base64(key))]) {
      const answer = await scene.get('a', sent);
      expect([answer.status, toUtf8(answer.body)]).toEqual([200, 'Dear diary']);
      expect(answer.headers).toMatchObject({ [ALGORITHM]: 'AES256', [MD5]: md5(key) });
      expect(answer.headers).not.toHaveProperty('x-amz-server-side-encryption');
      expect(answer.headers).not.toHaveProperty(KEY);
    }
  });

  it.each<[string, Headers, number, string, string]>([
    ['no key', {}, 400, 'InvalidRequest', NEEDED],
    ['another key', customerKeyHeaders(other), 403, 'AccessDenied', WRONG],
    ['a key that is too short', customerKeyHeaders(short), 403, 'AccessDenied', WRONG],
  ])('is refused with %s', async (_what, sent, status, code, message) => {
    expectError(await scene.get('a', sent), status, code, message);
    const head = await scene.s3('HEAD', '/a', sent);
    expect([head.status, head.body.length]).toEqual([status, 0]);
  });

  it('is refused with an MD5 of another key', async () => {
    expectError(
      await scene.get('a', headers('AES256', base64(key), md5(other))),
      400,
      'InvalidArgument',
      'The calculated MD5 hash of the key did not match the hash that was provided.',
      'null',
    );
  });
});

describe('other requests about an SSE-C object', () => {
  it('HEAD needs the key and answers like GET, without the object', async () => {
    await scene.put('a', object, good);
    const [get, head] = [await scene.get('a', good), await scene.s3('HEAD', '/a', good)];
    expect(head.body).toHaveLength(0);
    const { 'x-amz-request-id': _one, date: _then, ...described } = get.headers;
    expect(head.headers).toMatchObject(described);
    expect(head.headers['content-length']).toBe('10');
  });

  it('DELETE needs no key', async () => {
    await scene.put('a', object, good);
    expect((await scene.s3('DELETE', '/a')).status).toBe(204);
    expect((await scene.get('a', good)).status).toBe(404);
  });

  it('SSE-C headers on an object of another kind are refused', async () => {
    await scene.put('b', object);
    const message = 'The encryption parameters are not applicable to this object.';
    expectError(await scene.get('b', good), 400, 'InvalidRequest', message);
    expect((await scene.s3('HEAD', '/b', good)).body).toHaveLength(0);
  });
});

describe('a bucket that blocks SSE-C', () => {
  const text = `User: ${ANA} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${BUCKET}/a" because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`;

  it('is every new bucket', async () => {
    const fresh = await createScene();
    expectError(await fresh.put('a', object, good), 403, 'AccessDenied', text);
  });

  it('refuses before it looks at the key', async () => {
    await scene.configure({ blocksSseC: true });
    expectError(await scene.put('a', object, headers('ROT13')), 403, 'AccessDenied', text);
  });

  it('still lets objects be read that are there', async () => {
    await scene.put('a', object, good);
    await scene.configure({ blocksSseC: true });
    expect(toUtf8((await scene.get('a', good)).body)).toBe('Dear diary');
  });

  it('takes every other kind of encryption', async () => {
    await scene.configure({ blocksSseC: true });
    expect((await scene.put('a', object)).status).toBe(200);
  });
});
