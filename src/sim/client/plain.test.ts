import { describe, expect, it } from 'vitest';
import { fromUtf8, toBase64, toUtf8 } from '../crypto/bytes';
import { md5Base64 } from '../crypto/checksums';
import { BUCKET, createScene } from '../testing/scene';
import type { RequestStep } from '../types';
import { type CallParameters, clientCall } from './calls';
import { plainClient } from './plain';

const object = fromUtf8('Dear diary');

async function setUp() {
  const scene = await createScene({ client: plainClient });
  await scene.configure({ blocksSseC: false });
  const call = (
    operation: 'PutObject' | 'GetObject' | 'HeadObject' | 'DeleteObject',
    more: Partial<CallParameters> = {},
  ) =>
    scene.world.you.send(
      'client',
      operation,
      clientCall(operation, { Bucket: BUCKET, Key: 'a b', ...more }, object),
    );
  /** What the client sent to S3 in the last call. */
  const sent = (): RequestStep => {
    const step = scene.news().find(({ key }) => key.startsWith('client -> s3'));
    if (step?.kind !== 'request') throw new Error('the client sent nothing');
    return step;
  };
  return { scene, call, sent };
}

describe('the plain client', () => {
  it('turns each call into the request of that name, and hands back what S3 answers', async () => {
    const { scene, call, sent } = await setUp();
    scene.news();
    const answers = [];
    for (const operation of ['PutObject', 'GetObject', 'HeadObject', 'DeleteObject'] as const) {
      answers.push(await call(operation));
      const { message, key } = sent();
      expect(key).toBe(`client -> s3 ${operation}`);
      expect([message.method, message.path]).toEqual([
        operation.replace('Object', '').toUpperCase(),
        '/a%20b',
      ]);
      expect(message.headers.host).toBe('diary.s3.eu-west-1.amazonaws.com');
    }
    expect(answers.map(({ status, body }) => [status, toUtf8(body)])).toEqual([
      [200, ''],
      [200, 'Dear diary'],
      [200, ''],
      [204, ''],
    ]);
  });

  it('sends the encryption headers with PUT, and with GET and HEAD only the customer key', async () => {
    const { scene, call, sent } = await setUp();
    const key = new Uint8Array(32);
    const customer = {
      SSECustomerAlgorithm: 'AES256',
      SSECustomerKey: toBase64(key),
      SSECustomerKeyMD5: md5Base64(key),
    };
    const names = () =>
      Object.keys(sent().message.headers)
        .filter((name) => name.startsWith('x-amz-server-side'))
        .map((name) => name.replace('x-amz-server-side-encryption', 'SSE'));
    const trio = ['SSE-customer-algorithm', 'SSE-customer-key', 'SSE-customer-key-md5'];
    scene.news();
    for (const operation of ['PutObject', 'GetObject', 'HeadObject'] as const) {
      expect((await call(operation, customer)).status).toBe(200);
      expect(names()).toEqual(trio);
    }
    await call('DeleteObject', customer);
    expect(names()).toEqual([]);
    await call('PutObject', {
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'alias/diary',
      SSEKMSEncryptionContext: 'e30=',
      BucketKeyEnabled: 'true',
    });
    expect(names()).toEqual(['SSE', 'SSE-aws-kms-key-id', 'SSE-context', 'SSE-bucket-key-enabled']);
  });
});
