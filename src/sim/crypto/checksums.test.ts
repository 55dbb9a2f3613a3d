import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, toHex } from './bytes';
import { crc32Base64, md5Base64, md5Hex, md5Of } from './checksums';

describe('MD5', () => {
  // RFC 1321, appendix A.5
  it.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  ])('of %j is the one in RFC 1321', (text, expected) => {
    expect(md5Hex(fromUtf8(text))).toBe(expected);
  });

  it('of "test-sse" is the ETag that Amazon S3 was recorded to answer (facts §1.4)', () => {
    expect(md5Hex(fromUtf8('test-sse'))).toBe('42832cdec7083e70a9cd6f2d5852e004');
  });

  it('is what OpenSSL computes, in each form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        const expected = createHash('md5').update(data).digest();
        expect(md5Hex(data)).toBe(expected.toString('hex'));
        expect(md5Base64(data)).toBe(expected.toString('base64'));
        expect(toHex(md5Of(data))).toBe(expected.toString('hex'));
      }),
    );
  });
});

describe('CRC-32', () => {
  const crc = (text: string) => Buffer.from(crc32Base64(fromUtf8(text)), 'base64').toString('hex');

  it('has the published check value', () => {
    expect(crc('123456789')).toBe('cbf43926');
  });

  it('is four zero bytes for nothing', () => {
    expect(crc('')).toBe('00000000');
  });

  it('is what the polynomial division gives, bit by bit', () => {
    const slow = (data: Uint8Array): number => {
      let remainder = 0xffffffff;
      for (const byte of data) {
        remainder ^= byte;
        for (let bit = 0; bit < 8; bit++)
          remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
      }
      return ~remainder >>> 0;
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        const expected = Buffer.alloc(4);
        expected.writeUInt32BE(slow(data));
        expect(crc32Base64(data)).toBe(expected.toString('base64'));
      }),
    );
  });
});
