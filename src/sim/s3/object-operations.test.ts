import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8, toUtf8 } from '../crypto/bytes';
import { createScene, customerKeyHeaders, errorOf, type Scene } from '../testing/scene';
import type { Headers, HttpResponse } from '../types';

const SSE = 'x-amz-server-side-encryption';
const CRC = 'x-amz-checksum-crc32';
const object = fromUtf8('test-sse');

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
  await scene.configure({ blocksSseC: false });
});

/** Without what differs each time. */
const lasting = ({ headers }: HttpResponse): Headers => {
  const { 'x-amz-request-id': id, date, ...rest } = headers;
  expect(id).toMatch(/^[A-Z0-9]{16}$/);
  expect(date).toBe('Mon, 23 Nov 2026 09:00:00 GMT');
  return rest;
};

describe('the ETag', () => {
  it('is the MD5 of the object under SSE-S3, in PUT, GET and HEAD (facts §1.4)', async () => {
    const etag = `"${createHash('md5').update('test-sse').digest('hex')}"`;
    expect(etag).toBe('"42832cdec7083e70a9cd6f2d5852e004"');
    const answers = [
      await scene.put('a', object),
      await scene.get('a'),
      await scene.s3('HEAD', '/a'),
    ];
    expect(answers.map(({ headers }) => headers.etag)).toEqual([etag, etag, etag]);
  });

  it.each<[string, Headers]>([
    ['SSE-KMS', { [SSE]: 'aws:kms' }],
    ['DSSE-KMS', { [SSE]: 'aws:kms:dsse' }],
    ['SSE-C', customerKeyHeaders(new Uint8Array(32))],
  ])('is no MD5, and another at each PUT, under %s', async (_name, headers) => {
    const etags = new Set(['"42832cdec7083e70a9cd6f2d5852e004"']);
    for (let i = 0; i < 3; i++) {
      const { etag } = (await scene.put('a', object, headers)).headers;
      expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
      etags.add(etag as string);
    }
    expect(etags.size).toBe(4);
  });
});

describe('PUT, GET and HEAD', () => {
  it('answer with these headers and no others', async () => {
    const etag = '"42832cdec7083e70a9cd6f2d5852e004"';
    const put = await scene.put('a', object, {
      'content-type': 'text/plain',
      'x-amz-meta-mood': 'good',
    });
    expect([put.status, put.body.length, lasting(put)]).toEqual([
      200,
      0,
      {
        etag,
        [SSE]: 'AES256',
        'x-amz-checksum-crc64nvme': 'Kr7StX/uFlQ=',
        'x-amz-checksum-type': 'FULL_OBJECT',
      },
    ]);
    const described = {
      etag,
      [SSE]: 'AES256',
      'content-length': '8',
      'content-type': 'text/plain',
      'last-modified': 'Mon, 23 Nov 2026 09:00:00 GMT',
      'x-amz-meta-mood': 'good',
    };
    const get = await scene.get('a');
    expect([get.status, toUtf8(get.body), lasting(get)]).toEqual([200, 'test-sse', described]);
    const head = await scene.s3('HEAD', '/a');
    expect([head.status, head.body.length, lasting(head)]).toEqual([200, 0, described]);
  });

  it('verify a CRC-32 sent along, and answer with it', async () => {
    const good = await scene.put('a', fromUtf8('123456789'), { [CRC]: 'y/Q5Jg==' });
    expect(good.headers).toMatchObject({ [CRC]: 'y/Q5Jg==', 'x-amz-checksum-type': 'FULL_OBJECT' });
    const bad = await scene.put('b', fromUtf8('123456780'), { [CRC]: 'y/Q5Jg==' });
    expect([bad.status, errorOf(bad).Code]).toEqual([400, 'BadDigest']);
    expect(() => scene.stored('b')).toThrow();
    expect((await scene.get('a')).headers).not.toHaveProperty(CRC);
  });

  it('replace an object, whatever it was encrypted with before', async () => {
    await scene.put('a', object, customerKeyHeaders(new Uint8Array(32)));
    await scene.put('a', fromUtf8('second'));
    expect(toUtf8((await scene.get('a')).body)).toBe('second');
  });
});

describe('an object that is not there', () => {
  it('is a 404 with its key for GET, and a 404 without a body for HEAD', async () => {
    const get = await scene.get('nothing here');
    expect(get.status).toBe(404);
    expect(errorOf(get)).toMatchObject({
      Code: 'NoSuchKey',
      Message: 'The specified key does not exist.',
      Key: 'nothing here',
    });
    const head = await scene.s3('HEAD', '/nothing');
    expect([head.status, head.body.length]).toEqual([404, 0]);
  });

  it('can be deleted all the same', async () => {
    const answer = await scene.s3('DELETE', '/nothing');
    expect([answer.status, answer.body.length]).toEqual([204, 0]);
  });
});

describe('DELETE', () => {
  it('takes the object off the disks, and what they have of it', async () => {
    await scene.put('a', object);
    expect((await scene.s3('DELETE', '/a')).status).toBe(204);
    expect((await scene.get('a')).status).toBe(404);
    expect(scene.world.trace().steps.at(-1)?.has.storage).toEqual([]);
  });
});

describe('an error', () => {
  it('is XML with a request id that is in the headers too', async () => {
    const answer = await scene.get('nothing');
    expect(answer.headers['content-type']).toBe('application/xml');
    expect(errorOf(answer)).toMatchObject({
      Resource: '/nothing',
      RequestId: answer.headers['x-amz-request-id'],
    });
  });

  it('of a path that is no percent-encoded UTF-8 is S3’s, not a bug of ours', async () => {
    for (const path of ['/%', '/%zz', '/%ff']) {
      const answer = await scene.s3('GET', path);
      expect([answer.status, errorOf(answer).Code]).toEqual([400, 'InvalidURI']);
    }
  });
});
