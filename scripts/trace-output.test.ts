// The JSON document, read as somebody would who has nothing else: its shape, and every AES-GCM deed computed again.
import { execFile } from 'node:child_process';
import { createDecipheriv } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_OWN, DEFAULT_SEED, FLOW_IDS, FLOWS, runScenario } from '../src/flows';
import { asJson } from './trace-output';

interface Deed {
  readonly algorithm: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}
interface Message {
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBase64: string;
}
interface StepJson {
  readonly index: number;
  readonly key: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly operation: string;
  readonly depth: string;
  readonly caption: string;
  readonly failed: boolean;
  readonly message?: Message;
  readonly deed?: Deed;
  readonly knows: Readonly<Record<string, readonly string[]>>;
}
interface Document {
  readonly flow: string;
  readonly variant: string;
  readonly fault: string | null;
  readonly seed: string;
  readonly steps: readonly StepJson[];
  readonly secrets: readonly { id: string; thing: string; hex: string }[];
}

const run = promisify(execFile);
const COMMAND = ['--import', 'tsx', 'scripts/trace.ts'];
async function documentOf(...args: string[]): Promise<Document> {
  const { stdout, stderr } = await run(process.execPath, [...COMMAND, ...args, '--json'], {
    maxBuffer: 1 << 28,
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const TEXT = 'Dear diary, today I was sealed.';
const HEX = /^([0-9a-f]{2})*$/;
const ACTORS = ['you', 'client', 's3', 's3-keys', 'kms', 'hsm', 'storage'];
const bytes = (hex: string | undefined) => Buffer.from(hex ?? '', 'hex');
const bodyOf = (step: StepJson | undefined) =>
  Buffer.from(step?.message?.bodyBase64 ?? '', 'base64');

/** The plaintext, or undefined when the tag does not fit. `sealed`: ciphertext ‖ tag. */
function openGcm(key: Buffer, iv: Buffer, aad: Buffer, sealed: Buffer): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, iv);
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-16));
  const opened = decipher.update(sealed.subarray(0, -16));
  try {
    return Buffer.concat([opened, decipher.final()]).toString('hex');
  } catch {
    return undefined;
  }
}

const CASES = FLOW_IDS.flatMap((flow) =>
  FLOWS[flow].variants.flatMap(({ id: variant }) =>
    ([undefined, 'object-bit'] as const).map((fault) => ({ flow, variant, fault })),
  ),
);
type Case = (typeof CASES)[number];
const nameOf = ({ flow, variant, fault }: Case) =>
  [flow, variant, ...(fault ? [fault] : [])].join(' ');

/** The document as it is written, without a process of its own. */
async function writtenOf(one: Case): Promise<string> {
  const made = await runScenario({ ...one, seed: DEFAULT_SEED, own: DEFAULT_OWN });
  return [...asJson(made, made.trace.steps)].join('');
}

describe.each(CASES.map((one) => [nameOf(one), one] as const))('%s', (_, one) => {
  const faulty = one.fault !== undefined;
  let document: Document;
  beforeAll(async () => {
    document = JSON.parse(await writtenOf(one));
  });

  it('has the fields that the document promises', () => {
    expect(document).toMatchObject({ ...one, fault: one.fault ?? null, seed: 'demo' });
    document.steps.forEach((step, index) => {
      expect(step.index).toBe(index);
      expect(step.key).toMatch(/^\S+ (->|<-) \S+ \w+$|^\S+ \w+ [\w -]+$/);
      expect(['request', 'response', 'deed']).toContain(step.kind);
      expect(ACTORS).toEqual(expect.arrayContaining([step.from, step.to]));
      expect(new Date(step.at).toISOString()).toBe(step.at);
      expect(['overview', 'standard', 'deep']).toContain(step.depth);
      expect(step.caption).toMatch(/^[A-Z].*\.$/);
      expect(typeof step.failed).toBe('boolean');
      expect(Object.keys(step.knows)).toEqual(ACTORS);
      expect(step.kind === 'deed' ? step.message : step.deed).toBeUndefined();
    });
    const ids = document.secrets.map(({ id }) => id);
    for (const { knows } of document.steps)
      expect(ids).toEqual(expect.arrayContaining(Object.values(knows).flat()));
    for (const { thing, hex } of document.secrets) {
      expect(thing).toMatch(/^[a-z -]+$/);
      expect(hex).toMatch(HEX);
    }
  });

  it('has messages with method and path, or a status; headers; and a body in base64', () => {
    for (const { kind, message, operation, from, to, key } of document.steps) {
      if (!message) continue;
      expect(typeof message.method === 'string').toBe(kind === 'request');
      expect(typeof message.path === 'string').toBe(kind === 'request');
      expect(typeof message.status === 'number').toBe(kind === 'response');
      for (const value of Object.values(message.headers)) expect(typeof value).toBe('string');
      const body = Buffer.from(message.bodyBase64, 'base64').toString('base64');
      expect(body).toBe(message.bodyBase64);
      expect(key).toBe(
        kind === 'request' ? `${from} -> ${to} ${operation}` : `${to} <- ${from} ${operation}`,
      );
    }
  });

  it('has AES-GCM deeds that come out the same when they are done again', () => {
    const deeds = document.steps.filter(({ deed }) => deed?.algorithm === 'AES-256-GCM');
    expect(deeds.length).toBeGreaterThan(1);
    for (const { deed, failed } of deeds) {
      const { key, iv, aad, plaintext, ciphertext } = deed?.inputs ?? {};
      for (const hex of [key, iv, aad]) expect(hex).toMatch(HEX);
      expect((plaintext === undefined) !== (ciphertext === undefined)).toBe(true);
      expect(bytes(key)).toHaveLength(32);
      expect(bytes(iv)).toHaveLength(12);
      const sealed = bytes(ciphertext ?? deed?.outputs.ciphertext);
      const opened = openGcm(bytes(key), bytes(iv), bytes(aad), sealed);
      expect(opened).toBe(failed ? undefined : (plaintext ?? deed?.outputs.plaintext));
    }
    expect(deeds.some(({ failed }) => failed)).toBe(faulty);
  });

  it('ends with the object that is returned, or with an error', () => {
    const last = document.steps.at(-1);
    expect(last).toMatchObject({ key: 'you <- client GetObject', failed: faulty });
    expect(bodyOf(last).toString() === TEXT).toBe(!faulty);
  });
});

describe.concurrent('the document', { timeout: 60_000 }, () => {
  it.each([
    { flow: 'cse-local', variant: 'rsa', fault: 'object-bit' },
    { flow: 'sse-kms', variant: 'bucket-key', fault: undefined },
  ] as const)('is all that the command writes: $flow $variant', async (one) => {
    const { flow, variant, fault } = one;
    const args = [flow, '--variant', variant, ...(fault ? ['--fault', fault] : [])];
    const { stdout } = await run(process.execPath, [...COMMAND, ...args, '--json']);
    expect(stdout).toBe(await writtenOf(one));
    expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), undefined, 2)}\n`);
  });

  it.each(['', 'ä€🔑', ' x '])('carries the text %j to the end', async (text) => {
    const { steps } = await documentOf('sse-s3', '--text', text);
    expect(bodyOf(steps.at(-1)).toString()).toBe(text);
  });

  it('carries a file to the end, whatever its bytes, over many pieces', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sealed-trace-'));
    try {
      const content = Buffer.from(Array.from({ length: 1_000_001 }, (_, i) => (i * i) >>> 3));
      const path = join(folder, 'file');
      writeFileSync(path, content);
      const { steps, secrets } = await documentOf('cse-kms', '--variant', 'v3', '--file', path);
      expect(Buffer.compare(bodyOf(steps.at(-1)), content)).toBe(0);
      expect(secrets.find(({ id }) => id === 'O1')?.hex).toBe(content.toString('hex'));
      const encrypts = steps.find(({ key }) => key === 'client encrypts object')?.deed;
      expect(encrypts?.inputs.plaintext).toBe(content.toString('hex'));
      expect(encrypts?.outputs.ciphertext).toHaveLength(2 * (content.length + 16));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has the chapter and the level that are asked for, and all steps when none is', async () => {
    const [all, put, overview] = await Promise.all([
      documentOf('sse-kms'),
      documentOf('sse-kms', '--chapter', 'put'),
      documentOf('sse-kms', '--level', 'overview'),
    ]);
    const inPut = put?.steps.map(({ key }) => key);
    expect(inPut?.[0]).toBe('you -> client PutObject');
    expect(inPut?.at(-1)).toBe('you forgets object');
    expect(overview?.steps).toEqual(all?.steps.filter(({ depth }) => depth === 'overview'));
    expect(put?.steps).toEqual(
      all?.steps.filter(({ index }) => put.steps.some((s) => s.index === index)),
    );
    expect(all?.steps.map(({ index }) => index)).toEqual(all?.steps.map((_, i) => i));
  });
});
