// Worlds that fork: the same up to the change, and after it what the actors make of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Step, sameBytes, toUtf8 } from '../sim';
import captions from '../words/en/captions.json';
import inspector from '../words/en/inspector.json';
import { answerOf, captionOf } from './captions';
import { runScenario } from './run';
import { type Case, named, returnedBy, runOf, SOUND, scenarioOf } from './testing/cases';
import { deny, forkedRuns } from './testing/forks';
import type { Change, Run, What } from './types';
import { verdictOf } from './verdict';

const run = (one: Case, ...changes: Change[]): Promise<Run> =>
  runScenario({ ...scenarioOf(one), changes });

const SSE_KMS: Case = { flow: 'sse-kms', variant: 'customer-key', fault: undefined };
const SSE_S3: Case = { flow: 'sse-s3', variant: 'default', fault: undefined };
const CSE: Case = { flow: 'cse-kms', variant: 'v3', fault: undefined };

/** Index of the first step with this key, in a chapter. */
function indexOf({ trace }: Run, key: string, chapter?: string): number {
  const found = trace.steps.find((s) => s.key === key && (!chapter || s.chapter === chapter));
  if (!found) throw new Error(`no step ${key}`);
  return found.index;
}

const lastAnswer = (of: Run): ReturnType<typeof answerOf> =>
  answerOf(of.trace.steps.findLast(({ key }) => key.startsWith('you <- client')) as Step);

const codes = (of: Run): string[] =>
  of.trace.steps.filter(({ failed }) => failed).map((s) => answerOf(s).code || s.key);

const keysOf = (of: Run): string[] => of.trace.steps.map(({ key }) => key);

/** A fork of a run at a step of it, or one that this step cannot take and that changes nothing. */
const forks = (steps: number): fc.Arbitrary<Change> => {
  const at = fc.integer({ min: 0, max: steps - 1 });
  const json = fc.constantFrom(
    '{',
    '{"Statement":[]}',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}',
  );
  const what: fc.Arbitrary<What> = fc.oneof(
    fc.constant({ kind: 'drop' } as const),
    fc.constant({ kind: 'replay' } as const),
    fc.record({ kind: fc.constant('flip' as const), bit: fc.nat(4000) }),
    fc.record({
      kind: fc.constant('header' as const),
      name: fc.constantFrom('content-length', 'x-amz-server-side-encryption', 'etag', 'x-new'),
      value: fc.constantFrom('', 'AES256', 'aws:kms', '7', 'é'),
    }),
    fc.record({ kind: fc.constant('stored-flip' as const), bit: fc.nat(600) }),
    fc.constantFrom({ kind: 'stored-swap' } as const, { kind: 'stored-back' } as const),
    fc.record({
      kind: fc.constant('key' as const),
      to: fc.constantFrom(
        'DisableKey' as const,
        'EnableKey' as const,
        'ScheduleKeyDeletion' as const,
      ),
    }),
    fc.record({
      kind: fc.constant('bucket' as const),
      to: fc.constantFrom('AES256' as const, 'aws:kms' as const, 'blocks' as const),
    }),
    fc.record({
      kind: fc.constant('policy' as const),
      of: fc.constantFrom('identity' as const, 'bucket' as const, 'key' as const),
      json,
    }),
  );
  return fc.tuple(at, what).map(([index, one]) => ({ ...one, at: index }));
};

describe('a world that forks', () => {
  it.each(named(SOUND))('%s is the same up to the change, whatever it is', async (_, one) => {
    const whole = await runOf(one);
    const first = whole.trace.chapters.find(({ id }) => id === 'put')?.start ?? 0;
    await fc.assert(
      fc.asyncProperty(forks(whole.trace.steps.length), async (change) => {
        const at = Math.max(change.at, first);
        const { steps } = (await run(one, { ...change, at })).trace;
        expect(steps.slice(0, at)).toEqual(whole.trace.steps.slice(0, at));
        // Who has the message is another thing when it did not arrive; the message is what was sent.
        const { knows: _k, has: _h, shelf: _s, ...sent } = steps[at] as Step;
        expect(whole.trace.steps[at]).toMatchObject(sent);
        // It ends in an answer, whatever came between.
        expect(steps.at(-1)?.key).toMatch(/^you |^storage /);
      }),
      { numRuns: 12 },
    );
  });

  it('gives the same trace again for the same changes', async () => {
    const change: Change = { at: 30, kind: 'key', to: 'DisableKey' };
    expect((await run(SSE_KMS, change)).trace).toEqual((await run(SSE_KMS, change)).trace);
  });
});

describe('a message on its way', () => {
  it('with one bit flipped does not fit the checksum that was sent along', async () => {
    const at = indexOf(await runOf(SSE_KMS), 'client -> s3 PutObject');
    const forked = await run(SSE_KMS, { at, kind: 'flip', bit: 15 * 8 + 2 });
    const deed = forked.trace.steps[at + 1];
    expect(deed).toMatchObject({ key: 'you flips message', facts: { byte: '15', bit: '2' } });
    expect(codes(forked)).toEqual(['s3 checks upload', 'BadDigest', 'BadDigest']);
    expect(verdictOf(forked)).toMatchObject({ kind: 'caught', by: 'upload-checksum' });
    expect(keysOf(forked)).not.toContain('s3 -> kms GenerateDataKey');
  });

  it('tells nobody more than they knew', async () => {
    const whole = await runOf(SSE_KMS);
    const at = indexOf(whole, 's3 <- kms GenerateDataKey');
    const forked = await run(SSE_KMS, { at, kind: 'flip', bit: 400 });
    expect(forked.trace.steps[at + 1]?.knows.you).toEqual(whole.trace.steps[at]?.knows.you);
  });

  it('that carries an encrypted data key and loses a bit of it opens no more', async () => {
    const whole = await runOf(SSE_KMS);
    const at = indexOf(whole, 's3 -> kms Decrypt');
    const request = whole.trace.steps[at];
    const body = request?.kind === 'request' ? toUtf8(request.message.body) : '';
    // In the base64 of the blob, behind its head: a letter that becomes another letter.
    const from = body.indexOf('"CiphertextBlob":"') + 18 + 180;
    const byte = from + [...body.slice(from)].findIndex((letter) => /[B-Yb-y]/.test(letter));
    const forked = await run(SSE_KMS, { at, kind: 'flip', bit: byte * 8 });
    expect(codes(forked)).toContain('InvalidCiphertextException');
  });

  it('from S3 to the disks with a flipped bit is found out at the GET, by the tag', async () => {
    const at = indexOf(await runOf(SSE_KMS), 's3 -> storage WriteObject');
    const forked = await run(SSE_KMS, { at, kind: 'flip', bit: 60 });
    expect(codes(forked)[0]).toBe('s3 decrypts object');
    expect(lastAnswer(forked)).toMatchObject({ status: '500', code: 'InternalError' });
  });

  it('of client-side ciphertext, changed on the way back from S3, is refused by the client', async () => {
    const at = indexOf(await runOf(CSE), 'client <- s3 GetObject');
    const forked = await run(CSE, { at, kind: 'flip', bit: 60 });
    expect(codes(forked)[0]).toBe('client decrypts object');
    expect(lastAnswer(forked).code).toBe('S3EncryptionClientException');
  });

  it('that asks for another encryption gets it', async () => {
    const at = indexOf(await runOf(SSE_S3), 'client -> s3 PutObject');
    const name = 'x-amz-server-side-encryption';
    const forked = await run(SSE_S3, { at, kind: 'header', name, value: 'aws:kms' });
    expect(codes(forked)).toEqual([]);
    expect(keysOf(forked)).toContain('s3 -> kms GenerateDataKey');
    const wrong = await run(SSE_S3, { at, kind: 'header', name, value: 'AES-256' });
    expect(lastAnswer(wrong)).toMatchObject({ status: '400', code: 'InvalidArgument' });
  });

  it('of KMS that is lost is an internal error of S3', async () => {
    const at = indexOf(await runOf(SSE_KMS), 's3 -> kms GenerateDataKey');
    const forked = await run(SSE_KMS, { at, kind: 'drop' });
    expect(keysOf(forked)[at + 1]).toBe('you drops message');
    expect(lastAnswer(forked)).toMatchObject({ status: '500', code: 'InternalError' });
    expect(keysOf(forked)).not.toContain('s3 <- kms GenerateDataKey');
    expect(verdictOf(forked)).toMatchObject({ kind: 'caught', by: 'no-answer' });
    expect(forked.trace.steps[at]?.knows.kms).toEqual([]);
  });

  it('that is lost on the way back has done its work', async () => {
    const at = indexOf(await runOf(SSE_S3), 'client <- s3 PutObject');
    const forked = await run(SSE_S3, { at, kind: 'drop' });
    expect(lastAnswer(forked)).toMatchObject({ status: '400', code: 'TimeoutError' });
    expect(forked.trace.steps.at(-1)?.shelf.storage).not.toEqual([]);
  });

  it('arriving twice stores the same object again, under another data key', async () => {
    const at = indexOf(await runOf(SSE_KMS), 'client -> s3 PutObject');
    const forked = await run(SSE_KMS, { at, kind: 'replay' });
    expect(codes(forked)).toEqual([]);
    const written = forked.trace.steps.filter((s) => s.key === 's3 -> storage WriteObject');
    const bodies = written.map((s) => (s.kind === 'request' ? s.message.body : undefined));
    expect(bodies).toHaveLength(2);
    expect(sameBytes(bodies[0] as never, bodies[1] as never)).toBe(false);
    expect(forked.trace.secrets.filter(({ kind }) => kind === 'data key')).toHaveLength(2);
    expect(returnedBy(forked)).toEqual(forked.scenario.own.object);
  });
});

describe('what is at rest', () => {
  const afterPut = async (one: Case): Promise<number> =>
    indexOf(await runOf(one), 'you <- client PutObject');

  it('with one bit flipped is found out by the tag', async () => {
    const forked = await run(SSE_S3, { at: await afterPut(SSE_S3), kind: 'stored-flip', bit: 9 });
    expect(codes(forked)[0]).toBe('s3 decrypts object');
  });

  it('and swapped with another object is found out by the tag', async () => {
    const forked = await run(SSE_S3, { at: await afterPut(SSE_S3), kind: 'stored-swap' });
    expect(codes(forked)[0]).toBe('s3 decrypts object');
  });

  it('and put back to an older state is not found out', async () => {
    const forked = await run(SSE_KMS, { at: await afterPut(SSE_KMS), kind: 'stored-back' });
    expect(codes(forked)).toEqual([]);
    expect(returnedBy(forked)).toEqual(forked.scenario.own.object);
  });
});

describe('what an administrator does meanwhile', () => {
  it('a key is disabled while S3 decrypts: the next use is refused, the key in hand still works', async () => {
    const whole = await runOf(SSE_KMS);
    const before = indexOf(whole, 'client -> s3 GetObject');
    const off = await run(SSE_KMS, { at: before, kind: 'key', to: 'DisableKey' });
    expect(lastAnswer(off)).toMatchObject({ status: '400', code: 'KMS.DisabledException' });
    const after = indexOf(whole, 's3 <- kms Decrypt');
    const late = await run(SSE_KMS, { at: after, kind: 'key', to: 'DisableKey' });
    expect(returnedBy(late)).toEqual(late.scenario.own.object);
  });

  it('a key is enabled again in time', async () => {
    const at = indexOf(await runOf(SSE_KMS), 'you <- client PutObject');
    const off: Change = { at, kind: 'key', to: 'DisableKey' };
    const forked = await run(SSE_KMS, off, { at, kind: 'key', to: 'EnableKey' });
    expect(codes(forked)).toEqual([]);
  });

  it.each([
    ['identity', deny('kms:Decrypt'), 'kms authorises request', 'identity-based'],
    ['key', deny('kms:Decrypt', '*'), 'kms authorises request', 'resource-based'],
  ] as const)('a Deny in the %s policy closes the door of KMS', async (of, json, key, whose) => {
    const at = indexOf(await runOf(SSE_KMS), 'client -> s3 GetObject');
    const forked = await run(SSE_KMS, { at, kind: 'policy', of, json });
    const failed = forked.trace.steps.find((s) => s.failed);
    expect(failed).toMatchObject({ key, facts: { decision: 'Deny', statement: 'No' } });
    expect(lastAnswer(forked).message).toContain(
      `explicit deny in a${whose === 'identity-based' ? 'n' : ''} ${whose} policy`,
    );
  });

  it('a Deny in the bucket policy closes the door of S3, and KMS is not asked', async () => {
    const at = indexOf(await runOf(SSE_KMS), 'client -> s3 GetObject');
    const json = deny('s3:GetObject', '*', 'arn:aws:s3:::diary/*');
    const forked = await run(SSE_KMS, { at, kind: 'policy', of: 'bucket', json });
    expect(codes(forked)[0]).toBe('s3 authorises request');
    expect(keysOf(forked)).not.toContain('s3 -> kms Decrypt');
  });

  it('a malformed policy is refused and changes nothing', async () => {
    const at = indexOf(await runOf(SSE_KMS), 'client -> s3 GetObject');
    for (const of of ['identity', 'bucket', 'key'] as const) {
      const forked = await run(SSE_KMS, { at, kind: 'policy', of, json: '{' });
      expect(codes(forked)).toHaveLength(1);
      expect(returnedBy(forked)).toEqual(forked.scenario.own.object);
    }
  });

  it('a bucket whose default is a KMS key encrypts with it what comes then', async () => {
    const at = indexOf(await runOf(SSE_S3), 'client -> s3 PutObject');
    const forked = await run(SSE_S3, { at: at - 1, kind: 'bucket', to: 'aws:kms' });
    expect(keysOf(forked)).toContain('s3 -> kms GenerateDataKey');
    expect(codes(forked)).toEqual([]);
  });
});

describe('words', () => {
  it('are there for all that a change does', async () => {
    const mute = new Set<string>();
    for (const forked of await forkedRuns()) {
      for (const step of forked.trace.steps) {
        const key = step.failed ? `failed: ${step.key}` : step.key;
        const { ids } = captionOf(forked, step);
        const known = ids.find((id) => id in captions) ?? '';
        if (known.startsWith('any ')) mute.add(`caption ${key}`);
        if (!(`why ${key}` in inspector)) mute.add(`why ${key}`);
        if (step.kind !== 'deed') continue;
        for (const fact of Object.keys(step.facts))
          if (!(`fact ${fact}` in inspector)) mute.add(`fact ${fact}`);
        if (!(`does ${step.deed} ${step.thing}` in inspector)) mute.add(`does ${key}`);
      }
    }
    expect([...mute]).toEqual([]);
  });
});
