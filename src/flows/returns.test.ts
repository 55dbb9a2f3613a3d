import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../sim';
import { variantOf } from './outline';
import { runScenario } from './run';
import { named, returnedBy, SOUND, scenarioOf } from './testing/cases';

const RUNS = 25;

const object = fc
  .uint8Array({ minLength: 0, maxLength: 2000 })
  .map((bytes): Bytes => Uint8Array.from(bytes));
/** S3 takes any name of up to 1024 bytes of UTF-8. */
const key = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
  fc.string({
    unit: fc.constantFrom(...'/ %+#?&=.~"\'<>\\ä語🔑', '%2F', '..', '//'),
    minLength: 1,
    maxLength: 20,
  }),
);
const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 40,
});
/** Names that begin with `aws:` belong to AWS. */
const context = fc.dictionary(
  printable.filter((name) => name.length > 0 && !name.startsWith('aws:')),
  printable,
  { maxKeys: 6 },
);
const seed = fc.string({ maxLength: 20 });
const input = fc.record({ object, key, context, seed });

const hexOf = (bytes: Bytes | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString('hex');

describe.each(named(SOUND))('%s', (_, one) => {
  // An RSA key pair for each run costs more than all the rest.
  const numRuns = one.variant === 'rsa' ? 6 : RUNS;

  it('returns what was put: any bytes, name, encryption context and seed', () =>
    fc.assert(
      fc.asyncProperty(input, async ({ seed: own, ...rest }) => {
        const run = await runScenario(scenarioOf(one, rest, own));
        expect(hexOf(returnedBy(run))).toBe(hexOf(rest.object));
      }),
      { numRuns },
    ));

  it('returns three mebibytes as they were put', async () => {
    const large = new Uint8Array(3 * 1024 * 1024);
    for (let i = 0; i < large.length; i++) large[i] = (i * 2654435761) >>> 24;
    const back = returnedBy(await runScenario(scenarioOf(one, { object: large })));
    expect(back && Buffer.compare(back, large)).toBe(0);
  });

  it('uses of your own data what it says it takes, and no more', async () => {
    const takes = variantOf(one).takes ?? [];
    const plain = await runScenario(scenarioOf(one));
    const own = {
      context: { department: 'finance' },
      customerKey: Uint8Array.from({ length: 32 }, (_, i) => i),
    };
    for (const name of ['context', 'customerKey'] as const) {
      const run = await runScenario(scenarioOf(one, { [name]: own[name] }));
      const isSame = isDeepStrictEqual(run.trace.steps, plain.trace.steps);
      expect(isSame, name).toBe(!takes.includes(name));
    }
  });

  it('leaves the object it was given as it was', async () => {
    const given = Uint8Array.from(Buffer.from('not to be zeroed'));
    await runScenario(scenarioOf(one, { object: given }));
    expect(Buffer.from(given).toString()).toBe('not to be zeroed');
  });

  it('is the same trace for the same scenario, and other bytes for another seed', async () => {
    const [first, again, other] = await Promise.all(
      ['demo', 'demo', 'omed'].map((s) => runScenario(scenarioOf(one, {}, s))),
    );
    expect(again).toEqual(first);
    const secretsOf = (run = first) =>
      run?.trace.secrets.filter(({ kind }) => kind !== 'object').map((s) => hexOf(s.bytes)) ?? [];
    expect(secretsOf()).not.toHaveLength(0);
    expect(secretsOf().filter((hex) => secretsOf(other).includes(hex))).toEqual([]);
    expect(other?.trace.steps.map((s) => s.key)).toEqual(first?.trace.steps.map((s) => s.key));
  });
});
