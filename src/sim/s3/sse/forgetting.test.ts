import { describe, expect, it } from 'vitest';
import { fromUtf8 } from '../../crypto/bytes';
import { createScene, customerKeyHeaders } from '../../testing/scene';
import type { Headers, Step } from '../../types';

// A plaintext data key is forgotten as soon as the object is done, through the desk, so that it is seen.
const SSE = 'x-amz-server-side-encryption';
const BUCKET_KEY = 'x-amz-server-side-encryption-bucket-key-enabled';
const object = fromUtf8('Dear diary, nobody remembers this.');
const own = customerKeyHeaders(new Uint8Array(32).fill(3));

const isKey = (id: string): boolean => /^[DC]\d+$/.test(id);
/** Keys that S3 has in memory at a step, but for those it keeps. */
const held = ({ knows, shelf }: Step): string[] =>
  knows.s3.filter((id) => isKey(id) && !shelf.s3.includes(id));
const stepOf = (steps: readonly Step[], key: string): Step => {
  const step = steps.find((one) => one.key === key);
  if (!step) throw new Error(`${key} is not among the steps`);
  return step;
};

describe.each<[string, Headers, Headers]>([
  ['SSE-S3', {}, {}],
  ['SSE-KMS', { [SSE]: 'aws:kms' }, {}],
  ['SSE-KMS with a bucket key', { [SSE]: 'aws:kms', [BUCKET_KEY]: 'true' }, {}],
  ['DSSE-KMS', { [SSE]: 'aws:kms:dsse' }, {}],
  ['SSE-C', own, own],
])('with %s', (_name, putHeaders, getHeaders) => {
  it('S3 has a key when it encrypts, and none any more when it writes to the disks', async () => {
    const scene = await createScene();
    await scene.configure({ blocksSseC: false });
    scene.news();
    await scene.put('a', object, putHeaders);
    const steps = scene.news();
    expect(held(stepOf(steps, 's3 encrypts object'))).not.toEqual([]);
    expect(held(stepOf(steps, 's3 -> storage WriteObject'))).toEqual([]);
  });

  it('S3 has forgotten every key before it answers a GET', async () => {
    const scene = await createScene();
    await scene.configure({ blocksSseC: false });
    await scene.put('a', object, putHeaders);
    scene.news();
    await scene.get('a', getHeaders);
    const steps = scene.news();
    const answer = stepOf(steps, 'you <- s3 GetObject');
    const last = steps[answer.index - (steps[0] as Step).index - 1] as Step;
    expect(held(stepOf(steps, 's3 decrypts object'))).not.toEqual([]);
    expect([last.key.startsWith('s3 forgets'), held(last)]).toEqual([true, []]);
  });
});
