// The commands are run: what OpenSSL, Node and Python print is what was recorded.
import { execFile, spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DeedStep, toHex } from '../sim';
import { DEFAULT_OWN, FLOW_IDS, FLOWS, type Run, runScenario } from '.';
import type { Tool } from './types';
import { LONGEST, outsideOf } from './verify-outside';

const runs: { name: string; run: Run }[] = [];
beforeAll(async () => {
  for (const flow of FLOW_IDS)
    for (const { id } of FLOWS[flow].variants) {
      const scenario = { flow, variant: id, fault: undefined, seed: 'outside', own: DEFAULT_OWN };
      runs.push({ name: `${flow}/${id}`, run: await runScenario(scenario) });
    }
});

const CIPHERS =
  /^(encrypts|decrypts|wraps|unwraps|derives|commits|hashes|checks (customer key|key commitment|upload))/;
const deedsOf = ({ trace }: Run): DeedStep[] =>
  trace.steps.filter((step): step is DeedStep => step.kind === 'deed');
const has = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const print = (command: string): Promise<string> =>
  new Promise((done, fail) => {
    execFile('bash', ['-euo', 'pipefail', '-c', command], (error, out) =>
      error ? fail(error) : done(out.trim()),
    );
  });

/** One of each kind of deed with one tool; all of them with OpenSSL, which starts fast. */
function chosen(tool: Tool): [string, string, string][] {
  const seen = new Set<string>();
  return runs.flatMap(({ name, run }) =>
    deedsOf(run).flatMap((deed) => {
      const outside = outsideOf(deed);
      if (typeof outside !== 'object') return [];
      const command = outside.commands[tool];
      const kind = `${deed.algorithm} ${deed.deed} ${deed.thing} ${tool === 'openssl' ? `${name} ${deed.index}` : ''}`;
      if (!command || seen.has(kind)) return [];
      seen.add(kind);
      const prints = toHex(tool === 'openssl' ? outside.opensslPrints : outside.prints);
      return [[`${name}: ${deed.key}`, command, prints] as [string, string, string]];
    }),
  );
}

async function compare(tool: Tool): Promise<void> {
  const all = chosen(tool);
  expect(all.length).toBeGreaterThan(8);
  for (const [name, command, prints] of all)
    expect([name, await print(command)]).toEqual([name, prints]);
}

describe('verifying outside', () => {
  it('has a command for every deed that computes, but the sealing of RSA-OAEP', () => {
    for (const { name, run } of runs)
      for (const deed of deedsOf(run)) {
        const computes =
          CIPHERS.test(`${deed.deed} ${deed.thing}`) && !deed.algorithm.startsWith('RSA');
        expect([name, deed.key, outsideOf(deed) !== undefined]).toEqual([
          name,
          deed.key,
          computes || deed.inputs.privateKey !== undefined,
        ]);
      }
  });

  it('prints with Node what was recorded', () => compare('node'));

  it.runIf(has('openssl', 'version'))('prints with OpenSSL what was recorded', () =>
    compare('openssl'),
  );

  it.runIf(has('python3', '-c', 'import cryptography'))(
    'prints with Python what was recorded',
    () => compare('python'),
  );

  it('does not put a long object on a command line, nor offers what failed', async () => {
    const own = { ...DEFAULT_OWN, object: new Uint8Array(LONGEST + 1) };
    const scenario = {
      flow: 'sse-s3',
      variant: 'default',
      fault: undefined,
      seed: 'long',
      own,
    } as const;
    const long = await runScenario(scenario);
    const sealing = deedsOf(long).find(({ key }) => key === 's3 encrypts object');
    expect(sealing && outsideOf(sealing)).toBe('too long');
    const broken = await runScenario({ ...scenario, own: DEFAULT_OWN, fault: 'object-bit' });
    const failed = deedsOf(broken).find((deed) => deed.failed);
    expect(failed && outsideOf(failed)).toBeUndefined();
  });
});
