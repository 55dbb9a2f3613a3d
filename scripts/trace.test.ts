import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FLOW_IDS, FLOWS } from '../src/flows';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const COMMAND = ['--import', 'tsx', 'scripts/trace.ts'];

const trace = (...args: string[]): Promise<Outcome> =>
  new Promise((done) => {
    const options = { maxBuffer: 1 << 28 };
    execFile(process.execPath, [...COMMAND, ...args], options, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-trace-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => join(folder, name);

describe.concurrent('a request that cannot be answered', { timeout: 60_000 }, () => {
  it.each([
    ['an unknown flow', ['sse-s4', '--json'], /^Unknown flow 'sse-s4'. There is: cse-kms, .+\n$/],
    ['an unknown option', ['sse-s3', '--colour'], /^Unknown option '--colour'. There is: --.+\n$/],
    ['a name over two lines', ['sse\ns3'], /^Unknown flow 'sse s3'.+\n$/],
    ['a file that is none', ['sse-s3', '--file', 'src'], /^The file 'src' cannot be read: .+\n$/],
  ] as const)('gets one line and exit code 2: %s', async (_, args, said) => {
    const { code, out, err } = await trace(...args);
    expect(err).toMatch(said);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe.concurrent('a transcript', { timeout: 60_000 }, () => {
  const stepsIn = (out: string) => [...out.matchAll(/^ {0,3}(\d+) {2}(.+)$/gm)].map((m) => m[2]);

  it('numbers the steps and says what happens at each', async () => {
    const { code, out, err } = await trace('sse-s3');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^SSE-S3, Nothing asked for, seed demo\n\nPUT\n/);
    expect(out).toMatch(/\n\nGET\n/);
    expect(out).toMatch(/\n {2}13 {2}s3 encrypts object\n {6}S3 encrypts the object with /);
    expect(out).not.toContain('KMS asks');
  });

  it('has more steps at each level', async () => {
    const [overview, standard, deep] = await Promise.all(
      ['overview', 'standard', 'deep'].map(async (l) =>
        stepsIn((await trace('sse-kms', '--level', l)).out),
      ),
    );
    expect(standard).toEqual(expect.arrayContaining(overview ?? []));
    expect(deep).toEqual(expect.arrayContaining(standard ?? []));
    expect(overview?.length).toBeLessThan(standard?.length ?? 0);
    expect(standard?.length).toBeLessThan(deep?.length ?? 0);
  });

  it('has one chapter when one is asked for', async () => {
    const { out } = await trace('sse-kms', '--chapter', 'get');
    expect(out).toContain('\nGET\n');
    expect(out).not.toContain('\nPUT\n');
    expect(stepsIn(out)).toContain('s3 -> kms Decrypt');
    expect(stepsIn(out)).not.toContain('s3 -> kms GenerateDataKey');
  });

  it('marks what fails, and says which check caught it and why', async () => {
    const { code, out } = await trace('sse-kms', '--fault', 'key-disabled');
    expect(code).toBe(0);
    expect(out).toContain('kms checks key state ✗\n');
    expect(out).toMatch(/\nCaught by KMS: .+\nKMS opens nothing with a disabled key.+\n$/);
  });

  it('says that nothing noticed, and why', async () => {
    const { out } = await trace('cse-kms', '--fault', 'objects-swapped');
    expect(out).toMatch(
      /\nNothing caught it: another object came back.+\nThe sealed data key .+\n$/,
    );
  });
});

describe.concurrent('npm run trace', { timeout: 60_000 }, () => {
  it('lists flows, variants and faults', async () => {
    const { code, out } = await trace('--list');
    expect(code).toBe(0);
    for (const id of FLOW_IDS) {
      expect(out).toMatch(new RegExp(`^${id}$`, 'm'));
      for (const { id: variant, faults } of FLOWS[id].variants)
        expect(out).toMatch(new RegExp(`^  ${variant} +faults: ${faults.join(', ')}$`, 'm'));
    }
  });

  it.each(['--help', '-h'])('explains itself with %s', async (option) => {
    const { code, out } = await trace(option);
    expect(code).toBe(0);
    for (const name of ['chapter', 'variant', 'fault', 'seed', 'text', 'file', 'level', 'json'])
      expect(out).toContain(`--${name}`);
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const [first, again, other] = await Promise.all(
      ['a', 'a', 'b'].map(async (s) => (await trace('cse-kms', '--seed', s, '--json')).out),
    );
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(other?.length).toBeGreaterThan(10_000);
  });

  it('ends quietly when nobody reads on', async () => {
    writeFileSync(inFolder('some'), Buffer.alloc(4 << 20, 'much'));
    const args = [...COMMAND, 'sse-s3', '--json', '--file', inFolder('some')];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (part) => {
      err += part;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.on('close', done));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
