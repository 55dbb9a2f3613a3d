// The endpoint beside the npm package s3rver, which stores without encrypting, in turns and over one connection each, with
// the CRC-32 that AWS's SDKs send along; and what a world of many objects costs.
import { execFileSync } from 'node:child_process';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { crc32Base64 } from '../src/sim/crypto/checksums';
import { customerKeyHeaders } from '../src/sim/testing/scene';
import { type Call, hangUp, prepared, type Served, startS3rver, startSealed } from './cloud-client';
import type { ManyObjects } from './cloud-memory';
import { atMost, clocked, median, ms, number, type Report, times } from './measure';
import { KIB, MIB, someBytes } from './scenarios';

const AREA = 'endpoint';
const SIZES = [
  { name: '1 KiB', size: KIB, rounds: 200, warmUp: 100 },
  { name: '8 MiB', size: 8 * MIB, rounds: 21, warmUp: 5 },
] as const;
const SSE = 'x-amz-server-side-encryption';
const CUSTOMER_KEY = customerKeyHeaders(someBytes(32));

interface Scheme {
  readonly name: string;
  readonly put: Readonly<Record<string, string>>;
  readonly get: Readonly<Record<string, string>>;
  /** At most so many times what s3rver takes; only told where there is none. */
  readonly limit?: number;
}

const SCHEMES: readonly Scheme[] = [
  { name: 'SSE-S3', put: { [SSE]: 'AES256' }, get: {}, limit: 1.5 },
  { name: 'SSE-KMS', put: { [SSE]: 'aws:kms' }, get: {}, limit: 1.5 },
  {
    name: 'SSE-KMS, bucket key',
    put: { [SSE]: 'aws:kms', [`${SSE}-bucket-key-enabled`]: 'true' },
    get: {},
  },
  { name: 'DSSE-KMS', put: { [SSE]: 'aws:kms:dsse' }, get: {} },
  { name: 'SSE-C', put: CUSTOMER_KEY, get: CUSTOMER_KEY },
];

const UNBLOCK = new TextEncoder().encode(
  '<ServerSideEncryptionConfiguration><Rule><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>',
);

interface Pair {
  readonly put: Call;
  readonly get: Call;
}
type Timed = Record<'put' | 'get', number[]>;

const perSecond = (milliseconds: number): string => `${number(1000 / milliseconds)} a second`;

async function inTurns<Name extends string>(
  works: Readonly<Record<Name, (round: number) => Pair>>,
  rounds: number,
  warmUp: number,
): Promise<Record<Name, Timed>> {
  const names = Object.keys(works) as Name[];
  const taken = Object.fromEntries(
    names.map((name) => [name, { put: [], get: [] } as Timed]),
  ) as unknown as Record<Name, Timed>;
  for (let round = 0; round < warmUp + rounds; round++)
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const pair = works[name](round);
      for (const verb of ['put', 'get'] as const) {
        const time = await clocked(async () => void (await pair[verb]()));
        if (round >= warmUp) taken[name][verb].push(time);
      }
    }
  return taken;
}

async function compare(report: Report, sealed: Served, s3rver: Served): Promise<void> {
  for (const { name: sizeName, size, rounds, warmUp } of SIZES) {
    const same = someBytes(size);
    const pairAt = (served: Served, scheme: Scheme | undefined) => (round: number) => {
      // Another object each time, as uploads are.
      const body = same.slice();
      new DataView(body.buffer).setUint32(0, round);
      const checksum = { 'x-amz-checksum-crc32': crc32Base64(body) };
      const key = `${scheme?.name.replace(/\W/g, '') ?? 'plain'}-${size}-${round % 8}`;
      return {
        put: prepared(served, {
          method: 'PUT',
          key,
          body,
          headers: { ...checksum, ...scheme?.put },
        }),
        get: prepared(served, { method: 'GET', key, headers: scheme?.get ?? {} }),
      };
    };
    for (const scheme of SCHEMES) {
      const { name, limit } = scheme;
      const works = { s3rver: pairAt(s3rver, undefined), ours: pairAt(sealed, scheme) };
      const taken = await inTurns(works, rounds, warmUp);
      for (const verb of ['put', 'get'] as const) {
        const [ours, theirs] = [median(taken.ours[verb]), median(taken.s3rver[verb])];
        const what = `${sizeName}  ${verb.toUpperCase()} ${name}`;
        const note = `${ms(ours)} against ${ms(theirs)}; ${perSecond(ours)}`;
        if (limit) report(atMost(AREA, what, ours / theirs, limit, times, note));
        else report({ area: AREA, what, figure: `${times(ours / theirs)}  (${note})` });
      }
    }
  }
}

function manyObjects(): ManyObjects {
  const script = fileURLToPath(new URL('./cloud-memory.ts', import.meta.url));
  const flags = ['--expose-gc', '--import', 'tsx', script];
  return JSON.parse(execFileSync(execPath, flags, { encoding: 'utf8' })) as ManyObjects;
}

export async function benchCloud(report: Report): Promise<void> {
  const [sealed, s3rver] = await Promise.all([startSealed(), startS3rver()]);
  try {
    await prepared(sealed, { method: 'PUT', key: '' })();
    await prepared(sealed, { method: 'PUT', key: '', query: { encryption: '' }, body: UNBLOCK })();
    await compare(report, sealed, s3rver);
  } finally {
    hangUp();
    sealed.stop();
    s3rver.stop();
  }
  const { objects, put, get, bytesAnObject } = manyObjects();
  for (const [verb, { before, after }] of Object.entries({ PUT: put, GET: get })) {
    const note = `${ms(after)} against ${ms(before)}`;
    const what = `${verb} among ${objects} objects, against among few`;
    report(atMost(AREA, what, after / before, 1.2, times, note));
  }
  const show = (value: number): string => `${Math.round(value)} B`;
  report(atMost(AREA, 'memory for each small object, beyond its bytes', bytesAnObject, 4000, show));
}
