import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from './bytes';
import { crc32Base64, crc32cBase64, crc64NvmeBase64 } from './checksums';
import { combinedCrc } from './crc-combine';

const KINDS = [
  ['CRC-32', { width: 32, polynomial: 0xedb88320n }, crc32Base64],
  ['CRC-32C', { width: 32, polynomial: 0x82f63b78n }, crc32cBase64],
  ['CRC-64/NVME', { width: 64, polynomial: 0x9a6c9329ac4bc9b5n }, crc64NvmeBase64],
] as const;

describe.each(KINDS)('%s of pieces in a row', (_, kind, crcOf) => {
  it('is the CRC of all their bytes, wherever they are cut', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const known = await Promise.all(
          parts.map(async (part) => ({ crc: await crcOf(part), length: part.length })),
        );
        expect(combinedCrc(known, kind)).toBe(await crcOf(concat(...parts)));
      }),
      { numRuns: 60 },
    );
  });
});
