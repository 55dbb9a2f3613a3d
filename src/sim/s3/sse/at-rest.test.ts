import { createDecipheriv, createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../crypto/bytes';
import { createScene, customerKeyHeaders, type Scene } from '../../testing/scene';
import type { Bytes, Headers } from '../../types';
import { AT_REST } from './scheme';

const SSE = 'x-amz-server-side-encryption';
const KMS_KEY = 'x-amz-server-side-encryption-aws-kms-key-id';
const BUCKET_KEY = 'x-amz-server-side-encryption-bucket-key-enabled';
const customerKey = Uint8Array.from({ length: 32 }, (_, i) => 31 * i + 5);

let scene: Scene;
let kms: Headers;
beforeEach(async () => {
  scene = await createScene();
  await scene.configure({ blocksSseC: false });
  kms = { [KMS_KEY]: await scene.createKey() };
});

/** Headers of PUT and of GET. Functions: the KMS key is made in beforeEach. */
const SCHEMES: [string, () => Headers, () => Headers][] = [
  ['SSE-S3', () => ({}), () => ({})],
  ['SSE-KMS', () => ({ [SSE]: 'aws:kms', ...kms }), () => ({})],
  [
    'SSE-KMS with a bucket key',
    () => ({ [SSE]: 'aws:kms', [BUCKET_KEY]: 'true', ...kms }),
    () => ({}),
  ],
  ['DSSE-KMS', () => ({ [SSE]: 'aws:kms:dsse', ...kms }), () => ({})],
  ['SSE-C', () => customerKeyHeaders(customerKey), () => customerKeyHeaders(customerKey)],
];

const objects = fc.uint8Array({ maxLength: 300 });
const awkward = fc.constantFrom(
  'a b',
  'a+b',
  '100%',
  '%41',
  'a/b//c',
  '/',
  '//',
  '?',
  '?encryption',
  'a?b=c',
  '#',
  'a#b',
  '.',
  '..',
  '../a',
  '&<>"\'',
  '東京/日記.txt',
  'é',
  'e\u0301',
  '🔐',
  '\u0000',
  "!'()*~",
  '\\',
  ':@=;,$',
);
/** 1 to 1024 bytes of UTF-8. */
const keys = fc.oneof(
  awkward,
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
  fc.constant('k'.repeat(1024)),
);

/** Opens one layer with OpenSSL, with whichever data key of the trace fits; throws when none does. */
function openLayer(body: Uint8Array, iv: string): Buffer {
  const { secrets } = scene.world.trace();
  const ofAnObject = secrets.filter(({ kind }) => kind === 'data key' || kind === 'customer key');
  for (const { bytes } of ofAnObject.reverse()) {
    const opener = createDecipheriv('aes-256-gcm', bytes, Buffer.from(iv, 'base64'));
    opener.setAuthTag(body.subarray(-16));
    const opened = opener.update(body.subarray(0, -16));
    try {
      return Buffer.concat([opened, opener.final()]);
    } catch {
      // another object's key
    }
  }
  throw new Error('no data key of this world opens what is stored');
}

/** Everything on the disk about one object. */
const atRest = (key: string): Buffer => {
  const { body, metadata } = scene.stored(key);
  return Buffer.concat([body, Buffer.from(`\n${Object.values(metadata).join('\n')}`)]);
};

/** Whether `secret` can be seen in `bytes`: raw, in hex, or in base64 at any alignment. */
function reveals(bytes: Buffer, secret: Uint8Array): boolean {
  const text = bytes.toString('latin1');
  const inBase64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), secret])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(Math.ceil((before * 4) / 3), -1),
  );
  const forms = [Buffer.from(secret).toString('latin1'), ...inBase64];
  return forms.some((form) => text.includes(form)) || text.toLowerCase().includes(toHex(secret));
}

describe.each(SCHEMES)('%s', (name, putHeaders, getHeaders) => {
  const put = async (key: string, object: Bytes) => {
    const answer = await scene.put(key, object, putHeaders());
    expect(answer.status).toBe(200);
    return answer;
  };

  it('gives back what was put, for any bytes under any key', async () => {
    await fc.assert(
      fc.asyncProperty(keys, objects, async (key, object) => {
        const { headers } = await put(key, object);
        const get = await scene.get(key, getHeaders());
        expect([get.status, get.headers.etag]).toEqual([200, headers.etag]);
        expect(toHex(get.body)).toBe(toHex(object));
        expect(get.headers['content-length']).toBe(String(object.length));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps objects under different keys apart', async () => {
    await fc.assert(
      fc.asyncProperty(keys, keys, async (one, other) => {
        fc.pre(one !== other);
        await put(one, Uint8Array.of(1));
        await put(other, Uint8Array.of(2));
        expect([...(await scene.get(one, getHeaders())).body]).toEqual([1]);
        expect([...(await scene.get(other, getHeaders())).body]).toEqual([2]);
      }),
      { numRuns: 30 },
    );
  });

  it('stores what opens in OpenSSL with a key of the trace, 16 bytes longer a layer', async () => {
    await fc.assert(
      fc.asyncProperty(objects, async (object) => {
        await put('a', object);
        const { body, metadata } = scene.stored('a');
        const ivs = [metadata[AT_REST.outerIv], metadata[AT_REST.iv]].filter(
          (iv) => iv !== undefined,
        );
        expect(ivs).toHaveLength(name === 'DSSE-KMS' ? 2 : 1);
        expect(body).toHaveLength(object.length + 16 * ivs.length);
        const opened = ivs.reduce<Uint8Array>((layer, iv) => openLayer(layer, iv), body);
        expect(toHex(opened)).toBe(toHex(object));
      }),
      { numRuns: 20 },
    );
  });

  it('never encrypts twice with the same key and iv', async () => {
    for (let i = 0; i < 10; i++) await put('a', Uint8Array.of(1, 2, 3));
    const used = scene.world.trace().steps.flatMap((step) => {
      if (step.kind !== 'deed' || !['encrypts', 'wraps'].includes(step.deed)) return [];
      const { key, iv } = step.inputs;
      return key && iv ? [`${toHex(key)} ${toHex(iv)}`] : [];
    });
    expect(new Set(used).size).toBe(used.length);
  });

  it('reveals at rest neither the object nor any key', async () => {
    const long = fc.uint8Array({ minLength: 16, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(long, async (object) => {
        scene.world.you.holds('object', object);
        await put('a', object);
        const rest = atRest('a');
        expect(reveals(rest, object)).toBe(false);
        for (const { id, bytes } of scene.world.trace().secrets) {
          if (bytes.length >= 16) expect([id, reveals(rest, bytes)]).toEqual([id, false]);
        }
      }),
      { numRuns: 20 },
    );
    const { steps } = scene.world.trace();
    for (const { key, knows } of steps) expect([key, knows.storage]).toEqual([key, []]);
    expect(steps.at(-1)?.has.storage.length).toBeGreaterThan(0);
  });

  it('leaves no key and no object in the memory of S3 when it has answered', async () => {
    await put(
      'a',
      Uint8Array.from({ length: 40 }, (_, i) => i),
    );
    await scene.get('a', getHeaders());
    const last = scene.world.trace().steps.at(-1);
    const kept = last?.shelf.s3 ?? [];
    expect(last?.knows.s3.filter((id) => !kept.includes(id))).toEqual([]);
    expect(last?.knows['s3-keys'].filter((id) => !id.startsWith('R'))).toEqual([]);
    expect(last?.knows.kms).toEqual([]);
  });

  it('answers 500 and nothing else when a bit on the disk is another', async () => {
    await fc.assert(
      fc.asyncProperty(objects, fc.nat(), async (object, where) => {
        await put('a', object);
        const { body, metadata } = scene.stored('a');
        const changed = body.slice();
        const at = where % (body.length * 8);
        changed[at >> 3] = (changed[at >> 3] as number) ^ (1 << (at & 7));
        const disks = scene.world.desk('storage');
        scene.storage.overwrite(disks, '/diary/a', { body: changed, metadata });
        const get = await scene.get('a', getHeaders());
        expect(get.status).toBe(500);
        expect(Buffer.from(get.body).toString()).toContain('<Code>InternalError</Code>');
      }),
      { numRuns: 20 },
    );
  });
});

describe('SSE-C at rest', () => {
  it('has a salted HMAC that differs each time, and not even the MD5 of the key', async () => {
    const macs = new Set<string>();
    for (let i = 0; i < 5; i++) {
      await scene.put('a', Uint8Array.of(1), customerKeyHeaders(customerKey));
      macs.add(scene.stored('a').metadata[AT_REST.customerKeyMac] as string);
      const md5 = createHash('md5').update(customerKey).digest();
      expect(reveals(atRest('a'), md5)).toBe(false);
    }
    expect(macs.size).toBe(5);
  });
});
