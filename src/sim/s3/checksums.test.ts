import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { concat, fromUtf8, toUtf8 } from '../crypto/bytes';
import { createScene, errorOf, type Scene } from '../testing/scene';
import type { Bytes, Headers } from '../types';

// Check values of the CRC catalogue for "123456789"; hashes from Node. facts §1.4
const object = fromUtf8('123456789');
const hash = (name: string): string => createHash(name).update(object).digest('base64');
const VALUES: Readonly<Record<string, string>> = {
  crc32: Buffer.from('cbf43926', 'hex').toString('base64'),
  crc32c: Buffer.from('e3069283', 'hex').toString('base64'),
  crc64nvme: Buffer.from('ae8b14860a799888', 'hex').toString('base64'),
  sha1: hash('sha1'),
  sha256: hash('sha256'),
};
const ENABLED = { 'x-amz-checksum-mode': 'ENABLED' };
const SSE = 'x-amz-server-side-encryption';

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

describe.each(Object.entries(VALUES))('a checksum in %s', (name, value) => {
  const header = `x-amz-checksum-${name}`;
  const shown = { [header]: value, 'x-amz-checksum-type': 'FULL_OBJECT' };

  it('is verified, kept, and shown to whoever asks for it', async () => {
    const put = await scene.put('a', object, { [header]: value });
    expect([put.status, put.headers]).toEqual([200, expect.objectContaining(shown)]);
    expect((await scene.get('a', ENABLED)).headers).toMatchObject(shown);
    expect((await scene.s3('HEAD', '/a', ENABLED)).headers).toMatchObject(shown);
    expect((await scene.get('a')).headers).not.toHaveProperty(header);
    const part = await scene.get('a', { ...ENABLED, range: 'bytes=0-1' });
    expect(part.headers).not.toHaveProperty(header);
  });

  it('that does not fit refuses the upload, and one that is none too', async () => {
    const bad = await scene.put('a', fromUtf8('123456780'), { [header]: value });
    expect(bad.status).toBe(400);
    expect(errorOf(bad)).toMatchObject({
      Code: 'BadDigest',
      Message: `The ${name.toUpperCase()} you specified did not match the calculated checksum.`,
    });
    for (const none of ['', 'x', 'AAAA', `${value}AAAA`]) {
      const answer = await scene.put('a', object, { [header]: none });
      expect([answer.status, errorOf(answer).Code, errorOf(answer).Message]).toEqual([
        400,
        'InvalidRequest',
        `Value for ${header} header is invalid.`,
      ]);
    }
    expect((await scene.get('a')).status).toBe(404);
  });
});

describe('checksums', () => {
  it('are CRC-64/NVME when none is sent, over the plaintext in every scheme', async () => {
    for (const sse of ['AES256', 'aws:kms', 'aws:kms:dsse']) {
      await scene.put('a', object, { [SSE]: sse });
      const { headers } = await scene.get('a', ENABLED);
      expect(headers['x-amz-checksum-crc64nvme']).toBe(VALUES.crc64nvme);
    }
  });

  it('are one at a time, of a kind that S3 knows', async () => {
    const two = { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-sha1': 'x' };
    expect(errorOf(await scene.put('a', object, two)).Message).toBe(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
    const unknown = await scene.put('a', object, { 'x-amz-checksum-rot13': 'x' });
    expect(errorOf(unknown).Message).toBe(
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    );
    const alone = await scene.put('a', object, { 'x-amz-sdk-checksum-algorithm': 'CRC32' });
    expect(errorOf(alone).Message).toBe(
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  });

  it('of an object under SSE-KMS cost HEAD a Decrypt, those under SSE-S3 do not', async () => {
    await scene.put('a', object, { [SSE]: 'aws:kms' });
    await scene.put('b', object);
    const asked = async (path: string, headers: Headers) => {
      scene.news();
      await scene.s3('HEAD', path, headers);
      return scene.news().filter(({ key }) => key === 's3 -> kms Decrypt').length;
    };
    expect([await asked('/a', ENABLED), await asked('/a', {}), await asked('/b', ENABLED)]).toEqual(
      [1, 0, 0],
    );
  });
});

describe('Content-MD5', () => {
  it('is verified', async () => {
    const right = await scene.put('a', object, { 'content-md5': hash('md5') });
    expect(right.status).toBe(200);
    const wrong = await scene.put('a', fromUtf8('x'), { 'content-md5': hash('md5') });
    expect([wrong.status, errorOf(wrong).Code, errorOf(wrong).Message]).toEqual([
      400,
      'BadDigest',
      'The Content-MD5 you specified did not match what we received.',
    ]);
    const none = await scene.put('a', object, { 'content-md5': 'x' });
    expect([none.status, errorOf(none).Code, errorOf(none).Message]).toEqual([
      400,
      'InvalidDigest',
      'The Content-MD5 you specified was invalid.',
    ]);
  });

  it('of a document is verified too', async () => {
    const md5 = { 'content-md5': hash('md5') };
    const answer = await scene.s3('PUT', '/?policy', md5, fromUtf8('{"Statement":[]}'));
    expect([answer.status, errorOf(answer).Code]).toEqual([400, 'BadDigest']);
  });
});

describe('an aws-chunked body', () => {
  const framed = (body: Bytes, sizes: readonly number[], end: string): Bytes => {
    const parts: Uint8Array[] = [];
    let at = 0;
    for (const size of [...sizes, body.length]) {
      const chunk = body.subarray(at, at + size);
      at += size;
      if (chunk.length === 0) break;
      const head = `${chunk.length.toString(16)};chunk-signature=${'0'.repeat(64)}\r\n`;
      parts.push(fromUtf8(head), chunk, fromUtf8('\r\n'));
    }
    return concat(...parts, fromUtf8(end));
  };
  const headers = (body: Bytes, more: Headers = {}): Headers => ({
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': String(body.length),
    ...more,
  });
  const trailer = { 'x-amz-trailer': 'x-amz-checksum-crc32' };
  const crc = `0\r\nx-amz-checksum-crc32:${VALUES.crc32}\r\n\r\n`;

  it('is put together again, however it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 6 }),
        async (body, sizes) => {
          const put = await scene.put('a', framed(body, sizes, '0\r\n\r\n'), headers(body));
          expect(put.status).toBe(200);
          const get = await scene.get('a');
          expect(Buffer.from(get.body).equals(body)).toBe(true);
          expect(get.headers).not.toHaveProperty('content-encoding');
        },
      ),
      { numRuns: 30 },
    );
  });

  it('has its checksum at the end', async () => {
    const more = { ...trailer, 'content-encoding': 'gzip,aws-chunked' };
    const put = await scene.put('a', framed(object, [4], crc), headers(object, more));
    expect(put.headers['x-amz-checksum-crc32']).toBe(VALUES.crc32);
    const get = await scene.get('a', ENABLED);
    expect([toUtf8(get.body), get.headers['content-encoding']]).toEqual(['123456789', 'gzip']);
    expect(get.headers['x-amz-checksum-crc32']).toBe(VALUES.crc32);
    const other = fromUtf8('123456780');
    const bad = await scene.put('a', framed(other, [], crc), headers(other, trailer));
    expect([bad.status, errorOf(bad).Code]).toEqual([400, 'BadDigest']);
  });

  it('cut short anywhere is refused, never stored', async () => {
    const whole = framed(object, [4], crc);
    const last = whole.length - '\r\n\r\n'.length;
    for (let length = 0; length < last; length++) {
      const answer = await scene.put('a', whole.slice(0, length), headers(object, trailer));
      expect(answer.status).toBe(400);
      expect(['IncompleteBody', 'MalformedTrailerError', 'InvalidRequest']).toContain(
        errorOf(answer).Code,
      );
    }
    expect((await scene.get('a')).status).toBe(404);
  });

  it('of another length than announced is refused, and one without a length', async () => {
    const body = framed(object, [], '0\r\n\r\n');
    const longer = headers(object, { 'x-amz-decoded-content-length': '10' });
    expect(errorOf(await scene.put('a', body, longer)).Code).toBe('IncompleteBody');
    const { 'x-amz-decoded-content-length': _, ...without } = headers(object);
    const answer = await scene.put('a', body, without);
    expect([answer.status, errorOf(answer).Code]).toEqual([411, 'MissingContentLength']);
  });

  it('has the trailers it announced and no others', async () => {
    const missing = framed(object, [], '0\r\n\r\n');
    const unannounced = framed(object, [], crc);
    for (const answer of [
      await scene.put('a', missing, headers(object, trailer)),
      await scene.put('a', unannounced, headers(object)),
      await scene.put('a', framed(object, [], '0\r\n???\r\n\r\n'), headers(object)),
    ])
      expect([answer.status, errorOf(answer).Code]).toEqual([400, 'MalformedTrailerError']);
  });
});
