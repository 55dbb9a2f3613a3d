import { describe, expect, it } from 'vitest';
import { concat, EMPTY, fromUtf8 } from '../crypto/bytes';
import { ANA } from '../names';
import { letIn } from '../testing/signed-scene';
import { sha256Of } from '../testing/signing';
import type { Bytes, HttpRequest } from '../types';

// S3 API Reference, "Authenticating Requests: Using the Authorization Header", "… Query Parameters", "Signature
// Calculations …: Transferring Payload in Multiple Chunks", "… Including trailing headers": keys, dates and signatures.
describe('the examples that AWS publishes', () => {
  const accessKey = {
    principal: ANA,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  const CREDENTIAL = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
  const admitted = (request: HttpRequest) =>
    letIn(request, '2013-05-24T00:00:00Z', accessKey, 'us-east-1');
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
        sha256Of(''),
        { range: 'bytes=0-9' },
        'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      ),
    ],
    [
      'PUT Object',
      example(
        'PUT',
        '/test$file.text',
        sha256Of('Welcome to Amazon S3.'),
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
        sha256Of(''),
        {},
        'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
      ),
    ],
    [
      'List Objects',
      example(
        'GET',
        '/?max-keys=2&prefix=J',
        sha256Of(''),
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
