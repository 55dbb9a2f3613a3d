import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_OWN } from '../src/flows';
import { readRequest, Usage } from './trace-request';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-trace-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => join(folder, name);

/** What is said of a request that cannot be answered. */
function refusalOf(...args: string[]): string {
  try {
    readRequest(args);
  } catch (error) {
    if (error instanceof Usage) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a request that cannot be answered', () => {
  const CASES: readonly [string, string[], RegExp][] = [
    ['no flow', [], /There is: cse-kms, cse-local, sse-s3, sse-kms, dsse-kms, sse-c$/],
    ['two flows', ['sse-s3', 'sse-c'], /Name one flow/],
    ['an unknown flow', ['sse-s4'], /Unknown flow 'sse-s4'. There is: cse-kms, /],
    ['an unknown variant', ['sse-kms', '--variant', 'v2'], /There is: customer-key, aws-s3, /],
    ['an empty variant', ['sse-kms', '--variant', ''], /Unknown variant of sse-kms ''/],
    ['an unknown fault', ['sse-s3', '--fault', 'x'], /There is: object-bit, data-key-bit, /],
    [
      'a fault of another variant',
      ['sse-kms', '--variant', 'aws-s3', '--fault', 'key-disabled'],
      /Unknown fault of sse-kms aws-s3 'key-disabled'/,
    ],
    ['a zip of a part', ['sse-s3', '--zip', 'a.zip', '--chapter', 'get'], /Give --zip alone/],
    ['a zip as JSON', ['sse-s3', '--zip', 'a.zip', '--json'], /Give --zip alone/],
    ['an unknown chapter', ['sse-s3', '--chapter', 'head'], /There is: put, get$/],
    ['an unknown level', ['sse-s3', '--level', 'full'], /There is: overview, standard, deep$/],
    [
      'an unknown option',
      ['sse-s3', '--colour'],
      /Unknown option '--colour'. There is: --chapter,/,
    ],
    ['an option without its value', ['sse-s3', '--seed'], /--seed/],
    ['an option for an option’s value', ['sse-s3', '--seed', '--json'], /--seed/],
    ['text and a file', ['sse-s3', '--text', 'a', '--file', 'b'], /not both/],
  ];

  it.each(CASES)('says what is wrong and what there is: %s', (_, args, said) => {
    expect(refusalOf(...args)).toMatch(said);
    expect(refusalOf(...args)).not.toContain('\n');
  });

  it.each([
    ['is missing', 'missing', () => {}, 'there is no such file'],
    ['is a directory', '.', () => {}, 'it is a directory'],
    [
      'is one byte too large',
      'large',
      (path: string) => {
        writeFileSync(path, '');
        truncateSync(path, 64 * 1024 * 1024 + 1);
      },
      'it is larger than 64 MiB',
    ],
  ] as const)('is said of a file that %s', (_, name, make, why) => {
    make(inFolder(name));
    expect(refusalOf('sse-s3', '--file', inFolder(name))).toBe(
      `The file '${inFolder(name)}' cannot be read: ${why}.`,
    );
  });
});

describe('a request', () => {
  it('is for the first variant, sound, with the defaults, when only a flow is named', () => {
    expect(readRequest(['cse-local'])).toEqual({
      scenario: {
        flow: 'cse-local',
        variant: 'aes',
        fault: undefined,
        seed: 'demo',
        own: DEFAULT_OWN,
      },
      level: 'standard',
      chapter: undefined,
      as: 'text',
    });
  });

  it('is for every step when it is for JSON, unless a level is named', () => {
    expect(readRequest(['sse-s3', '--json'])).toMatchObject({ level: 'deep', as: 'json' });
    const overview = readRequest(['--level', 'overview', '--json', 'sse-s3']);
    expect(overview).toMatchObject({ level: 'overview', as: 'json' });
  });

  const objectOf = (...args: string[]) => {
    const asked = readRequest(['sse-s3', ...args]);
    if (typeof asked === 'string') throw new Error('no run');
    return Buffer.from(asked.scenario.own.object);
  };

  it.each(['', 'ä€🔑', '--json'])('takes the text %j as it is', (text) => {
    expect(objectOf(`--text=${text}`).toString()).toBe(text);
  });

  it.each([0, 1, 65_536, 200_001])('takes a file of %i bytes as it is', (length) => {
    const content = Buffer.from(Array.from({ length }, (_, i) => (i * i) >>> 5));
    writeFileSync(inFolder('file'), content);
    expect(Buffer.compare(objectOf('--file', inFolder('file')), content)).toBe(0);
  });

  it('takes a file of the largest size', () => {
    writeFileSync(inFolder('most'), '');
    truncateSync(inFolder('most'), 64 * 1024 * 1024);
    expect(objectOf('--file', inFolder('most'))).toHaveLength(64 * 1024 * 1024);
  });

  it('is for help or the list before anything else', () => {
    expect(readRequest(['--list', 'nonsense'])).toBe('list');
    expect(readRequest(['-h', 'nonsense'])).toBe('help');
  });
});
