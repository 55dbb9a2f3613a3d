import { describe, expect, it } from 'vitest';
import { clientCall } from '../client/calls';
import { encryptionClient } from '../client/encryption-client';
import { kmsKeyring } from '../client/keyrings';
import { toBase64, toHex } from '../crypto/bytes';
import { BUCKET, createScene } from '../testing/scene';
import type { Trace } from '../types';

/** One PUT and GET of each kind, in a world of the given seed. */
async function lesson(seed: string): Promise<Trace> {
  const client = encryptionClient(kmsKeyring('alias/diary'), 'V3');
  const scene = await createScene({ seed, client });
  const TargetKeyId = await scene.createKey();
  await scene.kms('CreateAlias', { AliasName: 'alias/diary', TargetKeyId });
  const object = Uint8Array.from({ length: 50 }, (_, i) => i);
  for (const headers of [
    {},
    { 'x-amz-server-side-encryption': 'aws:kms' },
    { 'x-amz-server-side-encryption': 'aws:kms:dsse' },
  ]) {
    await scene.put('a', object, headers);
    await scene.get('a');
  }
  for (const operation of ['PutObject', 'GetObject'] as const) {
    const call = clientCall(operation, { Bucket: BUCKET, Key: 'b' }, object);
    await scene.world.you.send('client', operation, call);
  }
  return scene.world.trace();
}

const text = (trace: Trace): string =>
  JSON.stringify(trace, (_name, value) =>
    value instanceof Uint8Array ? `bytes:${toHex(value)}` : value,
  );

describe('a world', () => {
  it('makes the same trace from the same seed, byte for byte', async () => {
    expect(text(await lesson('one'))).toBe(text(await lesson('one')));
  });

  it('makes other bytes and the same steps from another seed', async () => {
    const [one, other] = [await lesson('one'), await lesson('other')];
    expect(other.steps.map(({ key }) => key)).toEqual(one.steps.map(({ key }) => key));
    const secrets = (trace: Trace) => new Set(trace.secrets.map(({ bytes }) => toBase64(bytes)));
    expect([...secrets(one)].filter((bytes) => secrets(other).has(bytes))).toEqual([]);
    expect(one.secrets.length).toBeGreaterThan(5);
  });
});
