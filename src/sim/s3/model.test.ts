// Ten thousand requests in random order, beside a model that knows only what a reader of S3's documentation knows: GET
// returns what the last successful PUT or copy stored, or the refusal that fits.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { toHex } from '../crypto/bytes';
import { seededRandom } from '../random';
import { createScene, customerKeyHeaders, errorOf, type Scene } from '../testing/scene';
import type { Bytes, Headers, HttpResponse } from '../types';

const REQUESTS = 10_000;
const SEED = 'model';
const NAMES = ['a', 'b/c', 'ü +%', 'd', '🔐'];
const SSE = 'x-amz-server-side-encryption';

type Scheme = 'AES256' | 'aws:kms' | 'aws:kms:dsse' | 'SSE-C';
const SCHEMES: readonly Scheme[] = ['AES256', 'aws:kms', 'aws:kms:dsse', 'SSE-C'];

interface Object {
  readonly body: Bytes;
  readonly scheme: Scheme;
  /** Index of the KMS key or the customer key. */
  readonly key: number;
}

const customerKeys = [1, 2].map((fill) => customerKeyHeaders(new Uint8Array(32).fill(fill)));
const asSource = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replace('x-amz-', 'x-amz-copy-source-'),
      value,
    ]),
  );

class Model {
  readonly objects = new Map<string, Object>();
  readonly enabled = [true, true];

  /** What a GET or the source of a copy is refused with; undefined when it is given out. */
  refusal(name: string, customerKey: number | undefined): string | undefined {
    const object = this.objects.get(name);
    if (!object) return '404 NoSuchKey';
    const { scheme, key } = object;
    if (scheme === 'SSE-C')
      return customerKey === key
        ? undefined
        : customerKey === undefined
          ? '400 InvalidRequest'
          : '403 AccessDenied';
    if (customerKey !== undefined) return '400 InvalidRequest';
    return this.refusalOfKey(scheme, key);
  }

  refusalOfKey(scheme: Scheme, key: number): string | undefined {
    return scheme.startsWith('aws:kms') && !this.enabled[key]
      ? '400 KMS.DisabledException'
      : undefined;
  }
}

const outcomeOf = (answer: HttpResponse): string | undefined =>
  answer.status < 300 ? undefined : `${answer.status} ${errorOf(answer).Code}`;

it(`agrees with a model of it over ${REQUESTS} requests`, { timeout: 120_000 }, async () => {
  const scene: Scene = await createScene({ bounds: { requests: 5, bytes: 1 << 20 } });
  await scene.configure({ blocksSseC: false });
  const kmsKeys = [await scene.createKey(), await scene.createKey()];
  const model = new Model();
  const random = seededRandom(SEED);
  const upTo = (n: number): number => (random(2)[0] as number) % n;
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const choose = () => ({ scheme: pick(SCHEMES), key: upTo(2) });
  const headersFor = ({ scheme, key }: Pick<Object, 'scheme' | 'key'>): Headers =>
    scheme === 'SSE-C'
      ? (customerKeys[key] as Headers)
      : scheme === 'AES256'
        ? {}
        : { [SSE]: scheme, [`${SSE}-aws-kms-key-id`]: kmsKeys[key] as string };
  const maybeKey = (name: string): number | undefined =>
    pick([
      undefined,
      upTo(2),
      model.objects.get(name)?.scheme === 'SSE-C' ? model.objects.get(name)?.key : undefined,
    ]);

  const actions: Readonly<Record<string, () => Promise<void>>> = {
    async put() {
      const name = pick(NAMES);
      const chosen = choose();
      const body = random(upTo(64));
      const expected = model.refusalOfKey(chosen.scheme, chosen.key);
      const answer = await scene.put(name, body, headersFor(chosen));
      expect(outcomeOf(answer)).toBe(expected);
      if (expected) return;
      model.objects.set(name, { body, ...chosen });
      const md5 = `"${createHash('md5').update(body).digest('hex')}"`;
      expect(answer.headers.etag === md5).toBe(chosen.scheme === 'AES256');
    },
    async get() {
      const name = pick(NAMES);
      const customerKey = maybeKey(name);
      const expected = model.refusal(name, customerKey);
      const headers = customerKey === undefined ? {} : (customerKeys[customerKey] as Headers);
      const answer = await scene.get(name, headers);
      expect(outcomeOf(answer)).toBe(expected);
      if (!expected) expect(toHex(answer.body)).toBe(toHex(model.objects.get(name)?.body as Bytes));
    },
    async copy() {
      const [from, to] = [pick(NAMES), pick(NAMES)];
      if (from === to) return;
      const customerKey = maybeKey(from);
      const chosen = choose();
      const expected =
        model.refusal(from, customerKey) ?? model.refusalOfKey(chosen.scheme, chosen.key);
      const answer = await scene.put(to, new Uint8Array(), {
        ...headersFor(chosen),
        ...(customerKey === undefined ? {} : asSource(customerKeys[customerKey] as Headers)),
        'x-amz-copy-source': encodeURIComponent(`diary/${from}`),
      });
      expect(outcomeOf(answer)).toBe(expected);
      if (!expected)
        model.objects.set(to, { body: model.objects.get(from)?.body as Bytes, ...chosen });
    },
    async remove() {
      const name = pick(NAMES);
      const answer = await scene.s3('DELETE', `/${encodeURIComponent(name).replace('%2F', '/')}`);
      expect(answer.status).toBe(204);
      model.objects.delete(name);
    },
    async toggle() {
      const key = upTo(2);
      model.enabled[key] = !model.enabled[key];
      await scene.kms(model.enabled[key] ? 'EnableKey' : 'DisableKey', { KeyId: kmsKeys[key] });
    },
    async list() {
      const { body } = await scene.s3('GET', '/?list-type=2');
      const count = /<KeyCount>(\d+)</.exec(new TextDecoder().decode(body))?.[1];
      expect(count).toBe(String(model.objects.size));
    },
  };
  const often = ['put', 'put', 'put', 'get', 'get', 'get', 'get', 'copy', 'copy', 'remove'];
  for (let i = 0; i < REQUESTS; i++) {
    const action = i % 29 === 28 ? 'toggle' : i % 31 === 30 ? 'list' : pick(often);
    await actions[action]?.();
  }
});
