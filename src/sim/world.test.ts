import { describe, expect, it } from 'vitest';
import { createClock } from './clock';
import { fromUtf8, toHex } from './crypto/bytes';
import { drawn, looked, turned } from './crypto/works';
import { request, response } from './http';
import { seededRandom } from './random';
import { Refusal } from './refusal';
import type { Actor, ActorId, Bytes, DeedStep, RequestStep, ResponseStep, Step } from './types';
import { createWorld, type World } from './world';

const START = '2026-11-23T09:00:00.000Z';
const KEY = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const LARGE = 1_100_000;

const worldOf = (actors: Partial<Record<ActorId, Actor>>): World =>
  createWorld({ random: seededRandom('world'), clock: createClock(START), actors });
const echo: Actor = async (message) => response(200, message.headers, message.body);
const steps = (world: World): readonly Step[] => world.trace().steps;
const bodyOf = (step: Step | undefined): string =>
  toHex((step as RequestStep | ResponseStep).message.body);
const send = (world: World, body?: Bytes) =>
  world.you.send('s3', 'PutObject', request('PUT', '/a', { host: 'b' }, body));

describe('a recorded body is a copy', () => {
  it.each([32, LARGE])('that the sender of %i bytes cannot rewrite', async (length) => {
    const world = worldOf({ s3: async () => response(200) });
    const body = new Uint8Array(length).fill(7);
    await send(world, body);
    body.fill(0);
    expect(bodyOf(steps(world)[0])).toBe('07'.repeat(length));
  });

  it('that the receiver cannot rewrite', async () => {
    const world = worldOf({
      async s3(message) {
        message.body.fill(0);
        return response(200, {}, Uint8Array.of(1, 2, 3));
      },
    });
    const answer = await send(world, KEY.slice());
    answer.body.fill(0);
    expect(steps(world).map(bodyOf)).toEqual([toHex(KEY), '010203']);
  });

  it('that whoever answered cannot rewrite', async () => {
    const own = new Uint8Array(8).fill(9);
    const world = worldOf({ s3: async () => response(200, {}, own) });
    await send(world);
    own.fill(0);
    expect(bodyOf(steps(world)[1])).toBe('09'.repeat(8));
  });

  it('as are the inputs and outputs of a deed', async () => {
    const world = worldOf({});
    const input = Uint8Array.of(1, 1, 1, 1);
    const output = Uint8Array.of(2, 2, 2, 2);
    const made = await world.you.does(
      'encrypts',
      'object',
      turned('none', { plaintext: input }, { ciphertext: output }),
    );
    input.fill(0);
    output.fill(0);
    made.ciphertext.fill(0);
    const deed = steps(world)[0] as DeedStep;
    expect(toHex(deed.inputs.plaintext as Bytes)).toBe('01010101');
    expect(toHex(deed.outputs.ciphertext as Bytes)).toBe('02020202');
  });
});

describe('a delivered message', () => {
  it('may lose headers without the recording losing them', async () => {
    const world = worldOf({
      async s3(message) {
        delete (message.headers as Record<string, string>).host;
        return response(200, { etag: '"1"' });
      },
    });
    const answer = await send(world);
    delete (answer.headers as Record<string, string>).etag;
    const [asked, answered] = steps(world) as [RequestStep, ResponseStep];
    expect(asked.message.headers).toEqual({ host: 'b' });
    expect(answered.message.headers).toEqual({ etag: '"1"' });
  });

  it('is a plain record that can be read any number of times', async () => {
    const seen: unknown[] = [];
    const world = worldOf({
      async s3(message, desk, from) {
        seen.push(message);
        return echo(message, desk, from);
      },
    });
    seen.push(await send(world, KEY));
    for (const message of seen as { headers: object; body: Bytes }[]) {
      expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
      expect(Object.getPrototypeOf(message.headers)).toBe(Object.prototype);
      expect(Object.getPrototypeOf(message.body)).toBe(Uint8Array.prototype);
      expect(structuredClone(message)).toEqual(message);
      expect([toHex(message.body), toHex(message.body)]).toEqual([toHex(KEY), toHex(KEY)]);
    }
  });
});

describe('a deed that fails', () => {
  it('is recorded with its inputs and facts, and its error is thrown on as it was', async () => {
    const world = worldOf({});
    const error = new Refusal(403, 'AccessDenied', 'no', {}, { reason: 'because' });
    const work = looked('policy', { decision: 'Deny' }, error, { key: KEY });
    await expect(world.you.does('authorises', 'request', work)).rejects.toBe(error);
    expect(steps(world)).toMatchObject([
      {
        kind: 'deed',
        key: 'you authorises request',
        failed: true,
        facts: { decision: 'Deny', reason: 'because' },
        inputs: { key: KEY },
        outputs: {},
      },
    ]);
  });
});

describe('one thing after the other', () => {
  it('refuses a second message before the first is answered', async () => {
    const world = worldOf({ s3: echo });
    await expect(Promise.all([send(world), send(world)])).rejects.toThrow(
      'you started something before the last thing was done',
    );
    await Promise.allSettled([send(world)]);
  });

  it('refuses a message from within a deed, and a deed while a message is out', async () => {
    const world = worldOf({ s3: echo });
    const work = {
      algorithm: 'none',
      inputs: {},
      run: async () => ({ answer: (await send(world)).body }),
    };
    await expect(world.you.does('checks', 'request', work)).rejects.toThrow(/before the last/);
    const sending = send(world);
    await expect(world.you.does('checks', 'request', looked('none', {}))).rejects.toThrow(
      /before the last/,
    );
    await sending;
  });

  it('lets a desk go on after its handler or its work threw', async () => {
    const world = worldOf({
      async s3() {
        throw new Error('bug');
      },
      kms: echo,
    });
    await expect(send(world)).rejects.toThrow('bug');
    const answer = await world.you.send('kms', 'Decrypt', request('POST', '/'));
    expect(answer.status).toBe(200);
    expect(steps(world).map(({ key, nesting }) => [key, nesting])).toEqual([
      ['you -> s3 PutObject', 0],
      ['you -> kms Decrypt', 0],
      ['you <- kms Decrypt', 0],
    ]);
  });

  it('pairs each answer with its request, innermost first', async () => {
    const world = worldOf({
      client: async (message, desk) => desk.send('s3', 'GetObject', message),
      s3: async (message, desk) => desk.send('storage', 'ReadObject', message),
      storage: async () => response(404),
    });
    await world.you.send('client', 'GetObject', request('GET', '/a'));
    const [, , , disk, s3, client] = steps(world) as ResponseStep[];
    expect([disk?.answers, s3?.answers, client?.answers]).toEqual([2, 1, 0]);
    expect(steps(world).map((step) => step.nesting)).toEqual([0, 1, 2, 2, 1, 0]);
    expect(steps(world).map((step) => step.failed)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('has no answer for an actor that is not there', async () => {
    await expect(send(worldOf({}))).rejects.toThrow('nobody answers for s3');
  });
});

describe('a step', () => {
  it('cannot be changed, nor anything in it', async () => {
    const world = worldOf({ s3: echo });
    world.you.holds('data key', KEY);
    await world.you.does('generates', 'data key', drawn('dataKey', KEY));
    await send(world, fromUtf8('a body with something in it'));
    world.you.forgets('data key', KEY.slice());
    const unfrozen = (value: unknown, path: string): string[] => {
      if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
      const inside = Object.entries(value).flatMap(([name, v]) => unfrozen(v, `${path}.${name}`));
      return Object.isFrozen(value) ? inside : [path, ...inside];
    };
    expect(steps(world).flatMap((step) => unfrozen(step, step.key))).toEqual([]);
  });

  it('has the clock of the world, which moves on by a millisecond a step', async () => {
    const clock = createClock(START);
    const world = createWorld({ random: seededRandom(''), clock, actors: { s3: echo } });
    await send(world);
    clock.advance(86_400_000);
    await send(world);
    expect(steps(world).map((step) => step.at)).toEqual([
      '2026-11-23T09:00:00.001Z',
      '2026-11-23T09:00:00.002Z',
      '2026-11-24T09:00:00.003Z',
      '2026-11-24T09:00:00.004Z',
    ]);
  });

  it('is shown to a listener as it happens', async () => {
    const seen: Step[] = [];
    const world = createWorld({
      random: seededRandom(''),
      clock: createClock(START),
      actors: { s3: echo },
      onStep: (step) => seen.push(step),
    });
    await send(world);
    expect(seen).toEqual(steps(world));
  });

  it('belongs to the chapter that is open', async () => {
    const world = worldOf({ s3: echo });
    world.chapter('put');
    await send(world);
    world.chapter('change');
    world.chapter('get');
    await send(world);
    await send(world);
    expect(world.trace().chapters).toEqual([
      { id: 'put', start: 0, end: 2 },
      { id: 'get', start: 2, end: 6 },
    ]);
    expect(steps(world).map((step) => step.chapter)).toEqual([
      'put',
      'put',
      'get',
      'get',
      'get',
      'get',
    ]);
  });
});

describe('a trace', () => {
  it('does not grow when the world goes on', async () => {
    const world = worldOf({ s3: echo });
    await send(world);
    const before = world.trace();
    await send(world);
    expect([before.steps.length, world.trace().steps.length]).toEqual([2, 4]);
  });
});
