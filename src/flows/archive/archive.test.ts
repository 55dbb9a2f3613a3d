// The archive of every run is unpacked and its own script is run: it passes, and one changed byte makes it fail.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
// @ts-expect-error it comes without types
import schemas from 'har-schema';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_OWN, FLOW_IDS, FLOWS, type FlowId, runScenario, type Scenario } from '..';
import { LABS } from '../labs';

const folder = mkdtempSync(join(tmpdir(), 'sealed-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scenarioOf = (flow: FlowId, variant: string, fault?: string): Scenario =>
  ({ flow, variant, fault, seed: 'archive', own: DEFAULT_OWN }) as Scenario;

let archives = 0;
/** Packs, unpacks, and gives the folder of it. */
async function unpacked(scenario: Scenario): Promise<string> {
  const { trace } = await runScenario(scenario);
  const captions = trace.steps.map(({ key }) => key);
  const zip = await LABS.archive({
    scenario,
    telling: { captions, transcript: 'told', readme: 'read' },
  });
  const place = join(folder, String(++archives));
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    const file = join(place, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  const [only] = readdirSync(place);
  return join(place, only as string);
}
const run = (place: string, command: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: place, encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n'), stderr };
};
const failures = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith('FAIL'));

const VARIANTS = FLOW_IDS.flatMap((flow) =>
  FLOWS[flow].variants.map(({ id }) => [flow, id] as const),
);
const hasOpenssl = run('.', 'openssl', 'version').lines[0]?.startsWith('OpenSSL 3') === true;

describe('the archive of a run', () => {
  it.each(VARIANTS)('of %s %s is computed again by its own script', async (flow, variant) => {
    const place = await unpacked(scenarioOf(flow, variant));
    const { status, lines, stderr } = run(place, 'sh', 'verify.sh');
    expect([failures(lines), stderr, status]).toEqual([[], '', 0]);
    const passed = (tool: string) =>
      lines.filter((line) => line.startsWith('PASS') && line.endsWith(`(${tool})`)).length;
    expect(passed('node')).toBeGreaterThan(3);
    if (hasOpenssl) expect(passed('openssl')).toBeGreaterThan(1);
  });

  it('of every fault fails where the run failed', async () => {
    const seen = new Set<string>();
    for (const [flow, variant] of VARIANTS)
      for (const fault of FLOWS[flow].variants.find(({ id }) => id === variant)?.faults ?? []) {
        if (seen.has(`${flow} ${fault}`)) continue;
        seen.add(`${flow} ${fault}`);
        const place = await unpacked(scenarioOf(flow, variant, fault));
        const { status, lines } = run(place, 'node', 'verify.mjs');
        expect([flow, fault, failures(lines), status]).toEqual([flow, fault, [], 0]);
      }
    expect(seen.size).toBeGreaterThan(30);
  });

  it('of a forked world has its changes, and is computed again', async () => {
    const changes = [{ at: 35, kind: 'flip', bit: 9 }] as const;
    const place = await unpacked({ ...scenarioOf('sse-kms', 'customer-key'), changes });
    const document = JSON.parse(readFileSync(join(place, 'trace.json'), 'utf8'));
    expect(document.changes).toEqual(changes);
    const { status, lines } = run(place, 'node', 'verify.mjs');
    expect([failures(lines), status]).toEqual([[], 0]);
  });

  it('is red when one byte of one output is changed', async () => {
    const place = await unpacked(scenarioOf('cse-kms', 'v3'));
    const outputs = readdirSync(join(place, 'outputs'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...outputs), fc.nat(), fc.nat(7), async (name, at, bit) => {
        const file = join(place, 'outputs', name);
        const before = readFileSync(file);
        const changed = Buffer.from(before);
        const place0 = at % changed.length;
        changed[place0] = (changed[place0] as number) ^ (1 << bit);
        writeFileSync(file, changed);
        const { status, lines } = run(place, 'node', 'verify.mjs');
        writeFileSync(file, before);
        expect(status).toBe(1);
        expect(failures(lines)).toHaveLength(1);
        expect(failures(lines)[0]).toContain(` ${Number(name.slice(0, 3))} `);
      }),
      { numRuns: 25 },
    );
    expect(run(place, 'node', 'verify.mjs').status).toBe(0);
  });

  it.runIf(hasOpenssl)('is red for OpenSSL alone, too', async () => {
    const place = await unpacked(scenarioOf('dsse-kms', 'customer-key'));
    const file = join(
      place,
      'outputs',
      readdirSync(join(place, 'outputs')).find((name) => name.includes('ciphertext')) as string,
    );
    const bytes = readFileSync(file);
    bytes[0] = (bytes[0] as number) ^ 1;
    writeFileSync(file, bytes);
    const { status, lines } = run(place, 'sh', 'verify.sh');
    expect(status).toBe(1);
    expect(failures(lines).some((line) => line.endsWith('(openssl)'))).toBe(true);
  });

  it('is the same, whenever it is made', async () => {
    const scenario = scenarioOf('sse-s3', 'default');
    const telling = { captions: [], transcript: '', readme: '' };
    expect(await LABS.archive({ scenario, telling })).toEqual(
      await LABS.archive({ scenario, telling }),
    );
  });

  it('holds an HTTP Archive as its schema wants it, and a log', async () => {
    const ajv = new Ajv({ strict: false, validateSchema: false });
    (addFormats as unknown as (to: Ajv) => void)(ajv);
    for (const schema of Object.values(schemas as Record<string, object>)) {
      const { $schema: _, ...rest } = schema as { $schema?: string };
      ajv.addSchema(rest);
    }
    const validate = ajv.getSchema('har.json');
    expect(validate?.({ log: { version: '1.2', entries: [{}] } })).toBe(false);
    for (const [flow, variant] of VARIANTS) {
      const place = await unpacked(scenarioOf(flow, variant));
      const har = JSON.parse(readFileSync(join(place, 'run.har'), 'utf8'));
      expect([flow, validate?.(har), validate?.errors]).toEqual([flow, true, null]);
      expect(har.log.entries.length).toBeGreaterThan(3);
      const log = JSON.parse(readFileSync(join(place, 'cloudtrail.json'), 'utf8'));
      expect(log.Records.length).toBeGreaterThan(1);
    }
  });
});
