import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock';
import { concat, EMPTY, fromUtf8 } from '../crypto/bytes';
import { createHsm } from '../hsm/hsm';
import { encodeKey } from '../http';
import { type AccessKey, accessKeyOf, sessionOf } from '../iam/access-keys';
import { IamDirectory } from '../iam/directory';
import { createKms } from '../kms/kms';
import { ANA, PRINCIPAL, VIA } from '../names';
import { seededRandom } from '../random';
import { Refusal } from '../refusal';
import { bucketHost } from '../s3/address';
import { EVERY_OPERATION } from '../s3/every-operation';
import { createS3 } from '../s3/s3';
import { createS3Keys } from '../s3-keys/s3-keys';
import { createStorage } from '../storage/storage';
import { errorOf } from '../testing/scene';
import type { Bytes, Desk, HttpRequest, HttpResponse } from '../types';
import { createWorld, type World } from '../world';
import { signatureV4OfKms } from './kms';
import { signatureV4OfS3 } from './s3';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) =>
  createHmac('sha256', key).update(data).digest();

/** Signature Version 4 written down from its description, with Node's own crypto. */
function signatureOf(secret: string, scope: string, stringToSign: string): string {
  const key = scope.split('/').reduce<string | Buffer>((k, part) => hmac(k, part), `AWS4${secret}`);
  return hmac(key as Buffer, stringToSign).toString('hex');
}

const NOW = '2026-11-23T09:00:00.000Z';
const AMZ_NOW = '20261123T090000Z';
const SCOPE = '20261123/eu-west-1/s3/aws4_request';
const BUCKET = 'diary';

interface Sending {
  readonly method?: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Bytes;
  readonly payload?: string;
  readonly amzDate?: string;
  readonly scope?: string;
  readonly by?: AccessKey;
}

const rfc3986 = (text: string): string => encodeKey(text).replaceAll('/', '%2F');
/** Sorted by what stands in the query, not by what it means. */
const queryOf = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map((pair) => pair.map(rfc3986).join('='))
    .sort()
    .join('&');

const iam = new IamDirectory();
const ana = iam.issue(accessKeyOf('test', ANA));
iam.put(ANA, {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** A request signed in its header. */
function signed(sending: Sending = {}): HttpRequest {
  const { method = 'GET', key = 'today.txt', query = {}, body = EMPTY, by = ana } = sending;
  const { amzDate = AMZ_NOW, scope = SCOPE, payload = sha256(body) } = sending;
  const headers: Record<string, string> = {
    host: bucketHost(BUCKET),
    'x-amz-date': amzDate,
    'x-amz-content-sha256': payload,
    ...(by.sessionToken ? { 'x-amz-security-token': by.sessionToken } : {}),
    ...sending.headers,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    `/${encodeKey(key)}`,
    queryOf(query),
    ...names.map((name) => `${name}:${(headers[name] as string).trim().replace(/\s+/g, ' ')}`),
    '',
    names.join(';'),
    payload,
  ].join('\n');
  const text = `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${sha256(canonical)}`;
  const signature = signatureOf(by.secretAccessKey, scope, text);
  const search = queryOf(query);
  return {
    method,
    path: `/${encodeKey(key)}${search ? `?${search}` : ''}`,
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${by.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    },
    body,
  };
}

/** A presigned URL, as a request. */
function presigned(sending: Sending & { readonly expires?: string } = {}): HttpRequest {
  const { method = 'GET', key = 'today.txt', body = EMPTY, by = ana, expires = '300' } = sending;
  const { amzDate = AMZ_NOW, scope = SCOPE } = sending;
  const query = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${by.accessKeyId}/${scope}`,
    'X-Amz-Date': amzDate,
    'X-Amz-Expires': expires,
    'X-Amz-SignedHeaders': 'host',
    ...sending.query,
  };
  const host = bucketHost(BUCKET);
  const canonical = `${method}\n/${encodeKey(key)}\n${queryOf(query)}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const text = `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${sha256(canonical)}`;
  const signature = signatureOf(by.secretAccessKey, scope, text);
  return {
    method,
    path: `/${encodeKey(key)}?${queryOf(query)}&X-Amz-Signature=${signature}`,
    headers: { host, ...sending.headers },
    body,
  };
}

let world: World;
const clock = createClock(NOW);
beforeEach(async () => {
  world = createWorld({
    random: seededRandom('signatures'),
    clock: createClock(NOW),
    actors: {
      s3: createS3(iam, EVERY_OPERATION, signatureV4OfS3(iam)),
      's3-keys': createS3Keys(),
      kms: createKms(iam, signatureV4OfKms(iam)),
      hsm: createHsm(),
      storage: createStorage().actor,
    },
  });
  expect((await send(signed({ method: 'PUT', key: '' }))).status).toBe(200);
});

const send = (request: HttpRequest): Promise<HttpResponse> =>
  world.you.send('s3', 'GetObject', request);
const put = (sending: Sending = {}) =>
  send(signed({ method: 'PUT', body: fromUtf8('Dear diary'), ...sending }));
const refused = async (request: HttpRequest): Promise<Record<string, unknown>> => {
  const answer = await send(request);
  return { status: answer.status, ...errorOf(answer) };
};
const policy = (Statement: object) =>
  send(
    signed({
      method: 'PUT',
      key: '',
      query: { policy: '' },
      body: fromUtf8(JSON.stringify({ Version: '2012-10-17', Statement })),
    }),
  );

/** A door without a house, for the published examples. */
async function admits(request: HttpRequest, at: string, secret: string, region: string) {
  const directory = new IamDirectory();
  directory.issue({ principal: ANA, accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret });
  const desk = {
    now: () => createClock(at).now(),
    does: (_: string, __: string, work: { run(): unknown }) => work.run(),
  } as unknown as Desk;
  try {
    const { headers } = await signatureV4OfS3(directory, region)(request, desk);
    return headers[PRINCIPAL];
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

// S3 API Reference, "Authenticating Requests: Using the Authorization Header", "… Query Parameters", "Signature
// Calculations …: Transferring Payload in Multiple Chunks", "… Including trailing headers": keys, dates and signatures.
describe('the examples that AWS publishes', () => {
  const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const CREDENTIAL = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
  const admitted = (request: HttpRequest) =>
    admits(request, '2013-05-24T00:00:00Z', SECRET, 'us-east-1');
  const example = (
    method: string,
    path: string,
    payload: string,
    more: Record<string, string>,
    signature: string,
    body: Bytes = EMPTY,
  ): HttpRequest => {
    const headers: Record<string, string> = {
      host: 'examplebucket.s3.amazonaws.com',
      'x-amz-content-sha256': payload,
      'x-amz-date': '20130524T000000Z',
      ...more,
    };
    const names = Object.keys(headers).sort().join(';');
    const authorization = `AWS4-HMAC-SHA256 Credential=${CREDENTIAL},SignedHeaders=${names},Signature=${signature}`;
    return { method, path, headers: { ...headers, authorization }, body };
  };

  it.each([
    [
      'GET Object',
      example(
        'GET',
        '/test.txt',
        sha256(''),
        { range: 'bytes=0-9' },
        'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      ),
    ],
    [
      'PUT Object',
      example(
        'PUT',
        '/test$file.text',
        sha256('Welcome to Amazon S3.'),
        { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
        '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
        fromUtf8('Welcome to Amazon S3.'),
      ),
    ],
    [
      'GET Bucket Lifecycle',
      example(
        'GET',
        '/?lifecycle',
        sha256(''),
        {},
        'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
      ),
    ],
    [
      'List Objects',
      example(
        'GET',
        '/?max-keys=2&prefix=J',
        sha256(''),
        {},
        '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
      ),
    ],
  ])('%s is let in', async (_, request) => {
    expect(await admitted(request)).toBe(ANA);
    const tampered = { ...request, path: `${request.path}x` };
    expect(await admitted(tampered)).toBe('SignatureDoesNotMatch');
  });

  it('a presigned URL is let in', async () => {
    const path = `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(CREDENTIAL)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=`;
    const request = (signature: string): HttpRequest => ({
      method: 'GET',
      path: path + signature,
      headers: { host: 'examplebucket.s3.amazonaws.com' },
      body: EMPTY,
    });
    const right = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
    expect(await admitted(request(right))).toBe(ANA);
    expect(await admitted(request(right.replace(/.$/, '5')))).toBe('SignatureDoesNotMatch');
  });

  const chunk = (length: number, signature: string) =>
    concat(
      fromUtf8(`${length.toString(16)};chunk-signature=${signature}\r\n`),
      fromUtf8('a'.repeat(length)),
      length > 0 ? fromUtf8('\r\n') : EMPTY,
    );

  it('an upload in signed chunks is let in, and each chunk counts', async () => {
    const chunks = [
      chunk(65536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'),
      chunk(1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'),
      chunk(0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
    ];
    const request = (body: Bytes) =>
      example(
        'PUT',
        '/examplebucket/chunkObject.txt',
        'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
        {
          host: 's3.amazonaws.com',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY',
          'content-encoding': 'aws-chunked',
          'x-amz-decoded-content-length': '66560',
          'content-length': '66824',
        },
        '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
        concat(body, fromUtf8('\r\n')),
      );
    const whole = concat(...chunks);
    expect(await admitted(request(whole))).toBe(ANA);
    for (const at of [200, 65_900]) {
      const changed = Uint8Array.from(whole);
      changed[at] = 98;
      expect(await admitted(request(changed))).toBe('SignatureDoesNotMatch');
    }
    expect(await admitted(request(concat(chunks[0] as Bytes, chunks[2] as Bytes)))).toBe(
      'SignatureDoesNotMatch',
    );
  });

  it('an upload in signed chunks with a signed trailer is let in', async () => {
    const body = (crc: string) =>
      concat(
        chunk(65536, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'),
        chunk(1024, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'),
        chunk(0, '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992'),
        fromUtf8(
          `x-amz-checksum-crc32c:${crc}\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n`,
        ),
      );
    const request = (crc: string) =>
      example(
        'PUT',
        '/examplebucket/chunkObject.txt',
        'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
        {
          host: 's3.amazonaws.com',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY',
          'content-encoding': 'aws-chunked',
          'x-amz-decoded-content-length': '66560',
          'x-amz-trailer': 'x-amz-checksum-crc32c',
        },
        '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
        body(crc),
      );
    expect(await admitted(request('sOO8/Q=='))).toBe(ANA);
    expect(await admitted(request('sOO8/A=='))).toBe('SignatureDoesNotMatch');
  });
});

describe('a signed request', () => {
  it('is let in as whoever has the access key, whatever it says of itself', async () => {
    const ben = iam.issue(accessKeyOf('test', 'arn:aws:iam::111122223333:user/ben'));
    expect((await put()).status).toBe(200);
    const said = { [PRINCIPAL]: ANA, [VIA]: 's3.eu-west-1.amazonaws.com' };
    const request = signed({ by: ben });
    const answer = await refused({ ...request, headers: { ...request.headers, ...said } });
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
    const admitted = (request: HttpRequest) =>
      admits(request, NOW, ana.secretAccessKey, 'eu-west-1');
    const by = { ...ana, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
    await fc.assert(
      fc.asyncProperty(sendings, async (sending) => {
        expect(await admitted(signed({ ...sending, by }))).toBe(ANA);
        expect(await admitted(presigned({ key: sending.key, query: sending.query, by }))).toBe(ANA);
        const { headers, ...rest } = signed({ ...sending, by });
        const other = { ...headers, 'x-amz-date': '20261123T090001Z' };
        expect(await admitted({ ...rest, headers: other })).toBe('SignatureDoesNotMatch');
        expect(await admitted({ ...rest, headers, method: 'POST' })).toBe('SignatureDoesNotMatch');
      }),
      { numRuns: 150 },
    );
  });

  it('may be signed with temporary credentials, with their token, until they expire', async () => {
    const session = iam.issue(sessionOf('test', ANA, createClock('2026-11-23T09:05:00Z').now()));
    expect((await put({ by: session })).status).toBe(200);
    const { sessionToken: _, ...bare } = session;
    expect(await refused(signed({ by: bare }))).toMatchObject({
      status: 400,
      Code: 'InvalidToken',
    });
    const over = iam.issue(sessionOf('test', ANA, createClock('2026-11-23T08:00:00Z').now()));
    expect(await refused(signed({ by: over }))).toMatchObject({
      status: 400,
      Code: 'ExpiredToken',
      Message: 'The provided token has expired.',
      'Token-0': over.sessionToken,
    });
  });

  it('leaves a step that tells what was checked', async () => {
    await send(signed());
    const check = world.trace().steps.findLast(({ key }) => key === 's3 checks signature');
    expect(check).toMatchObject({
      failed: false,
      facts: { principal: ANA, accessKeyId: ana.accessKeyId },
    });
    const secrets = JSON.stringify(world.trace().steps);
    expect(secrets).not.toContain(ana.secretAccessKey);
  });
});

describe('nobody', () => {
  it('gets in where the bucket policy lets in everybody', async () => {
    await put();
    const anonymous = {
      method: 'GET',
      path: '/today.txt',
      headers: { host: bucketHost(BUCKET) },
      body: EMPTY,
    };
    const said = { ...anonymous, headers: { ...anonymous.headers, [PRINCIPAL]: ANA } };
    for (const request of [anonymous, said])
      expect(await refused(request)).toMatchObject({
        status: 403,
        Code: 'AccessDenied',
        Message: 'Access Denied',
      });
    await policy({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${BUCKET}/*`,
    });
    expect((await send(anonymous)).status).toBe(200);
  });

  it('gets nothing that is encrypted under a KMS key', async () => {
    expect((await put({ headers: { 'x-amz-server-side-encryption': 'aws:kms' } })).status).toBe(
      200,
    );
    await policy({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${BUCKET}/*`,
    });
    expect(
      await refused({
        method: 'GET',
        path: '/today.txt',
        headers: { host: bucketHost(BUCKET) },
        body: EMPTY,
      }),
    ).toMatchObject({
      status: 400,
      Code: 'InvalidArgument',
      Message:
        'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
      ArgumentName: 'Authorization',
      ArgumentValue: 'null',
    });
  });
});

describe('S3 refuses', () => {
  const spaced = (text: string) =>
    [...fromUtf8(text)].map((b) => b.toString(16).padStart(2, '0')).join(' ');

  it('a signature with another secret, and says what it signed itself', async () => {
    const answer = await refused(signed({ by: { ...ana, secretAccessKey: 'guess' } }));
    expect(answer).toMatchObject({
      status: 403,
      Code: 'SignatureDoesNotMatch',
      Message:
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      AWSAccessKeyId: ana.accessKeyId,
      SignatureProvided: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const canonical = `GET\n/today.txt\n\nhost:${bucketHost(BUCKET)}\nx-amz-content-sha256:${sha256('')}\nx-amz-date:${AMZ_NOW}\n\nhost;x-amz-content-sha256;x-amz-date\n${sha256('')}`;
    const text = `AWS4-HMAC-SHA256\n${AMZ_NOW}\n${SCOPE}\n${sha256(canonical)}`;
    expect(answer).toMatchObject({
      CanonicalRequest: canonical,
      CanonicalRequestBytes: spaced(canonical),
      StringToSign: text,
      StringToSignBytes: spaced(text),
    });
    expect(world.trace().steps.at(-2)).toMatchObject({ key: 's3 checks signature', failed: true });
  });

  it('an access key that nobody has', async () => {
    const stranger = accessKeyOf('elsewhere', ANA);
    expect(await refused(signed({ by: stranger }))).toMatchObject({
      status: 403,
      Code: 'InvalidAccessKeyId',
      Message: 'The AWS Access Key Id you provided does not exist in our records.',
      AWSAccessKeyId: stranger.accessKeyId,
    });
  });

  it.each(['20261123T084459Z', '20261123T091502Z'])(
    'a time more than 15 minutes away: %s',
    async (amzDate) => {
      expect(await refused(signed({ amzDate }))).toMatchObject({
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
    expect(await refused(presigned({ amzDate: '20261123T085400Z' }))).toMatchObject({
      status: 403,
      Code: 'AccessDenied',
      Message: 'Request has expired',
      'X-Amz-Expires': '300',
      Expires: '2026-11-23T08:59:00Z',
      ServerTime: '2026-11-23T09:00:00Z',
    });
    expect(await refused(presigned({ amzDate: '20261123T100000Z' }))).toMatchObject({
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
      expect(await refused(presigned({ expires }))).toMatchObject({
        status: 400,
        Code: 'AuthorizationQueryParametersError',
        Message: message,
      });
  });

  it('a presigned URL after its time, that was good within it', async () => {
    await put();
    const url = presigned({ expires: '60' });
    expect((await send(url)).status).toBe(200);
    const later = await admits(
      { ...url, path: url.path.replace(ana.accessKeyId, 'AKIAIOSFODNN7EXAMPLE') },
      '2026-11-23T09:01:01Z',
      ana.secretAccessKey,
      'eu-west-1',
    );
    expect(later).toBe('AccessDenied');
  });

  it('another Region or service, and says which', async () => {
    expect(await refused(signed({ scope: '20261123/us-east-1/s3/aws4_request' }))).toMatchObject({
      status: 400,
      Code: 'AuthorizationHeaderMalformed',
      Message:
        "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
      Region: 'eu-west-1',
    });
    expect(await refused(presigned({ scope: '20261123/us-east-1/s3/aws4_request' }))).toMatchObject(
      {
        Code: 'AuthorizationQueryParametersError',
        Message:
          "Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
        Region: 'eu-west-1',
      },
    );
    expect((await refused(signed({ scope: '20261123/eu-west-1/kms/aws4_request' }))).Code).toBe(
      'AuthorizationHeaderMalformed',
    );
    expect((await refused(signed({ scope: '20261122/eu-west-1/s3/aws4_request' }))).Code).toBe(
      'AuthorizationHeaderMalformed',
    );
  });

  it('a body that is not the one that was signed', async () => {
    const request = signed({ method: 'PUT', body: fromUtf8('Dear diary') });
    expect(await refused({ ...request, body: fromUtf8('Dear Diary') })).toMatchObject({
      status: 400,
      Code: 'XAmzContentSHA256Mismatch',
      Message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
      ClientComputedContentSHA256: sha256('Dear diary'),
      S3ComputedContentSHA256: sha256('Dear Diary'),
    });
    expect((await put({ payload: 'UNSIGNED-PAYLOAD' })).status).toBe(200);
    expect(await refused(signed({ payload: 'none' }))).toMatchObject({
      status: 400,
      Code: 'InvalidArgument',
      ArgumentValue: 'none',
    });
  });

  it('headers that steer it and are not signed', async () => {
    for (const request of [signed({ method: 'PUT' }), presigned({ method: 'PUT' })]) {
      const headers = { ...request.headers, 'x-amz-meta-a': 'b', 'x-amz-acl': 'public-read' };
      expect(await refused({ ...request, headers })).toMatchObject({
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
    expect(await refused({ ...request, headers })).toMatchObject({ status, Code });
    expect(await refused({ ...request, path: presigned().path })).toMatchObject({
      Code: 'InvalidArgument',
    });
    const { 'x-amz-date': _, ...undated } = request.headers;
    expect(await refused({ ...request, headers: undated })).toMatchObject({
      status: 403,
      Code: 'AccessDenied',
    });
  });

  it('a HEAD without a body to say so', async () => {
    const answer = await send({ ...signed(), method: 'HEAD' });
    expect([answer.status, answer.body.length]).toEqual([403, 0]);
  });
});

it('derives access keys in AWS’s shape, the same from the same seed', () => {
  expect(ana.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(ana.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect(accessKeyOf('test', ANA)).toEqual(ana);
  expect(accessKeyOf('other', ANA).secretAccessKey).not.toBe(ana.secretAccessKey);
  expect(sessionOf('test', ANA, clock.now()).accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
});
