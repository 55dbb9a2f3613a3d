// Who ever receives what, found by a search that shares nothing with the recorder's own.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ACTORS, type ActorId, type SecretKind, type Step } from '../sim';
import { ALL, type Case, inChapter, named, runOf, SOUND } from './testing/cases';
import type { Run } from './types';

/** Everything in a step that somebody could read. */
function textsOf(step: Step): Buffer[] {
  if (step.kind === 'deed')
    return [...Object.values(step.inputs), ...Object.values(step.outputs)].map((b) =>
      Buffer.from(b),
    );
  const path = step.kind === 'request' ? [step.message.path] : [];
  const words = [...path, ...Object.values(step.message.headers)];
  return [...words.map((text) => Buffer.from(text)), Buffer.from(step.message.body)];
}

/** Raw, hex in both cases, and base64 wherever in a longer base64 text the bytes may begin. */
function formsOf(secret: Uint8Array): Buffer[] {
  const hex = Buffer.from(secret).toString('hex');
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), secret]).toString('base64');
    const whole = text.replace(/=+$/, '');
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + secret.length) * 8) / 6));
  });
  return [Buffer.from(secret), ...[hex, hex.toUpperCase(), ...base64].map((t) => Buffer.from(t))];
}

const occursIn = (secret: Uint8Array, step: Step): boolean => {
  const forms = formsOf(secret);
  return textsOf(step).some((text) => forms.some((form) => text.includes(form)));
};

/** Who reads a step's bytes: whoever it is sent to, and who sends or does it. */
const readersOf = (step: Step): ActorId[] =>
  step.kind === 'deed' ? [step.actor] : [step.from, step.to];

const receivers = (run: Run, secret: Uint8Array): ActorId[] => {
  const found = run.trace.steps.filter((step) => occursIn(secret, step)).flatMap(readersOf);
  return ACTORS.filter((actor) => found.includes(actor));
};

const messagesWith = (run: Run, secret: Uint8Array): string[] =>
  run.trace.steps
    .filter((step) => step.kind !== 'deed' && occursIn(secret, step))
    .map(({ key }) => key);

/** What a deed took or made, in the first step of that key. */
function bytesAt(run: Run, key: Step['key'], name: string): Uint8Array {
  const step = run.trace.steps.find((s) => s.key === key);
  const found = step?.kind === 'deed' ? (step.outputs[name] ?? step.inputs[name]) : undefined;
  if (!found || found.length < 16) throw new Error(`no ${name} at ${key}`);
  return found;
}

const of = (...flows: string[]) => named(ALL.filter(({ flow }) => flows.includes(flow)));
/** The policy of aws/s3 asks for no permission of yours; elsewhere, without one, nothing is stored. */
const storedIn = ({ variant, fault }: Case) =>
  !(fault === 'bucket-blocks' || (fault === 'no-generate' && variant !== 'aws-s3'));

describe('with client-side encryption', () => {
  it.each(of('cse-kms', 'cse-local'))('%s: AWS never receives the object', async (_, one) => {
    const run = await runOf(one);
    const readers = receivers(run, run.scenario.own.object);
    expect(readers).toEqual(['you', 'client']);
  });

  it.each(of('cse-kms').filter(([, one]) => storedIn(one)))(
    '%s: the data key is with the client and KMS alone',
    async (_, one) => {
      const run = await runOf(one);
      const dataKey = bytesAt(run, 'hsm generates data key', 'plaintextDataKey');
      expect(receivers(run, dataKey)).toEqual(['client', 'kms', 'hsm']);
      if (one.variant !== 'v3') return;
      const contentKey = bytesAt(run, 'client derives content key', 'okm');
      expect(receivers(run, contentKey)).toEqual(['client']);
    },
  );

  it.each(of('cse-local'))('%s: no key of yours leaves your side', async (_, one) => {
    const run = await runOf(one);
    const dataKey = bytesAt(run, 'client generates data key', 'dataKey');
    expect(receivers(run, dataKey)).toEqual(['client']);
    const rsa = one.variant === 'rsa';
    const wrappingKey = rsa
      ? bytesAt(run, 'you generates key pair', 'privateKey')
      : bytesAt(run, 'you generates wrapping key', 'wrappingKey');
    expect(['client', 'you']).toEqual(
      expect.arrayContaining(receivers(run, wrappingKey) as string[]),
    );
    const put = inChapter(run, 'put').filter((step) => readersOf(step).includes('client'));
    if (rsa) expect(put.filter((step) => occursIn(wrappingKey, step))).toEqual([]);
  });

  it.each(of('cse-local'))('%s: KMS takes no part', async (_, one) => {
    const actors = (await runOf(one)).trace.steps.flatMap(readersOf);
    expect(actors).not.toContain('kms');
    expect(actors).not.toContain('hsm');
  });
});

describe('with server-side encryption', () => {
  const SSE = of('sse-s3', 'sse-kms', 'dsse-kms', 'sse-c');

  it.each(SSE)('%s: the disks never receive the object or a key that opens it', async (_, one) => {
    const run = await runOf(one);
    const atRest = run.trace.steps.filter((step) => readersOf(step).includes('storage'));
    expect(atRest.length > 0).toBe(storedIn(one));
    for (const { id, bytes } of run.trace.secrets) {
      const leaks = atRest.filter((step) => occursIn(bytes, step)).map(({ key }) => key);
      expect([id, leaks]).toEqual([id, []]);
    }
  });

  it.each(of('sse-s3'))('%s: no message to or from KMS', async (_, one) => {
    const actors = (await runOf(one)).trace.steps.flatMap(readersOf);
    expect(actors).not.toContain('kms');
    expect(actors).not.toContain('hsm');
  });

  it.each(of('sse-c'))('%s: nothing at rest has the key or its MD5', async (_, one) => {
    const run = await runOf(one);
    const key = bytesAt(run, 'you generates customer key', 'customerKey');
    const md5 = createHash('md5').update(key).digest();
    for (const secret of [key, md5]) {
      expect(receivers(run, secret)).not.toContain('storage');
      expect(messagesWith(run, secret)).toContain('client -> s3 PutObject');
    }
  });
});

describe('nowhere', () => {
  it.each(named(ALL))('%s: does key material that must stay leave its place', async (_, one) => {
    const run = await runOf(one);
    const stays: SecretKind[] = ['backing key', 'per-call key', 'root key', 'content key'];
    for (const { id, kind, bytes } of run.trace.secrets) {
      if (stays.includes(kind)) expect([id, messagesWith(run, bytes)]).toEqual([id, []]);
    }
  });

  it.each(named(SOUND))(
    '%s: does a readable key outlast the PUT but where it lives',
    async (_, one) => {
      const run = await runOf(one);
      const last = inChapter(run, 'put').at(-1);
      const kindOf = new Map(run.trace.secrets.map(({ id, kind }) => [id, kind]));
      const left = ACTORS.flatMap((actor) =>
        (last?.knows[actor] ?? []).map((id) => `${actor}: ${kindOf.get(id)}`),
      );
      const lives = {
        'cse-kms': ['s3-keys: root key', 'hsm: backing key'],
        'cse-local': ['you: wrapping key', 's3-keys: root key'],
        'sse-s3': ['s3-keys: root key'],
        'sse-kms': [...(one.variant === 'bucket-key' ? ['s3: data key'] : []), 'hsm: backing key'],
        'dsse-kms': ['s3-keys: root key', 'hsm: backing key'],
        'sse-c': ['you: customer key'],
      }[one.flow];
      expect(left).toEqual(lives);
    },
  );
});

describe.each(named(ALL))('the recorder on %s', (_, one) => {
  it('finds in each step the secrets that this search finds', async () => {
    const { steps, secrets } = (await runOf(one)).trace;
    for (const step of steps) {
      const found = secrets.filter(({ bytes }) => occursIn(bytes, step)).map(({ id }) => id);
      const said = step.cargo.filter((id) => !id.includes('<'));
      expect([step.index, said.sort()]).toEqual([step.index, found.sort()]);
    }
  });

  it('says that an actor knows what it has just read, and only what it once read', async () => {
    const { steps, secrets } = (await runOf(one)).trace;
    const everRead = new Map<ActorId, Set<string>>(ACTORS.map((actor) => [actor, new Set()]));
    for (const step of steps) {
      const found = secrets.filter(({ bytes }) => occursIn(bytes, step)).map(({ id }) => id);
      for (const actor of readersOf(step)) for (const id of found) everRead.get(actor)?.add(id);
      const reader = step.kind === 'deed' ? step.actor : step.to;
      const forgets = step.kind === 'deed' && step.deed === 'forgets';
      if (!forgets) expect(step.knows[reader]).toEqual(expect.arrayContaining(found));
      else if (!step.shelf[reader].some((id) => found.includes(id)))
        expect(step.knows[reader].filter((id) => found.includes(id))).toEqual([]);
      for (const actor of ACTORS) {
        const invented = step.knows[actor].filter((id) => !everRead.get(actor)?.has(id));
        // You hold an object before the first step that shows it.
        expect([step.key, actor, invented.filter((id) => !id.startsWith('O'))]).toEqual([
          step.key,
          actor,
          [],
        ]);
      }
    }
  });
});
