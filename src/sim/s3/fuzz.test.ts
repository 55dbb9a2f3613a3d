// Whatever comes in, the answer is one of S3's or KMS's own: well-formed, and never a 500. A bug of ours would throw here.

import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { concat, fromUtf8, toUtf8 } from '../crypto/bytes';
import { crc32Base64 } from '../crypto/checksums';
import { readJson } from '../http';
import { createScene, customerKeyHeaders, errorOf, type Scene } from '../testing/scene';
import { type Bytes, type HttpResponse, OPERATIONS, type Operation } from '../types';

const BOUNDS = { requests: 5, bytes: 1 << 20 };
const SEED = 20261125;

let scene: Scene;
let keyArn: string;
beforeAll(async () => {
  scene = await createScene({ bounds: BOUNDS });
  await scene.configure({ blocksSseC: false });
  keyArn = await scene.createKey();
  for (const key of ['a', 'chunked']) await scene.put(key, fromUtf8('Dear diary'));
  await scene.put('c', fromUtf8('Dear diary'), customerKeyHeaders(new Uint8Array(32).fill(3)));
});

/** S3's own answer: 2xx, 3xx, or an error in XML with a code and a text; HEAD errors are bare. */
function expectAnswerOfS3(answer: HttpResponse, method: string): void {
  const { status, headers, body } = answer;
  expect([status, status < 500 || status === 501]).toEqual([status, true]);
  expect(headers['x-amz-request-id']).toMatch(/^[0-9A-Z]{16}$/);
  if (method === 'HEAD' && status >= 300) expect(body).toHaveLength(0);
  else if (status >= 400) {
    expect(XMLValidator.validate(toUtf8(body))).toBe(true);
    const { Code, Message, RequestId } = errorOf(answer);
    expect([Code, Message !== undefined]).toEqual([expect.stringMatching(/^[\w.]+$/), true]);
    expect(RequestId).toBe(headers['x-amz-request-id']);
  } else if (headers['content-type'] === 'application/xml' && body.length > 0) {
    expect(XMLValidator.validate(toUtf8(body))).toBe(true);
  }
}

const NAMES = [
  ...['', '-aws-kms-key-id', '-context', '-bucket-key-enabled'],
  ...['-customer-algorithm', '-customer-key', '-customer-key-md5'],
].map((rest) => `x-amz-server-side-encryption${rest}`);
const HEADERS = [
  ...NAMES,
  ...NAMES.slice(4).map((name) => name.replace('x-amz-', 'x-amz-copy-source-')),
  ...['x-amz-copy-source', 'x-amz-copy-source-range', 'x-amz-copy-source-if-match'],
  ...['x-amz-metadata-directive', 'x-amz-object-attributes', 'x-amz-checksum-mode'],
  ...['x-amz-checksum-crc32', 'x-amz-checksum-sha256', 'x-amz-checksum-algorithm'],
  ...['x-amz-checksum-type', 'x-amz-sdk-checksum-algorithm', 'x-amz-trailer', 'content-md5'],
  ...['x-amz-content-sha256', 'x-amz-decoded-content-length', 'content-encoding'],
  ...['x-amz-meta-mood', 'content-type', 'range', 'if-match', 'if-none-match'],
  ...['if-modified-since', 'if-unmodified-since', 'x-amz-expected-bucket-owner', 'host'],
  ...['x-amz-mp-object-size', 'x-amz-max-parts', 'x-sealed-principal', 'authorization'],
];
const VALUES = [
  ...['', 'AES256', 'aws:kms', 'aws:kms:dsse', 'true', 'REPLACE', 'ENABLED', '*', 'null'],
  ...['/diary/a', 'diary/c', 'bytes=0-3', 'bytes=5-', 'ETag,Checksum', 'CRC32', 'COMPOSITE'],
  ...['e30=', 'AAAAAA==', 'aws-chunked', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', '10'],
  ...['x-amz-checksum-crc32', 'Mon, 23 Nov 2026 09:00:00 GMT', '111122223333', 'localhost'],
];
const QUERIES = [
  ...['', '?encryption', '?policy', '?uploads', '?uploadId=x', '?uploadId=x&partNumber=1'],
  ...['?delete', '?attributes', '?list-type=2', '?versionId=null', '?partNumber=1', '?acl'],
  ...['?location', '?max-keys=0', '?continuation-token=x', '?response-expires=x', '?tagging'],
];
const PATHS = ['/', '/a', '/c', '/none', '/%', '/a%00b', '//', `/${'k'.repeat(1025)}`, '/é'];
const ELEMENTS = [
  ...['ServerSideEncryptionConfiguration', 'Rule', 'ApplyServerSideEncryptionByDefault'],
  ...['SSEAlgorithm', 'KMSMasterKeyID', 'BucketKeyEnabled', 'BlockedEncryptionTypes'],
  ...['EncryptionType', 'Delete', 'Object', 'Key', 'Quiet', 'CompleteMultipartUpload', 'Part'],
  ...['PartNumber', 'ETag', 'ObjectEncryption', 'SSE-KMS', 'KMSKeyArn', 'constructor'],
];

const xmlText = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...VALUES, '<', '&amp;', '<![CDATA[x]]>', ']]>'),
    fc
      .tuple(fc.constantFrom(...ELEMENTS), fc.array(tie('node'), { maxLength: 3 }))
      .map(([name, children]) => `<${name}>${children.join('')}</${name}>`),
  ),
})).node;
const bodies: fc.Arbitrary<Bytes> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => concat(bytes)),
  xmlText.map((text) => fromUtf8(text)),
  fc.json().map((text) => fromUtf8(text)),
);
const soup = fc.dictionary(
  fc.constantFrom(...HEADERS),
  fc.oneof(fc.constantFrom(...VALUES), fc.string({ maxLength: 20 })),
  { maxKeys: 6 },
);

describe('S3', () => {
  it('answers any headers, query and body as S3 does', async () => {
    const requests = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'),
      path: fc.constantFrom(...PATHS),
      query: fc.constantFrom(...QUERIES),
      headers: soup,
      body: bodies,
    });
    await fc.assert(
      fc.asyncProperty(requests, async ({ method, path, query, headers, body }) => {
        // The bucket itself stays, so that there is something to ask about.
        fc.pre(!(method === 'DELETE' && path === '/'));
        expectAnswerOfS3(await scene.s3(method, path + query, headers, body), method);
      }),
      { numRuns: 3000, seed: SEED },
    );
  });

  const framed = (body: Bytes): Bytes => {
    const half = body.length >> 1;
    const chunk = (bytes: Bytes) =>
      concat(fromUtf8(`${bytes.length.toString(16)}\r\n`), bytes, fromUtf8('\r\n'));
    return concat(
      ...[body.slice(0, half), body.slice(half)].filter(({ length }) => length > 0).map(chunk),
      fromUtf8(`0\r\nx-amz-checksum-crc32:${crc32Base64(body)}\r\n\r\n`),
    );
  };
  const chunked = (length: number) => ({
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': String(length),
    'x-amz-trailer': 'x-amz-checksum-crc32',
  });

  it('stores a chunked body whole, and refuses one that is cut off or damaged', async () => {
    const damage = fc.record({
      body: fc.uint8Array({ minLength: 2, maxLength: 200 }).map((bytes) => concat(bytes)),
      cut: fc.option(fc.nat()),
      flip: fc.option(fc.nat()),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ body, cut, flip }) => {
        const sent = framed(body);
        if (flip !== null) {
          const at = flip % sent.length;
          sent[at] = (sent[at] as number) ^ 1;
        }
        const cutAt = cut === null ? sent.length : cut % sent.length;
        const before = (await scene.get('chunked')).body;
        const answer = await scene.put('chunked', sent.slice(0, cutAt), chunked(body.length));
        expectAnswerOfS3(answer, 'PUT');
        const after = (await scene.get('chunked')).body;
        if (answer.status !== 200) expect(after).toEqual(before);
        else expect(Buffer.from(after).equals(body)).toBe(true);
        if (cut === null && flip === null) expect(answer.status).toBe(200);
      }),
      { numRuns: 500, seed: SEED },
    );
  });
});

describe('KMS', () => {
  const operations = OPERATIONS.slice(
    OPERATIONS.indexOf('CreateKey'),
    OPERATIONS.indexOf('CreateBackingKey'),
  );
  const values = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('alias/diary', 'AES_256', 'AAAA', '', 'nobody'),
      fc.constant('KEY').map(() => keyArn),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.dictionary(fc.string({ maxLength: 8 }), tie('value'), { maxKeys: 3 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  })).value;
  const FIELDS = [
    ...['KeyId', 'KeySpec', 'NumberOfBytes', 'EncryptionContext', 'Plaintext', 'CiphertextBlob'],
    ...['SourceKeyId', 'DestinationKeyId', 'PendingWindowInDays', 'RotationPeriodInDays'],
    ...['AliasName', 'TargetKeyId', 'Policy', 'PolicyName', 'Tags', 'Limit', 'Marker', 'DryRun'],
    ...['GranteePrincipal', 'Operations', 'Constraints', 'GrantId', 'WrappingAlgorithm'],
    ...['WrappingKeySpec', 'ImportToken', 'EncryptedKeyMaterial', 'ExpirationModel', 'Origin'],
  ];

  it('answers any parameters of any operation as KMS does', async () => {
    const calls = fc.record({
      operation: fc.constantFrom(...operations),
      parameters: fc.oneof(
        fc.dictionary(fc.constantFrom(...FIELDS), values, { maxKeys: 5 }),
        values,
      ),
    });
    await fc.assert(
      fc.asyncProperty(calls, async ({ operation, parameters }) => {
        const { status, body } = await scene.kms(operation as Operation, parameters);
        expect([200, 400]).toContain(status);
        if (status === 400) expect(body.__type).toMatch(/^\w+(Exception)?$/);
      }),
      { numRuns: 2000, seed: SEED },
    );
  });

  it('answers a body that is no JSON', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const headers = { 'x-amz-target': 'TrentService.Encrypt', 'x-sealed-principal': 'x' };
        const answer = await scene.world.you.send('kms', 'Encrypt', {
          ...{ method: 'POST', path: '/', headers, body },
        });
        expect(answer.status).toBe(400);
        expect(readJson(answer.body)).toHaveProperty('__type');
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});
