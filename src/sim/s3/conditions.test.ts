import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8, toUtf8 } from '../crypto/bytes';
import { createScene, errorOf, type Scene } from '../testing/scene';

const object = fromUtf8('Dear diary');
const EARLIER = 'Sun, 22 Nov 2026 09:00:00 GMT';
const THEN = 'Mon, 23 Nov 2026 09:00:00 GMT';
const LATER = 'Tue, 24 Nov 2026 09:00:00 GMT';

let scene: Scene;
let etag: string;
beforeEach(async () => {
  scene = await createScene();
  etag = (await scene.put('a', object)).headers.etag as string;
});

describe('a conditional read', () => {
  it.each<[string, (etag: string) => Record<string, string>, number]>([
    ['If-Match, the same', (e) => ({ 'if-match': e }), 200],
    ['If-Match without quotes', (e) => ({ 'if-match': e.replaceAll('"', '') }), 200],
    ['If-Match: *', () => ({ 'if-match': '*' }), 200],
    ['If-Match, one of several', (e) => ({ 'if-match': `"x", ${e}` }), 200],
    ['If-Match, another', () => ({ 'if-match': '"x"' }), 412],
    ['If-None-Match, the same', (e) => ({ 'if-none-match': e }), 304],
    ['If-None-Match, another', () => ({ 'if-none-match': '"x"' }), 200],
    ['If-Modified-Since, earlier', () => ({ 'if-modified-since': EARLIER }), 200],
    ['If-Modified-Since, the same second', () => ({ 'if-modified-since': THEN }), 304],
    ['If-Modified-Since, later', () => ({ 'if-modified-since': LATER }), 304],
    ['If-Unmodified-Since, earlier', () => ({ 'if-unmodified-since': EARLIER }), 412],
    ['If-Unmodified-Since, later', () => ({ 'if-unmodified-since': LATER }), 200],
    ['a date that is none', () => ({ 'if-modified-since': 'yesterday' }), 200],
    [
      'If-Match that holds beside If-Unmodified-Since that does not',
      (e) => ({ 'if-match': e, 'if-unmodified-since': EARLIER }),
      200,
    ],
    [
      'If-None-Match that fails beside If-Modified-Since that holds',
      (e) => ({ 'if-none-match': e, 'if-modified-since': EARLIER }),
      304,
    ],
  ])('%s', async (_name, headers, status) => {
    const get = await scene.get('a', headers(etag));
    const head = await scene.s3('HEAD', '/a', headers(etag));
    expect([get.status, head.status]).toEqual([status, status]);
    if (status === 200) expect(toUtf8(get.body)).toBe('Dear diary');
    if (status !== 200) expect(head.body.length).toBe(0);
    if (status === 304) expect([get.body.length, get.headers.etag]).toEqual([0, etag]);
    if (status === 412)
      expect(errorOf(get)).toMatchObject({
        Code: 'PreconditionFailed',
        Message: 'At least one of the pre-conditions you specified did not hold',
        Condition: headers(etag)['if-match'] ? 'If-Match' : 'If-Unmodified-Since',
      });
  });
});

describe('a conditional write', () => {
  it('with If-None-Match: * happens only where nothing is', async () => {
    const again = await scene.put('a', fromUtf8('second'), { 'if-none-match': '*' });
    expect(again.status).toBe(412);
    expect(errorOf(again)).toMatchObject({
      Code: 'PreconditionFailed',
      Condition: 'If-None-Match',
    });
    expect(toUtf8((await scene.get('a')).body)).toBe('Dear diary');
    expect((await scene.put('b', object, { 'if-none-match': '*' })).status).toBe(200);
  });

  it('with If-Match happens only over that very object', async () => {
    const other = await scene.put('a', object, { 'if-match': '"x"' });
    expect([other.status, errorOf(other).Condition]).toEqual([412, 'If-Match']);
    expect((await scene.put('a', fromUtf8('second'), { 'if-match': etag })).status).toBe(200);
    const nothing = await scene.put('b', object, { 'if-match': etag });
    expect([nothing.status, errorOf(nothing).Code]).toEqual([404, 'NoSuchKey']);
  });

  it('takes no other If-None-Match', async () => {
    const answer = await scene.put('a', object, { 'if-none-match': etag });
    expect([answer.status, errorOf(answer).Code]).toEqual([501, 'NotImplemented']);
  });
});

describe('content headers', () => {
  const sent = {
    'content-type': 'text/plain',
    'cache-control': 'no-store',
    'content-disposition': 'attachment; filename="a.txt"',
    'content-encoding': 'gzip',
    'content-language': 'de',
    expires: LATER,
  };

  it('are kept and given back', async () => {
    await scene.put('a', object, sent);
    expect((await scene.get('a')).headers).toMatchObject(sent);
    expect((await scene.s3('HEAD', '/a')).headers).toMatchObject(sent);
  });

  it('give way to those that the query asks for', async () => {
    await scene.put('a', object, sent);
    const query = new URLSearchParams({
      'response-content-type': 'text/html',
      'response-content-language': 'en',
      'response-expires': EARLIER,
      'response-cache-control': 'public',
      'response-content-disposition': 'inline',
      'response-content-encoding': 'br',
    });
    expect((await scene.s3('GET', `/a?${query}`)).headers).toMatchObject({
      'content-type': 'text/html',
      'content-language': 'en',
      expires: EARLIER,
      'cache-control': 'public',
      'content-disposition': 'inline',
      'content-encoding': 'br',
    });
  });

  it('are 2 KiB of user metadata at most', async () => {
    const at = (length: number) =>
      scene.put('a', object, { 'x-amz-meta-m': 'x'.repeat(length - 1) });
    expect((await at(2048)).status).toBe(200);
    const answer = await at(2049);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      Code: 'MetadataTooLarge',
      Message: 'Your metadata headers exceed the maximum allowed metadata size',
    });
  });
});
