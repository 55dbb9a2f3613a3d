// What an attack finds, against a list written by hand from what AWS documents, and against the recording.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../sim';
import { attack, attacks } from '../labs/attack';
import { FAULTY, named, runOf, SOUND, scenarioOf } from '../testing/cases';
import type { FlowId } from '../types';
import { attackOn } from './attack';
import { type Attack, VANTAGES, type VantageId } from './types';

/**
 * Who reads the object, from the facts sheet: TLS hides all; a disk holds ciphertext under every scheme (§1); SSE decrypts
 * for whoever may GET, SSE-KMS and DSSE-KMS also ask for kms:Decrypt of the caller (§3), SSE-C for the key with each
 * request (§5); CSE gives S3 ciphertext (§8); a KMS that is used from your side answers with the data key in the clear.
 */
const READS: Readonly<Record<VantageId, readonly FlowId[]>> = {
  'wire-tls': [],
  wire: ['cse-kms', 'sse-s3', 'sse-kms', 'dsse-kms', 'sse-c'],
  disk: [],
  bucket: ['sse-s3'],
  memory: ['sse-s3', 'sse-kms', 'dsse-kms', 'sse-c'],
  credentials: ['cse-kms', 'sse-s3', 'sse-kms', 'dsse-kms'],
  'credentials-no-kms': ['sse-s3'],
  kms: [],
  client: ['cse-kms', 'cse-local', 'sse-s3', 'sse-kms', 'dsse-kms', 'sse-c'],
};
/** The key policy of aws/s3 lets everybody in the account who may use S3; a bucket key in use is not asked for again. */
const ALSO: readonly string[] = ['credentials-no-kms aws-s3', 'credentials-no-kms bucket-key'];

const verdicts = (found: readonly Attack[]): string[] =>
  found.filter(({ reads }) => reads).map(({ vantage }) => vantage);

describe('verdicts', () => {
  it.each(named(SOUND))('%s is read from where the list says', async (_, one) => {
    const found = await attacks(scenarioOf(one));
    expect(found.map(({ vantage }) => vantage)).toEqual([...VANTAGES]);
    expect(verdicts(found)).toEqual(
      VANTAGES.filter(
        (vantage) =>
          READS[vantage].includes(one.flow) || ALSO.includes(`${vantage} ${one.variant}`),
      ),
    );
  });

  it('are the same for other objects, contexts and seeds', async () => {
    const object = fc.uint8Array({ minLength: 33, maxLength: 300 }).map((b) => Uint8Array.from(b));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SOUND),
        object,
        fc.stringMatching(/^[a-z0-9]{1,8}$/),
        async (one, bytes, seed) => {
          const found = await attacks(scenarioOf(one, { object: bytes }, seed));
          const usual = await attacks(scenarioOf(one));
          expect(verdicts(found)).toEqual(verdicts(usual));
        },
      ),
      { numRuns: 12 },
    );
  });

  it('changes with the step in the memory of S3: nothing before the object came', async () => {
    const one = { flow: 'sse-kms', variant: 'customer-key', fault: undefined } as const;
    const { trace } = await runOf(one);
    const first = trace.steps.findIndex(({ knows }) => knows.s3.includes('O1'));
    for (const at of [-1, first - 1, first])
      expect((await attackOn(scenarioOf(one), trace, 'memory', at)).reads).toBe(at === first);
  });

  it('of S3 itself is refused with the code that S3 or KMS gives', async () => {
    const refusal = async (flow: FlowId, variant: string, vantage: VantageId) => {
      const scenario = scenarioOf({ flow, variant, fault: undefined } as (typeof SOUND)[number]);
      return (await attack({ scenario, vantage, at: -1 })).refusal;
    };
    expect(await refusal('sse-kms', 'customer-key', 'credentials-no-kms')).toBe('403 AccessDenied');
    expect(await refusal('sse-kms', 'customer-key', 'kms')).toBe('403 AccessDenied');
    expect(await refusal('sse-c', 'unblocked', 'credentials')).toBe('400 InvalidRequest');
    expect(await refusal('cse-kms', 'v2', 'credentials-no-kms')).toBe('400 AccessDeniedException');
  });

  it.each(named(FAULTY.filter(({ fault }) => fault === 'key-disabled')))(
    '%s: whoever has the credentials is refused as well',
    async (_, one) => {
      const found = await attack({ scenario: scenarioOf(one), vantage: 'credentials', at: -1 });
      expect(found.reads).toBe(one.variant === 'bucket-key');
    },
  );

  it('is that of the world with what was changed by hand before GET', async () => {
    const sound = scenarioOf({ flow: 'sse-kms', variant: 'customer-key', fault: undefined });
    const { trace } = await runOf({ flow: 'sse-kms', variant: 'customer-key', fault: undefined });
    const put = trace.chapters.find(({ id }) => id === 'get')?.start ?? 0;
    const changes = [{ kind: 'key', to: 'DisableKey', at: put - 1 }] as const;
    const found = await attack({
      scenario: { ...sound, changes },
      vantage: 'credentials',
      at: -1,
    });
    expect([found.reads, found.refusal]).toEqual([false, '400 KMS.DisabledException']);
  });
});

/** All bytes of a step in one text, and its texts: what is had must be in there, in one form or another. */
function contains({ steps, secrets }: Trace, at: number, name: string, bytes: Uint8Array): boolean {
  const step = steps[at];
  const wanted = Buffer.from(bytes);
  if (!step) return false;
  if (secrets.some(({ id }) => id === name))
    return Object.values(step.knows).some((ids) => ids.includes(name));
  if (step.kind === 'deed') return false;
  const body = Buffer.from(step.message.body);
  const texts = [...Object.values(step.message.headers), body.toString()];
  const compact = texts.map((text) => text.replaceAll(/\s/g, ''));
  return (
    body.includes(wanted) ||
    texts.some((text) => text.includes(wanted.toString('base64'))) ||
    compact.some((text) => text.includes(wanted.toString().replaceAll(/\s/g, '')))
  );
}

describe('what is had', () => {
  it.each(named(SOUND))('%s: lies where it is said to lie', async (_, one) => {
    const { trace } = await runOf(one);
    for (const found of await attacks(scenarioOf(one)))
      for (const { name, bytes, step, attempt } of found.haves)
        if (step >= 0) expect([name, contains(trace, step, name, bytes)]).toEqual([name, true]);
        else expect(found.attempts[attempt]?.isOpen).toBe(true);
  });

  it.each(named(SOUND))('%s: a verdict rests on the object itself', async (_, one) => {
    const scenario = scenarioOf(one);
    for (const { reads, object, haves } of await attacks(scenario)) {
      const is = haves.map(({ bytes }) => Buffer.from(bytes).equals(scenario.own.object));
      expect(reads).toBe(is.includes(true));
      expect(object).toBe(reads ? is.indexOf(true) : undefined);
    }
  });
});
