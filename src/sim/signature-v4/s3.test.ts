import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8 } from '../crypto/bytes';
import { type AccessKey, accessKeyOf } from '../iam/access-keys';
import { ANA } from '../names';
import { bucketHost } from '../s3/address';
import { createSignedScene, letIn, type SignedScene } from '../testing/signed-scene';
import { AMZ_NOW, BUCKET, presigned, SCOPE, sha256Of, signed } from '../testing/signing';

let scene: SignedScene;
let ana: AccessKey;
beforeEach(async () => {
  scene = await createSignedScene();
  ana = scene.accessKey;
});

describe('S3 refuses', () => {
  const spaced = (text: string) =>
    [...fromUtf8(text)].map((b) => b.toString(16).padStart(2, '0')).join(' ');

  it('a signature with another secret, and says what it signed itself', async () => {
    const answer = await scene.refused(signed({ by: { ...ana, secretAccessKey: 'guess' } }));
    expect(answer).toMatchObject({
      status: 403,
      Code: 'SignatureDoesNotMatch',
      Message:
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      AWSAccessKeyId: ana.accessKeyId,
      SignatureProvided: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const canonical = `GET\n/today.txt\n\nhost:${bucketHost(BUCKET)}\nx-amz-content-sha256:${sha256Of('')}\nx-amz-date:${AMZ_NOW}\n\nhost;x-amz-content-sha256;x-amz-date\n${sha256Of('')}`;
    const text = `AWS4-HMAC-SHA256\n${AMZ_NOW}\n${SCOPE}\n${sha256Of(canonical)}`;
    expect(answer).toMatchObject({
      CanonicalRequest: canonical,
      CanonicalRequestBytes: spaced(canonical),
      StringToSign: text,
      StringToSignBytes: spaced(text),
    });
    expect(scene.world.trace().steps.at(-2)).toMatchObject({
      key: 's3 checks signature',
      failed: true,
    });
  });

  it('an access key that nobody has', async () => {
    const stranger = accessKeyOf('elsewhere', ANA);
    expect(await scene.refused(signed({ by: stranger }))).toMatchObject({
      status: 403,
      Code: 'InvalidAccessKeyId',
      Message: 'The AWS Access Key Id you provided does not exist in our records.',
      AWSAccessKeyId: stranger.accessKeyId,
    });
  });

  it.each(['20261123T084459Z', '20261123T091502Z'])(
    'a time more than 15 minutes away: %s',
    async (amzDate) => {
      expect(await scene.refused(signed({ amzDate }))).toMatchObject({
        status: 403,
        Code: 'RequestTimeTooSkewed',
        Message: 'The difference between the request time and the current time is too large.',
        RequestTime: amzDate,
        ServerTime: '2026-11-23T09:00:00Z',
        MaxAllowedSkewMilliseconds: '900000',
      });
    },
  );

  it('a presigned URL that is over, not yet good, or good for too long', async () => {
    expect(await scene.refused(presigned({ amzDate: '20261123T085400Z' }))).toMatchObject({
      status: 403,
      Code: 'AccessDenied',
      Message: 'Request has expired',
      'X-Amz-Expires': '300',
      Expires: '2026-11-23T08:59:00Z',
      ServerTime: '2026-11-23T09:00:00Z',
    });
    expect(await scene.refused(presigned({ amzDate: '20261123T100000Z' }))).toMatchObject({
      Code: 'AccessDenied',
      Message: 'Request is not yet valid',
      'X-Amz-Date': String(Date.parse('2026-11-23T10:00:00Z')),
    });
    for (const [expires, message] of [
      [
        '604801',
        'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
      ],
      ['-1', 'X-Amz-Expires must be non-negative'],
      ['soon', 'X-Amz-Expires should be a number'],
    ] as const)
      expect(await scene.refused(presigned({ expires }))).toMatchObject({
        status: 400,
        Code: 'AuthorizationQueryParametersError',
        Message: message,
      });
  });

  it('a presigned URL after its time, that was good within it', async () => {
    await scene.put();
    const url = presigned({ expires: '60' });
    expect((await scene.send(url)).status).toBe(200);
    const later = await letIn(url, '2026-11-23T09:01:01Z', ana);
    expect(later).toBe('AccessDenied');
  });

  it('another Region or service, and says which', async () => {
    expect(
      await scene.refused(signed({ scope: '20261123/us-east-1/s3/aws4_request' })),
    ).toMatchObject({
      status: 400,
      Code: 'AuthorizationHeaderMalformed',
      Message:
        "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
      Region: 'eu-west-1',
    });
    expect(
      await scene.refused(presigned({ scope: '20261123/us-east-1/s3/aws4_request' })),
    ).toMatchObject({
      Code: 'AuthorizationQueryParametersError',
      Message:
        "Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
      Region: 'eu-west-1',
    });
    expect(
      (await scene.refused(signed({ scope: '20261123/eu-west-1/kms/aws4_request' }))).Code,
    ).toBe('AuthorizationHeaderMalformed');
    expect(
      (await scene.refused(signed({ scope: '20261122/eu-west-1/s3/aws4_request' }))).Code,
    ).toBe('AuthorizationHeaderMalformed');
  });

  it('a body that is not the one that was signed', async () => {
    const request = signed({ method: 'PUT', body: fromUtf8('Dear diary') });
    expect(await scene.refused({ ...request, body: fromUtf8('Dear Diary') })).toMatchObject({
      status: 400,
      Code: 'XAmzContentSHA256Mismatch',
      Message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
      ClientComputedContentSHA256: sha256Of('Dear diary'),
      S3ComputedContentSHA256: sha256Of('Dear Diary'),
    });
    expect((await scene.put({ payload: 'UNSIGNED-PAYLOAD' })).status).toBe(200);
    expect(await scene.refused(signed({ payload: 'none' }))).toMatchObject({
      status: 400,
      Code: 'InvalidArgument',
      ArgumentValue: 'none',
    });
  });

  it('headers that steer it and are not signed', async () => {
    for (const request of [signed({ method: 'PUT' }), presigned({ method: 'PUT' })]) {
      const headers = { ...request.headers, 'x-amz-meta-a': 'b', 'x-amz-acl': 'public-read' };
      expect(await scene.refused({ ...request, headers })).toMatchObject({
        status: 403,
        Code: 'AccessDenied',
        Message: 'There were headers present in the request which were not signed',
        HeadersNotSigned: 'x-amz-meta-a, x-amz-acl',
      });
    }
  });

  it.each([
    ['AWS AKIA:c2ln', 400, 'InvalidRequest'],
    ['Bearer x', 400, 'InvalidArgument'],
    ['AWS4-HMAC-SHA256 Credential=a', 400, 'AuthorizationHeaderMalformed'],
    [
      'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c',
      400,
      'AuthorizationHeaderMalformed',
    ],
  ])('an Authorization header %j', async (authorization, status, Code) => {
    const request = signed();
    const headers = { ...request.headers, authorization };
    expect(await scene.refused({ ...request, headers })).toMatchObject({ status, Code });
    expect(await scene.refused({ ...request, path: presigned().path })).toMatchObject({
      Code: 'InvalidArgument',
    });
    const { 'x-amz-date': _, ...undated } = request.headers;
    expect(await scene.refused({ ...request, headers: undated })).toMatchObject({
      status: 403,
      Code: 'AccessDenied',
    });
  });

  it('a URL presigned with version 2, as older tools make it', async () => {
    const path = '/today.txt?AWSAccessKeyId=AKIA&Signature=c2ln&Expires=1900000000';
    const { host } = presigned().headers;
    expect(
      await scene.refused({ ...presigned(), path, headers: { host: host ?? '' } }),
    ).toMatchObject({
      status: 400,
      Code: 'InvalidRequest',
      Message:
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    });
  });

  it('a HEAD without a body to say so', async () => {
    const answer = await scene.send({ ...signed(), method: 'HEAD' });
    expect([answer.status, answer.body.length]).toEqual([403, 0]);
  });
});
