import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { beforeEach, describe, expect, it } from 'vitest';
import { EMPTY, fromUtf8, toUtf8 } from '../crypto/bytes';
import { createScene, errorOf, type Scene } from '../testing/scene';
import { bucketHost } from './address';
import { byUtf8 } from './key-index';
import { pageOf } from './pages';

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ['Contents', 'CommonPrefixes', 'Bucket'].includes(name),
});

interface Listing {
  readonly Contents?: { Key: string; Size: string; ETag: string; LastModified: string }[];
  readonly CommonPrefixes?: { Prefix: string }[];
  readonly [name: string]: unknown;
}

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

async function list(query: Record<string, string> = {}): Promise<Listing> {
  const answer = await scene.s3('GET', `/?${new URLSearchParams({ 'list-type': '2', ...query })}`);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/xml']);
  return (parser.parse(toUtf8(answer.body)) as { ListBucketResult: Listing }).ListBucketResult;
}
const keysOf = (listing: Listing) => (listing.Contents ?? []).map(({ Key }) => Key);
const prefixesOf = (listing: Listing) => (listing.CommonPrefixes ?? []).map((p) => p.Prefix);
const putAll = async (...keys: string[]) => {
  for (const key of keys) await scene.put(key, fromUtf8(key));
};

describe('the order of keys', () => {
  it('is that of their UTF-8 bytes', () => {
    const any = fc.string({ unit: 'grapheme', maxLength: 8 });
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(Math.sign(byUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(['\u{1f510}', '\uffee', 'z'].sort(byUtf8)).toEqual(['z', '\uffee', '\u{1f510}']);
  });
});

describe('pages', () => {
  const names = fc.uniqueArray(
    fc.string({ unit: fc.constantFrom('a', 'b', '/', '🔐', '\uffee'), minLength: 1, maxLength: 6 }),
    { maxLength: 30 },
  );
  const some = fc.constantFrom('', 'a', 'b/', '/', 'ab');

  it('follow one another without a gap and without an overlap, whatever their size', () => {
    fc.assert(
      fc.property(
        names,
        some,
        fc.constantFrom('', '/', 'a/'),
        fc.integer({ min: 1, max: 5 }),
        (unsorted, prefix, delimiter, size) => {
          const sorted = unsorted.sort(byUtf8);
          const whole = pageOf(sorted, { prefix, delimiter, after: undefined, size: 999 }, byUtf8);
          const found: string[] = [];
          const rolled: string[] = [];
          let after: ReturnType<typeof pageOf>['next'];
          do {
            const page = pageOf(sorted, { prefix, delimiter, after, size }, byUtf8);
            expect(page.names.length + page.commonPrefixes.length).toBeLessThanOrEqual(size);
            found.push(...page.names);
            rolled.push(...page.commonPrefixes);
            after = page.next;
          } while (after);
          expect([found, rolled]).toEqual([whole.names, whole.commonPrefixes]);
          const under = sorted.filter((name) => name.startsWith(prefix));
          const inRolled = under.filter((name) => rolled.some((p) => name.startsWith(p)));
          expect([...found, ...inRolled].sort(byUtf8)).toEqual(under);
        },
      ),
    );
  });
});

describe('ListObjectsV2', () => {
  it('shows key, size, ETag and date from the index, and reads no object', async () => {
    await putAll('b', 'a');
    scene.news();
    const listing = await list();
    expect(scene.news().map(({ key }) => key)).toEqual([
      'you -> s3 ListObjectsV2',
      's3 authorises request',
      'you <- s3 ListObjectsV2',
    ]);
    expect(listing).toMatchObject({
      Name: 'diary',
      Prefix: '',
      KeyCount: '2',
      MaxKeys: '1000',
      IsTruncated: 'false',
    });
    expect(listing.Contents?.[0]).toEqual({
      Key: 'a',
      LastModified: '2026-11-23T09:00:00.000Z',
      ETag: '"0cc175b9c0f1b6a831c399e269772661"',
      ChecksumAlgorithm: 'CRC64NVME',
      ChecksumType: 'FULL_OBJECT',
      Size: '1',
      StorageClass: 'STANDARD',
    });
  });

  it('says nothing of how an object is encrypted (facts §1.1)', async () => {
    await scene.put('a', fromUtf8('x'), { 'x-amz-server-side-encryption': 'aws:kms' });
    const answer = await scene.s3('GET', '/?list-type=2');
    expect(toUtf8(answer.body)).not.toMatch(/kms|encrypt/i);
  });

  it('rolls keys up at a delimiter', async () => {
    await putAll('a', 'photos/1', 'photos/2', 'photos/old/1', 'z/1');
    const top = await list({ delimiter: '/' });
    expect([keysOf(top), prefixesOf(top), top.KeyCount]).toEqual([['a'], ['photos/', 'z/'], '3']);
    const below = await list({ delimiter: '/', prefix: 'photos/' });
    expect([keysOf(below), prefixesOf(below)]).toEqual([['photos/1', 'photos/2'], ['photos/old/']]);
  });

  it('goes on where the last page ended', async () => {
    await putAll('a', 'b/1', 'b/2', 'c', 'd');
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const more = token === undefined ? {} : { 'continuation-token': token };
      const page = await list({ 'max-keys': '1', delimiter: '/', ...more });
      seen.push(...keysOf(page), ...prefixesOf(page));
      token = page.NextContinuationToken as string | undefined;
      expect(page.IsTruncated).toBe(String(token !== undefined));
    } while (token !== undefined);
    expect(seen).toEqual(['a', 'b/', 'c', 'd']);
  });

  it('begins after a key, which need not be there', async () => {
    await putAll('a', 'b', 'c');
    expect(keysOf(await list({ 'start-after': 'aa' }))).toEqual(['b', 'c']);
    expect(keysOf(await list({ 'start-after': 'b' }))).toEqual(['c']);
  });

  it('with max-keys=0 shows nothing and is not truncated', async () => {
    await putAll('a');
    const listing = await list({ 'max-keys': '0' });
    expect([keysOf(listing), listing.IsTruncated, listing.KeyCount]).toEqual([[], 'false', '0']);
  });

  it('writes names percent-encoded on request', async () => {
    await putAll('a b/ä+&');
    const listing = await list({ 'encoding-type': 'url', prefix: 'a ' });
    expect([keysOf(listing), listing.Prefix, listing.EncodingType]).toEqual([
      ['a+b/%C3%A4%2B%26'],
      'a+',
      'url',
    ]);
  });

  it('no longer shows what was deleted', async () => {
    await putAll('a', 'b');
    await scene.s3('DELETE', '/a');
    expect(keysOf(await list())).toEqual(['b']);
  });

  it.each([
    [{ 'max-keys': '-1' }, 'Provided max-keys not an integer or within integer range'],
    [{ 'max-keys': 'x' }, 'Provided max-keys not an integer or within integer range'],
    [{ 'encoding-type': 'x' }, 'Invalid Encoding Method specified in Request'],
    [{ 'continuation-token': 'x' }, 'The continuation token provided is incorrect'],
    [{ 'list-type': '3' }, 'Invalid List Type specified in Request'],
  ])('refuses %j', async (query, message) => {
    const path = `/?${new URLSearchParams({ 'list-type': '2', ...query })}`;
    const answer = await scene.s3('GET', path);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ Code: 'InvalidArgument', Message: message });
  });

  it('needs s3:ListBucket', async () => {
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:ListBucket', Resource: '*' };
    const policy = fromUtf8(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
    await scene.s3('PUT', '/?policy', {}, policy);
    expect((await scene.s3('GET', '/?list-type=2')).status).toBe(403);
    expect((await scene.s3('GET', '/')).status).toBe(403);
    const head = await scene.s3('HEAD', '/');
    expect([head.status, head.body.length]).toEqual([403, 0]);
  });
});

describe('ListObjects, the first version', () => {
  it('has markers instead of tokens', async () => {
    await putAll('a', 'b/1', 'b/2', 'c');
    const seen: string[] = [];
    let marker = '';
    for (;;) {
      const query = new URLSearchParams({ 'max-keys': '1', delimiter: '/', marker });
      const { body } = await scene.s3('GET', `/?${query}`);
      const page = (parser.parse(toUtf8(body)) as { ListBucketResult: Listing }).ListBucketResult;
      seen.push(...keysOf(page), ...prefixesOf(page));
      if (page.IsTruncated === 'false') break;
      marker = String(page.NextMarker);
    }
    expect(seen).toEqual(['a', 'b/', 'c']);
  });
});

describe('ListBuckets', () => {
  it('names all buckets, by name', async () => {
    await scene.s3('PUT', '/', { host: bucketHost('album') });
    const answer = await scene.s3('GET', '/', { host: 's3.eu-west-1.amazonaws.com' });
    const result = parser.parse(toUtf8(answer.body)) as {
      ListAllMyBucketsResult: { Buckets: { Bucket: { Name: string }[] } };
    };
    expect(result.ListAllMyBucketsResult.Buckets.Bucket).toEqual(
      ['album', 'diary'].map((Name) => ({
        Name,
        CreationDate: '2026-11-23T09:00:00.000Z',
        BucketRegion: 'eu-west-1',
      })),
    );
  });
});

describe('a key that XML cannot hold', () => {
  it('is written as a character reference', async () => {
    await scene.put('a\u0001', EMPTY);
    const { body } = await scene.s3('GET', '/?list-type=2');
    expect(toUtf8(body)).toContain('<Key>a&#x1;</Key>');
  });
});
