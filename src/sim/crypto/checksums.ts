// Checksums: MD5 (RFC 1321, from @noble/hashes) for ETags and the SSE-C key header; CRC-32 and CRC-32C (from crc-32),
// CRC-64/NVME (from @aws-sdk/crc64-nvme), SHA-1 and SHA-256 (WebCrypto) for the x-amz-checksum headers.
// None protects anything from an attacker as it is used there: they catch accidents in transport.
import { Crc64Nvme } from '@aws-sdk/crc64-nvme';
import { md5 } from '@noble/hashes/legacy.js';
import crc32 from 'crc-32';
import crc32c from 'crc-32/crc32c.js';
import type { Bytes } from '../types';
import { copy, toBase64, toHex, uintBE } from './bytes';

/** What WebCrypto has not, and a platform may compute faster. */
interface Platform {
  md5(bytes: Bytes): Uint8Array;
  crc32(bytes: Bytes): number;
}
let platform: Platform = { md5, crc32: (bytes) => crc32.buf(bytes) };

/** Has these computed by the platform itself. They come out the same. */
export const computeWith = (own: Platform): void => {
  platform = own;
};

/** 16 bytes. */
export const md5Of = (bytes: Bytes): Bytes => copy(platform.md5(bytes));
export const md5Hex = (bytes: Bytes): string => toHex(platform.md5(bytes));
export const md5Base64 = (bytes: Bytes): string => toBase64(platform.md5(bytes));
/** Base64 of the 4 big-endian CRC bytes, as in the x-amz-checksum-crc32 header. */
export const crc32Base64 = (bytes: Bytes): string =>
  toBase64(uintBE(platform.crc32(bytes) >>> 0, 4));
export const crc32cBase64 = (bytes: Bytes): string => toBase64(uintBE(crc32c.buf(bytes) >>> 0, 4));

/** Base64 of the 8 big-endian CRC bytes. */
export async function crc64NvmeBase64(bytes: Bytes): Promise<string> {
  const crc = new Crc64Nvme();
  crc.update(bytes);
  return toBase64(await crc.digest());
}

const sha = async (name: 'SHA-1' | 'SHA-256', bytes: Bytes): Promise<Uint8Array> =>
  new Uint8Array(await globalThis.crypto.subtle.digest(name, bytes));

export const shaBase64 = async (name: 'SHA-1' | 'SHA-256', bytes: Bytes): Promise<string> =>
  toBase64(await sha(name, bytes));

/** By WebCrypto: for what may be large. */
export const sha256HexOf = async (bytes: Bytes): Promise<string> =>
  toHex(await sha('SHA-256', bytes));
