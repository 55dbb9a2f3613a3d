// MD5 (RFC 1321, from @noble/hashes) for ETags and the SSE-C key header, CRC-32 (from crc-32) for x-amz-checksum-crc32.
// Neither protects anything from an attacker: they catch accidents in transport.
import { md5 } from '@noble/hashes/legacy.js';
import crc32 from 'crc-32';
import type { Bytes } from '../types';
import { copy, toBase64, toHex, uintBE } from './bytes';

/** 16 bytes. */
export const md5Of = (bytes: Bytes): Bytes => copy(md5(bytes));
export const md5Hex = (bytes: Bytes): string => toHex(md5(bytes));
export const md5Base64 = (bytes: Bytes): string => toBase64(md5(bytes));
/** Base64 of the 4 big-endian CRC bytes, as in the x-amz-checksum-crc32 header. */
export const crc32Base64 = (bytes: Bytes): string => toBase64(uintBE(crc32.buf(bytes) >>> 0, 4));
