// The endpoint over real sockets: what a client that means well gets, and what one that does not cannot do.
import { once } from 'node:events';
import { connect } from 'node:net';
import { KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from './endpoint';
import { BUCKET, KEY, makeBucket, TEXT } from './testing/asking';

const bugs: unknown[] = [];
let endpoint: Endpoint;
let s3: S3Client;
beforeAll(async () => {
  const options = { port: 0, seed: 'endpoint', tls: false, strict: false };
  endpoint = await startEndpoint(options, (error) => bugs.push(error));
  const { accessKeyId, secretAccessKey } = endpoint.cloud.admin;
  s3 = new S3Client({
    endpoint: endpoint.url,
    forcePathStyle: true,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
  await makeBucket(s3);
});
afterAll(async () => {
  s3.destroy();
  await endpoint.close();
  expect(bugs).toEqual([]);
});

/** Sends bytes as they are and reads until the endpoint hangs up. */
async function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(endpoint.url);
  const socket = connect(Number(port), hostname);
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.end(text);
  await once(socket, 'close');
  return Buffer.concat(parts).toString('latin1');
}
const own = async (path: string) => {
  const answer = await fetch(`${endpoint.url}/_sealed/${path}`);
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  };
};

it('stores and gives back over HTTP, with the ids and the name of the service', async () => {
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: TEXT }));
  const { Body, $metadata } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
  expect(await Body?.transformToString()).toBe(TEXT);
  expect($metadata.requestId).toMatch(/^[0-9A-Z]{16}$/);
  expect(Buffer.from($metadata.extendedRequestId ?? '', 'base64')).toHaveLength(48);
  const refused = await fetch(`${endpoint.url}/${BUCKET}/${KEY}`);
  expect([refused.status, refused.headers.get('server')]).toEqual([403, 'AmazonS3']);
});

it('tells what just happened as text, JSON and HAR, and what CloudTrail has of it', async () => {
  await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
  expect((await own('trace?format=text')).text).toContain('s3 decrypts object');
  const { steps } = JSON.parse((await own('trace?format=json')).text);
  expect(steps[0]).toMatchObject({ key: 'you -> s3 GetObject', kind: 'request' });
  const har = JSON.parse((await own('trace?format=har')).text);
  expect(har.log).toMatchObject({ version: '1.2', creator: { name: 'Sealed' } });
  expect(har.log.entries[0].request.method).toBe('GET');
  const { Records } = JSON.parse((await own('cloudtrail?data-events=true')).text);
  expect(Records.at(-1)).toMatchObject({ eventName: 'GetObject', eventCategory: 'Data' });
  expect(await own('trace?format=pdf')).toMatchObject({ status: 400 });
  expect(await own('nothing')).toMatchObject({ status: 404 });
});

it('says 100 Continue before a body, and not before one that is too large', async () => {
  const head = (length: number) =>
    `PUT /${BUCKET}/x HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`;
  expect(await raw(`${head(2)}ab`)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 403 /);
  const tooLarge = await raw(head(10 * 2 ** 30));
  expect(tooLarge).toMatch(/^HTTP\/1\.1 400 /);
  expect(tooLarge).toContain('<Code>EntityTooLarge</Code>');
});

it.each([
  ['garbage', '\x00\x16\x03\x01 not HTTP at all\r\n\r\n'],
  ['half a request', 'GET / HTTP/1.1\r\nHost: x'],
  ['endless headers', `GET / HTTP/1.1\r\n${'X-Filler: 0123456789\r\n'.repeat(2000)}\r\n`],
  [
    'a length and chunks at once',
    'PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a body that never comes', 'PUT /a/b HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc'],
  ['a path that is no text', 'GET /%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
])('is not taken down by %s', async (_, text) => {
  const answer = await raw(text);
  if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
});

it('ends when it is told to, also with a connection open, and lets go of the port', async () => {
  const options = { port: 0, seed: 'end', tls: false, strict: false };
  const one = await startEndpoint(options, (error) => bugs.push(error));
  const { hostname, port } = new URL(one.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  await one.close();
  const again = await startEndpoint({ ...options, port: Number(port) }, () => {});
  expect(new URL(again.url).port).toBe(port);
  await again.close();
  socket.destroy();
});

it('speaks TLS with a certificate of its own, and with strict transport knows plain HTTP', async () => {
  const tls = await startEndpoint({ port: 0, seed: 'tls', tls: true, strict: false }, (error) =>
    bugs.push(error),
  );
  expect(tls.url).toMatch(/^https:/);
  expect(tls.help).toContain('AWS_CA_BUNDLE=');
  await tls.close();
  const strict = await startEndpoint({ port: 0, seed: 's', tls: false, strict: true }, (error) =>
    bugs.push(error),
  );
  const { accessKeyId, secretAccessKey } = strict.cloud.admin;
  const settings = {
    endpoint: strict.url,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  };
  const plain = new S3Client({ ...settings, forcePathStyle: true });
  const kms = new KMSClient(settings);
  await makeBucket(plain);
  const put = plain.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: TEXT, ServerSideEncryption: 'aws:kms' }),
  );
  await expect(put).rejects.toMatchObject({
    name: 'InvalidArgument',
    message:
      'Requests specifying Server Side Encryption with AWS KMS managed keys must be made over a secure connection.',
  });
  plain.destroy();
  kms.destroy();
  await strict.close();
});
