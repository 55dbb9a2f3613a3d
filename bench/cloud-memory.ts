// A process of its own: 10,000 small objects in one world. Prints what PUT and GET cost before and after, and the memory
// that each object takes beyond its own bytes. Needs --expose-gc.
import { memoryUsage, stdout } from 'node:process';
import { createCloud } from '../cloud/engine';
import { REGION } from '../src/sim/names';
import { type Sending, signed } from '../src/sim/testing/signing';
import { median } from './measure';
import { someBytes } from './scenarios';

export interface ManyObjects {
  readonly objects: number;
  /** Milliseconds. */
  readonly put: { readonly before: number; readonly after: number };
  readonly get: { readonly before: number; readonly after: number };
  readonly bytesAnObject: number;
}

const OBJECTS = 10_000;
const SAMPLE = 400;
const SIZE = 256;

const { gc } = globalThis;
if (!gc) throw new Error('needs --expose-gc');
const NOW = new Date('2026-11-23T09:00:00Z');
const cloud = createCloud({ seed: 'bench', clock: { now: () => NOW, advance() {} } });
const host = `bench.s3.${REGION}.amazonaws.com`;
const body = someBytes(SIZE);

async function send(sending: Sending): Promise<number> {
  const request = signed({ ...sending, host, by: cloud.admin });
  const start = performance.now();
  const { status } = await cloud.answer(request);
  if (status !== 200) throw new Error(`answered ${status}`);
  return performance.now() - start;
}
const put = (i: number): Promise<number> =>
  send({
    method: 'PUT',
    key: `object-${i}`,
    body,
    headers: { 'x-amz-server-side-encryption': i % 2 ? 'aws:kms' : 'AES256' },
  });
const get = (i: number): Promise<number> => send({ key: `object-${i}` });

async function sample(work: (i: number) => Promise<number>, from: number): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < SAMPLE; i++) taken.push(await work(from + i));
  return median(taken);
}
const held = (): number => {
  gc();
  gc();
  const { heapUsed, arrayBuffers } = memoryUsage();
  return heapUsed + arrayBuffers;
};

await send({ method: 'PUT', key: '' });
// Until the process has the size and the speed that it works at.
for (let round = 0; round < 5; round++) for (const work of [put, get]) await sample(work, 0);
const before = { put: await sample(put, 0), get: await sample(get, 0), held: held() };
for (let i = SAMPLE; i < OBJECTS; i++) await put(i);
const grown = held() - before.held;
const after = { put: await sample(put, OBJECTS), get: await sample(get, OBJECTS - SAMPLE) };
const many: ManyObjects = {
  objects: OBJECTS,
  put: { before: before.put, after: after.put },
  get: { before: before.get, after: after.get },
  bytesAnObject: grown / (OBJECTS - SAMPLE) - SIZE,
};
stdout.write(JSON.stringify(many));
