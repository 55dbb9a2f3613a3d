import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { EMPTY, fromUtf8, toUtf8 } from '../crypto/bytes';
import { createScene, customerKeyHeaders, errorOf, type Scene } from '../testing/scene';
import { spanOf } from './ranges';

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

const object = fromUtf8('0123456789');

describe('a range', () => {
  it('is what Buffer.subarray gives, for any first and last byte', () => {
    const byte = fc.nat({ max: 60 });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), byte, byte, (bytes, a, b) => {
        fc.pre(a <= b && a < bytes.length);
        const span = spanOf(`bytes=${a}-${b}`, bytes.length);
        expect(bytes.slice(span?.start, span?.end)).toEqual(bytes.subarray(a, b + 1));
        const suffix = spanOf(`bytes=-${a + 1}`, bytes.length);
        expect(bytes.slice(suffix?.start, suffix?.end)).toEqual(bytes.subarray(-(a + 1)));
      }),
    );
  });

  it.each([
    ['bytes=0-3', '0123', '0-3'],
    ['bytes=4-', '456789', '4-9'],
    ['bytes=-3', '789', '7-9'],
    ['bytes=-99', '0123456789', '0-9'],
    ['bytes=8-99', '89', '8-9'],
  ])('%s is %j', async (range, text, shown) => {
    await scene.put('a', object);
    const get = await scene.get('a', { range });
    expect([get.status, toUtf8(get.body)]).toEqual([206, text]);
    expect(get.headers).toMatchObject({
      'content-range': `bytes ${shown}/10`,
      'content-length': String(text.length),
      etag: '"781e5e245d69b566979b86e28d23f2c7"',
    });
    const head = await scene.s3('HEAD', '/a', { range });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([
      206,
      String(text.length),
      0,
    ]);
  });

  it.each(['bytes=4-2', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=-', 'bytes=a-b', ''])(
    'that S3 does not understand is the whole object: %j',
    async (range) => {
      await scene.put('a', object);
      const get = await scene.get('a', { range });
      expect([get.status, toUtf8(get.body)]).toEqual([200, '0123456789']);
      expect(get.headers).not.toHaveProperty('content-range');
    },
  );

  it.each(['bytes=10-', 'bytes=10-12', 'bytes=-0'])('past the end is a 416: %s', async (range) => {
    await scene.put('a', object);
    const get = await scene.get('a', { range });
    expect(get.status).toBe(416);
    expect(errorOf(get)).toMatchObject({
      Code: 'InvalidRange',
      Message: 'The requested range is not satisfiable',
      RangeRequested: range,
      ActualObjectSize: '10',
    });
  });

  it('of an object with nothing in it is a 416', async () => {
    await scene.put('a', EMPTY);
    expect((await scene.get('a', { range: 'bytes=0-' })).status).toBe(416);
  });

  it('is cut from the decrypted object: the whole of it is checked first', async () => {
    await scene.configure({ blocksSseC: false });
    const key = customerKeyHeaders(new Uint8Array(32));
    await scene.put('a', object, key);
    const get = await scene.get('a', { ...key, range: 'bytes=2-4' });
    expect([get.status, toUtf8(get.body)]).toEqual([206, '234']);
    const { body, metadata } = scene.stored('a');
    body[9] = (body[9] as number) ^ 1;
    scene.storage.overwrite(scene.world.desk('storage'), '/diary/a', { body, metadata });
    expect((await scene.get('a', { ...key, range: 'bytes=2-4' })).status).toBe(500);
  });
});

describe('partNumber', () => {
  it('of an object that came in one piece is 1', async () => {
    await scene.put('a', object);
    const get = await scene.s3('GET', '/a?partNumber=1');
    expect([get.status, toUtf8(get.body)]).toEqual([206, '0123456789']);
    expect(get.headers['content-range']).toBe('bytes 0-9/10');
    const second = await scene.s3('GET', '/a?partNumber=2');
    expect(second.status).toBe(416);
    expect(errorOf(second)).toMatchObject({
      Code: 'InvalidPartNumber',
      Message: 'The requested partnumber is not satisfiable',
      ActualPartCount: '1',
    });
  });

  it('does not go with a range, and is a number', async () => {
    await scene.put('a', object);
    const both = await scene.s3('GET', '/a?partNumber=1', { range: 'bytes=0-1' });
    expect([both.status, errorOf(both).Code]).toEqual([400, 'InvalidRequest']);
    for (const text of ['0', 'x', '10001', '-1']) {
      const answer = await scene.s3('GET', `/a?partNumber=${text}`);
      expect([answer.status, errorOf(answer).Message]).toEqual([
        400,
        'Part number must be an integer between 1 and 10000, inclusive',
      ]);
    }
  });
});
