// A part of a client-side encrypted object: its ciphertext is fetched in whole blocks and read without a tag, so that no
// change can be noticed. Only for a client that is told to. (facts §8.6)
//   GCM  counter mode from the block on     CBC  needs the block before; at the end the padding comes off
import { aesCbcDecrypt, aesCbcPart, aesCtrOfGcm } from '../crypto/legacy-ciphers';
import type { Bytes, Desk } from '../types';
import { ClientException } from './calls';
import type { Content } from './content-metadata';
import { decrypting, type Unlocked } from './formats';

const BLOCK = 16;
const TAG_BYTES = 16;

/** First byte and last of what was asked for; `last` is Infinity when it goes to the end. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

export function readRange(text: string): Range {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(text) ?? [];
  const range = {
    first: Number(first),
    last: last === '' ? Number.POSITIVE_INFINITY : Number(last),
  };
  if (first === undefined || range.last < range.first)
    throw new ClientException(`Not a range that can be decrypted: ${text}`);
  return range;
}

const blockStart = (at: number): number => at - (at % BLOCK);

/** The Range header for S3: whole blocks, one before and one after them, which CBC needs, and a byte more: as Java's asks. */
export function widened({ first, last }: Range): string {
  const start = Math.max(0, blockStart(first) - BLOCK);
  const end = Number.isFinite(last) ? String(blockStart(last) + 2 * BLOCK) : '';
  return `bytes=${start}-${end}`;
}

/** Where a piece of ciphertext lies in all of it. */
export interface Piece {
  readonly bytes: Bytes;
  readonly start: number;
  readonly total: number;
}

/** `bytes 16-47/1234` */
export function pieceOf(contentRange: string | undefined, bytes: Bytes): Piece {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(contentRange ?? '') ?? [];
  return { bytes, start: Number(start ?? 0), total: Number(total ?? bytes.length) };
}

const outOf = (plaintext: Bytes, from: number, { first, last }: Range): Bytes =>
  plaintext.slice(first - from, Math.max(0, last - from + 1));

/** What was asked for, of a piece that was fetched with `widened`. */
export async function readPart(
  desk: Desk,
  content: Content,
  { key, iv }: Pick<Unlocked, 'key' | 'iv'>,
  piece: Piece,
  range: Range,
): Promise<Bytes> {
  const { bytes, start, total } = piece;
  if (content === 'CBC') {
    const isAtStart = start === 0 && range.first < BLOCK;
    const before = isAtStart ? iv : bytes.slice(0, BLOCK);
    const ciphertext = isAtStart ? bytes : bytes.slice(BLOCK);
    const from = isAtStart ? 0 : start + BLOCK;
    const isAtEnd = start + bytes.length === total;
    const work = isAtEnd
      ? aesCbcDecrypt({ key, iv: before, ciphertext })
      : aesCbcPart({ key, before, ciphertext: ciphertext.slice(0, blockStart(ciphertext.length)) });
    const part = async () => (await desk.does('decrypts', 'object', work)).plaintext;
    return outOf(await decrypting(part), from, range);
  }
  const length = Math.max(0, total - TAG_BYTES - start);
  const work = aesCtrOfGcm({ key, iv, block: start / BLOCK, ciphertext: bytes.slice(0, length) });
  return outOf((await desk.does('decrypts', 'object', work)).plaintext, start, range);
}
