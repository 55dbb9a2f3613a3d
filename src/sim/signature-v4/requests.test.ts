import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock';
import { EMPTY, fromUtf8 } from '../crypto/bytes';
import { StreamingSha256 } from '../crypto/streaming-sha256';
import { type AccessKey, accessKeyOf, sessionOf } from '../iam/access-keys';
import { ANA, PRINCIPAL, VIA } from '../names';
import { bucketHost } from '../s3/address';
import { createSignedScene, letIn, type SignedScene } from '../testing/signed-scene';
import { BUCKET, NOW, presigned, SEED, signed } from '../testing/signing';
import type { HttpRequest } from '../types';

let scene: SignedScene;
let ana: AccessKey;
beforeEach(async () => {
  scene = await createSignedScene();
  ana = scene.accessKey;
});

describe('a signed request', () => {
  it('is let in as whoever has the access key, whatever it says of itself', async () => {
    const ben = scene.iam.issue(accessKeyOf(SEED, 'arn:aws:iam::111122223333:user/ben'));
    expect((await scene.put()).status).toBe(200);
    const said = { [PRINCIPAL]: ANA, [VIA]: 's3.eu-west-1.amazonaws.com' };
    const request = signed({ by: ben });
    const answer = await scene.refused({ ...request, headers: { ...request.headers, ...said } });
    expect(answer).toMatchObject({ status: 403, Code: 'AccessDenied' });
    expect(answer.Message).toContain('User: arn:aws:iam::111122223333:user/ben');
  });

  it('is let in with any key, query, header and body, in the header and in a URL', async () => {
    const texts = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((t) => !/\p{Cs}/u.test(t) && !/^\.*$/.test(t));
    const values = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
    const sendings = fc.record({
      key: fc.array(texts, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
      query: fc.dictionary(fc.constantFrom('response-content-type', 'x-id', 'a b', 'é'), values),
      headers: fc.dictionary(
        fc.constantFrom('x-amz-meta-note', 'content-type', 'x-amz-checksum-mode'),
        values,
      ),
      body: fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.from(bytes)),
    });
    const admitted = (request: HttpRequest) => letIn(request, NOW, ana);
    await fc.assert(
      fc.asyncProperty(sendings, async (sending) => {
        expect(await admitted(signed(sending))).toBe(ANA);
        expect(await admitted(presigned({ key: sending.key, query: sending.query }))).toBe(ANA);
        const { headers, ...rest } = signed(sending);
        const other = { ...headers, 'x-amz-date': '20261123T090001Z' };
        expect(await admitted({ ...rest, headers: other })).toBe('SignatureDoesNotMatch');
        expect(await admitted({ ...rest, headers, method: 'POST' })).toBe('SignatureDoesNotMatch');
      }),
      { numRuns: 150 },
    );
  });

  it('is let in as the SDK signs it, in the header and in a URL', async () => {
    const signer = new SignatureV4({
      credentials: ana,
      region: 'eu-west-1',
      service: 's3',
      sha256: StreamingSha256,
      uriEscapePath: false,
    });
    const hostname = bucketHost(BUCKET);
    const at = { signingDate: NOW };
    const message = { protocol: 'https:', hostname, path: '/2026/to%20day%21.txt' };
    const body = fromUtf8('Dear diary');
    const headers = { host: hostname, 'x-amz-meta-note': '  a   b ', 'user-agent': 'sdk' };
    const put = await signer.sign({ ...message, method: 'PUT', headers, body }, at);
    expect((await scene.send({ ...put, path: put.path, body })).status).toBe(200);
    const get = { ...message, method: 'GET', headers: { host: hostname } };
    const { path, query = {} } = await signer.presign(
      { ...get, headers: { ...get.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      { ...at, expiresIn: 60 },
    );
    const search = new URLSearchParams(query as Record<string, string>);
    const url = { ...get, path: `${path}?${search}`, body: EMPTY };
    expect((await scene.send(url)).body).toEqual(body);
  });

  it('may be signed with temporary credentials, with their token, until they expire', async () => {
    const session = scene.iam.issue(
      sessionOf(SEED, ANA, createClock('2026-11-23T09:05:00Z').now()),
    );
    expect((await scene.put({ by: session })).status).toBe(200);
    const { sessionToken: _, ...bare } = session;
    expect(await scene.refused(signed({ by: bare }))).toMatchObject({
      status: 400,
      Code: 'InvalidToken',
    });
    const over = scene.iam.issue(sessionOf(SEED, ANA, createClock('2026-11-23T08:00:00Z').now()));
    expect(await scene.refused(signed({ by: over }))).toMatchObject({
      status: 400,
      Code: 'ExpiredToken',
      Message: 'The provided token has expired.',
      'Token-0': over.sessionToken,
    });
  });

  it('leaves a step that tells what was checked', async () => {
    await scene.send(signed());
    const check = scene.world.trace().steps.findLast(({ key }) => key === 's3 checks signature');
    expect(check).toMatchObject({
      failed: false,
      facts: { principal: ANA, accessKeyId: ana.accessKeyId },
    });
    const secrets = JSON.stringify(scene.world.trace().steps);
    expect(secrets).not.toContain(ana.secretAccessKey);
  });
});

describe('nobody', () => {
  const everybody = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${BUCKET}/*`,
  } as const;

  it('gets in where the bucket policy lets in everybody', async () => {
    await scene.put();
    for (const request of [scene.anonymous(), scene.anonymous({ [PRINCIPAL]: ANA })])
      expect(await scene.refused(request)).toMatchObject({
        status: 403,
        Code: 'AccessDenied',
        Message: 'Access Denied',
      });
    await scene.setBucketPolicy(everybody);
    expect((await scene.send(scene.anonymous())).status).toBe(200);
  });

  it('gets nothing that is encrypted under a KMS key', async () => {
    const headers = { 'x-amz-server-side-encryption': 'aws:kms' };
    expect((await scene.put({ headers })).status).toBe(200);
    await scene.setBucketPolicy(everybody);
    expect(await scene.refused(scene.anonymous())).toMatchObject({
      status: 400,
      Code: 'InvalidArgument',
      Message:
        'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
      ArgumentName: 'Authorization',
      ArgumentValue: 'null',
    });
  });
});

it('derives access keys in AWS’s shape, the same from the same seed', () => {
  expect(ana.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(ana.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect(accessKeyOf(SEED, ANA)).toEqual(ana);
  expect(accessKeyOf('other', ANA).secretAccessKey).not.toBe(ana.secretAccessKey);
  expect(sessionOf(SEED, ANA, createClock(NOW).now()).accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
});
