import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../clock';
import { concat, fromUtf8, toBase64, toHex } from '../crypto/bytes';
import { turned } from '../crypto/works';
import { request, response } from '../http';
import { seededRandom } from '../random';
import type { Actor, ActorId, Bytes, DeedStep, Knowledge, SealedId } from '../types';
import { createWorld, type World } from '../world';

const worldOf = (actors: Partial<Record<ActorId, Actor>> = {}): World =>
  createWorld({
    random: seededRandom('knowledge'),
    clock: createClock('2026-11-23T09:00:00.000Z'),
    actors,
  });
const last = (world: World): Knowledge => world.trace().steps.at(-1) ?? world.trace().initial;
const key = (fill: number): Bytes => new Uint8Array(32).fill(fill);
const object = fromUtf8('Dear diary, today I wrote a test.');

/** Lets an actor wrap or encrypt, with outputs given. */
const seals = (
  world: World,
  actor: ActorId,
  inputs: { key: Bytes; plaintext: Bytes },
  ciphertext: Bytes,
) => world.desk(actor).does('encrypts', 'object', turned('none', inputs, { ciphertext }));

describe('the names of secrets', () => {
  it('are a letter for the kind and a number, one name for the same bytes', () => {
    const { you } = worldOf();
    expect(you.holds('object', object)).toBe('O1');
    expect(you.holds('data key', key(1))).toBe('D1');
    expect(you.holds('data key', key(2))).toBe('D2');
    expect(you.holds('backing key', key(3))).toBe('K1');
    expect(you.holds('data key', key(1))).toBe('D1');
    expect(you.holds('wrapping key', key(1))).toBe('D1');
  });

  it('of sealed things say what is inside and under which key', async () => {
    const world = worldOf();
    world.you.holds('object', object);
    world.you.holds('data key', key(1));
    world.you.holds('backing key', key(2));
    await seals(world, 'client', { key: key(1), plaintext: object }, key(50));
    await seals(world, 'client', { key: key(2), plaintext: key(1) }, key(51));
    await seals(world, 'client', { key: key(2), plaintext: key(1) }, key(52));
    expect(world.trace().sealed).toEqual([
      { id: 'O1<D1', seals: 'O1', under: 'D1', length: 32, altered: false },
      { id: 'D1<K1', seals: 'D1', under: 'K1', length: 32, altered: false },
      { id: 'D1<K1#2', seals: 'D1', under: 'K1', length: 32, altered: false },
    ]);
  });

  it('name the key at the root of a derivation', async () => {
    const world = worldOf();
    const desk = world.desk('hsm');
    desk.holds('backing key', key(1));
    desk.holds('data key', key(2));
    const derives = turned('KDF', { key: key(1) }, { derivedKey: key(3) });
    await desk.does('derives', 'per-call key', derives);
    desk.holds('per-call key', key(3));
    await seals(world, 'hsm', { key: key(3), plaintext: key(2) }, key(50));
    expect(world.trace().secrets.find(({ id }) => id === 'P1')?.derivedFrom).toBe('K1');
    expect(world.trace().sealed.map(({ id }) => id)).toEqual(['D1<K1']);
  });

  it('mark with ~ what somebody changed, and it is found as such from then on', async () => {
    const world = worldOf();
    world.you.holds('object', object);
    world.you.holds('data key', key(1));
    await seals(world, 's3', { key: key(1), plaintext: object }, key(50));
    const flips = turned('flip', { before: key(50) }, { after: key(51) });
    await world.desk('storage').does('flips', 'stored object', flips);
    expect(world.trace().sealed.map(({ id, altered }) => [id, altered])).toEqual([
      ['O1<D1', false],
      ['O1<D1~', true],
    ]);
    expect(world.trace().steps.at(-1)?.cargo).toEqual(['O1<D1', 'O1<D1~']);
  });
});

describe('who knows what', () => {
  it('is found in the bytes of a message: path, headers and body, in any form', async () => {
    const forms = fc.constantFrom<(bytes: Bytes) => string>(toHex, toBase64, (bytes) =>
      toBase64(concat(fromUtf8('x'), bytes)),
    );
    const places = fc.constantFrom('path', 'header', 'body');
    await fc.assert(
      fc.asyncProperty(forms, places, async (form, place) => {
        const world = worldOf({ s3: async () => response(204) });
        world.you.holds('data key', key(7));
        const text = form(key(7));
        await world.you.send(
          's3',
          'PutObject',
          request(
            'PUT',
            place === 'path' ? `/${text}` : '/',
            place === 'header' ? { 'x-amz-meta-a': text } : {},
            fromUtf8(place === 'body' ? text : ''),
          ),
        );
        expect(world.trace().steps.map(({ knows, cargo }) => [knows.s3, cargo])).toEqual([
          [['D1'], ['D1']],
          [[], []],
        ]);
      }),
    );
  });

  it('counts what is sealed as had, not as known', async () => {
    const world = worldOf();
    world.you.holds('data key', key(1));
    world.you.holds('object', object);
    await seals(world, 'you', { key: key(1), plaintext: object }, key(50));
    await world.desk('storage').does('checks', 'object', turned('', { body: key(50) }, {}));
    expect(last(world).knows.storage).toEqual([]);
    expect(last(world).has.storage).toEqual(['O1<D1'] satisfies SealedId[]);
  });

  it('is taken back from a receiver when it has answered', async () => {
    const world = worldOf({ s3: async () => response(200) });
    world.you.holds('object', object);
    await world.you.send('s3', 'PutObject', request('PUT', '/', {}, object));
    const [asked, answered] = world.trace().steps;
    expect([asked?.knows.s3, answered?.knows.s3]).toEqual([['O1'], []]);
    expect(answered?.knows.you).toEqual(['O1']);
  });

  it('is taken back from a receiver that throws', async () => {
    const world = worldOf({
      async s3(_message, desk) {
        desk.holds('data key', key(1));
        throw new Error('bug');
      },
    });
    world.you.holds('object', object);
    const sending = world.you.send('s3', 'PutObject', request('PUT', '/', {}, object));
    await expect(sending).rejects.toThrow('bug');
    world.you.forgets('object', object.slice());
    expect(last(world).knows.s3).toEqual([]);
  });

  it('is not changed by what else an actor knew before the request', async () => {
    const world = worldOf({
      async s3(_message, desk) {
        desk.forgets('data key', key(1));
        return response(200);
      },
    });
    world.desk('s3').holds('data key', key(1));
    await world.you.send('s3', 'PutObject', request('PUT', '/'));
    expect(world.trace().steps.map(({ knows }) => knows.s3)).toEqual([['D1'], [], ['D1']]);
  });

  it('goes back to the sender with the answer', async () => {
    const world = worldOf({
      async kms(_message, desk) {
        desk.holds('data key', key(1));
        return response(200, {}, fromUtf8(JSON.stringify({ Plaintext: toBase64(key(1)) })));
      },
    });
    await world.you.send('kms', 'GenerateDataKey', request('POST', '/'));
    expect([last(world).knows.you, last(world).knows.kms]).toEqual([['D1'], []]);
  });
});

describe('forgetting', () => {
  it("zeroes the actor's buffer and leaves the recording", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (secret) => {
        const world = worldOf();
        const original = toHex(secret);
        world.you.holds('data key', secret);
        world.you.forgets('data key', secret);
        const deed = world.trace().steps[0] as DeedStep;
        expect(toHex(secret)).toBe('00'.repeat(secret.length));
        expect(toHex(deed.inputs['data key'] as Bytes)).toBe(original);
        expect(toHex(world.trace().secrets[0]?.bytes as Bytes)).toBe(original);
      }),
    );
  });

  it('takes the secret from the actor who forgets, and from nobody else', () => {
    const world = worldOf();
    const own = key(1);
    world.desk('s3').holds('data key', own);
    world.desk('kms').holds('data key', key(1));
    world.desk('s3').forgets('data key', own);
    expect([last(world).knows.s3, last(world).knows.kms]).toEqual([[], ['D1']]);
  });

  it('leaves large recorded bytes whole, even when given them', async () => {
    const large = new Uint8Array(1_100_000).fill(5);
    const world = worldOf({
      async s3(message, desk) {
        desk.forgets('object', message.body);
        return response(200);
      },
    });
    await world.you.send('s3', 'PutObject', request('PUT', '/', {}, large));
    const [asked] = world.trace().steps;
    expect(asked?.kind === 'request' && asked.message.body.every((byte) => byte === 5)).toBe(true);
  });
});

describe('a shelf', () => {
  it('keeps what lies on it beyond the request, until it is cleared', async () => {
    const world = worldOf({
      async storage(message, desk) {
        desk.keeps(message.path, message.method === 'PUT' ? [message.body] : []);
        return response(200);
      },
    });
    world.you.holds('object', object);
    const ask = (method: string, path: string) =>
      world.you.send('storage', 'WriteObject', request(method, path, {}, object));
    await ask('PUT', '/a');
    await ask('PUT', '/b');
    await ask('DELETE', '/a');
    expect([last(world).knows.storage, last(world).shelf.storage]).toEqual([['O1'], ['O1']]);
    await ask('DELETE', '/b');
    expect([last(world).knows.storage, last(world).shelf.storage]).toEqual([[], []]);
  });

  it('holds its own copy', () => {
    const world = worldOf();
    const own = key(1);
    world.you.holds('data key', own);
    world.desk('s3').keeps('keys', [own]);
    world.you.forgets('data key', own);
    expect([last(world).knows.you, last(world).knows.s3]).toEqual([[], ['D1']]);
  });
});
