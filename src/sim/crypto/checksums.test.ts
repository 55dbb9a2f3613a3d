import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, toHex } from './bytes';
import {
  crc32Base64,
  crc32cBase64,
  crc64NvmeBase64,
  md5Base64,
  md5Hex,
  md5Of,
  shaBase64,
} from './checksums';

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

/** Division by a reflected polynomial, bit by bit. */
function slowCrc(data: Uint8Array, polynomial: bigint, width: bigint): string {
  const ones = (1n << width) - 1n;
  let remainder = ones;
  for (const byte of data) {
    remainder ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++)
      remainder = (remainder >> 1n) ^ (remainder & 1n ? polynomial : 0n);
  }
  const hex = (remainder ^ ones).toString(16).padStart(Number(width) / 4, '0');
  return Buffer.from(hex, 'hex').toString('base64');
}

describe('CRC-32C and CRC-64/NVME', () => {
  it('have the published check values', async () => {
    const hex = (base64: string) => Buffer.from(base64, 'base64').toString('hex');
    expect(hex(crc32cBase64(fromUtf8('123456789')))).toBe('e3069283');
    expect(hex(await crc64NvmeBase64(fromUtf8('123456789')))).toBe('ae8b14860a799888');
  });

  it('are what the polynomial division gives, bit by bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (data) => {
        expect(crc32cBase64(data)).toBe(slowCrc(data, 0x82f63b78n, 32n));
        expect(await crc64NvmeBase64(data)).toBe(slowCrc(data, 0x9a6c9329ac4bc9b5n, 64n));
      }),
    );
  });
});

describe('SHA-1 and SHA-256', () => {
  it('are what OpenSSL computes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (data) => {
        for (const [name, node] of [
          ['SHA-1', 'sha1'],
          ['SHA-256', 'sha256'],
        ] as const)
          expect(await shaBase64(name, data)).toBe(createHash(node).update(data).digest('base64'));
      }),
    );
  });
});
