// Checksums over the bytes as a client has them, whatever they are encrypted with afterwards. (facts §1.4)
//   1. A client sends one along, as a header or after an aws-chunked body; S3 computes it again and compares.
//   2. When none is sent S3 computes CRC-64/NVME itself.
//   3. The checksum is kept, and comes back at GET and HEAD with x-amz-checksum-mode: ENABLED.
// Content-MD5 is checked the same way and not kept.
import { fromBase64, toBase64 } from '../crypto/bytes';
import { crc32Base64, crc32cBase64, crc64NvmeBase64, md5Of, shaBase64 } from '../crypto/checksums';
import { looked } from '../crypto/works';
import { Refusal } from '../refusal';
import type { Bytes, Desk, Headers } from '../types';

interface Algorithm {
  /** As deeds and people call it. */
  readonly label: string;
  readonly width: number;
  /** A CRC covers the whole of an object that came in parts; a hash can only be taken of the parts' hashes. */
  readonly ofParts: ChecksumType;
  compute(bytes: Bytes): Promise<string> | string;
}

export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export const ALGORITHMS = {
  CRC32: { label: 'CRC-32', width: 4, ofParts: 'COMPOSITE', compute: crc32Base64 },
  CRC32C: { label: 'CRC-32C', width: 4, ofParts: 'COMPOSITE', compute: crc32cBase64 },
  CRC64NVME: { label: 'CRC-64/NVME', width: 8, ofParts: 'FULL_OBJECT', compute: crc64NvmeBase64 },
  SHA1: {
    label: 'SHA-1',
    width: 20,
    ofParts: 'COMPOSITE',
    compute: (bytes: Bytes) => shaBase64('SHA-1', bytes),
  },
  SHA256: {
    label: 'SHA-256',
    width: 32,
    ofParts: 'COMPOSITE',
    compute: (bytes: Bytes) => shaBase64('SHA-256', bytes),
  },
} as const satisfies Record<string, Algorithm>;
export type ChecksumAlgorithm = keyof typeof ALGORITHMS;

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; of a composite one with `-` and the number of parts after it. */
  readonly value: string;
  readonly type: ChecksumType;
}

const PREFIX = 'x-amz-checksum-';
/** Headers that begin like a checksum and are none. */
const OTHERS = ['algorithm', 'mode', 'type'].map((name) => PREFIX + name);

export const checksumHeader = (algorithm: ChecksumAlgorithm): string =>
  PREFIX + algorithm.toLowerCase();

/** The element that holds it in XML: `ChecksumCRC32`. */
export const checksumElement = (checksum: Checksum | undefined): Record<string, string> =>
  checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value } : {};

export const checksumHeaders = (checksum: Checksum | undefined): Headers =>
  checksum
    ? { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type }
    : {};

const invalid = (message: string): Refusal => new Refusal(400, 'InvalidRequest', message);

/** The algorithm by its name in a header, or S3's refusal. */
export function algorithmNamed(name: string): ChecksumAlgorithm {
  const upper = name.toUpperCase();
  if (Object.hasOwn(ALGORITHMS, upper)) return upper as ChecksumAlgorithm;
  throw invalid(
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${Object.keys(ALGORITHMS).join(', ')}]`,
  );
}

export const isBase64Of = (value: string, width: number): boolean => {
  try {
    return fromBase64(value).length === width;
  } catch {
    return false;
  }
};

/** The one checksum that the headers bring, well-formed; undefined when they bring none. */
export function sentChecksum(headers: Headers): Checksum | undefined {
  const names = Object.keys(headers).filter(
    (name) => name.startsWith(PREFIX) && !OTHERS.includes(name),
  );
  const [name] = names;
  if (names.length > 1)
    throw invalid(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  const announced = headers['x-amz-sdk-checksum-algorithm'];
  if (name === undefined) {
    if (announced !== undefined) {
      algorithmNamed(announced);
      throw invalid(
        'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
      );
    }
    return undefined;
  }
  const algorithm = algorithmNamed(name.slice(PREFIX.length));
  const value = headers[name] as string;
  if (!isBase64Of(value, ALGORITHMS[algorithm].width))
    throw invalid(`Value for ${name} header is invalid.`);
  return { algorithm, value, type: 'FULL_OBJECT' };
}

const badDigest = (algorithm: ChecksumAlgorithm): Refusal =>
  new Refusal(
    400,
    'BadDigest',
    `The ${algorithm} you specified did not match the calculated checksum.`,
  );

interface Checked {
  readonly label: string;
  readonly sent: string;
  readonly computed: string;
  readonly refusal: Refusal | undefined;
}

function checkMd5(sent: string | undefined, body: Bytes): Checked | undefined {
  if (sent === undefined) return undefined;
  if (!isBase64Of(sent, 16))
    throw new Refusal(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.', {
      'Content-MD5': sent,
    });
  const computed = toBase64(md5Of(body));
  const refusal = new Refusal(
    400,
    'BadDigest',
    'The Content-MD5 you specified did not match what we received.',
    { ExpectedDigest: sent, CalculatedDigest: computed },
  );
  return { label: 'MD5', sent, computed, refusal: sent === computed ? undefined : refusal };
}

async function checkSent(sent: Checksum | undefined, body: Bytes): Promise<Checked | undefined> {
  if (!sent) return undefined;
  const { label, compute } = ALGORITHMS[sent.algorithm];
  const computed = await compute(body);
  const refusal = sent.value === computed ? undefined : badDigest(sent.algorithm);
  return { label, sent: sent.value, computed, refusal };
}

/** Checks what was sent along with an upload, as seen deeds. Returns the checksum that was sent, if any. */
export async function checkUpload(
  desk: Desk,
  headers: Headers,
  body: Bytes,
): Promise<Checksum | undefined> {
  const sent = sentChecksum(headers);
  for (const checked of [checkMd5(headers['content-md5'], body), await checkSent(sent, body)]) {
    if (!checked) continue;
    const { label, refusal, ...facts } = checked;
    await desk.does('checks', 'upload', looked(label, facts, refusal, { body }));
  }
  return sent;
}

/** The same for a document that is a request, without a step of its own. */
export async function checkDocument(headers: Headers, body: Bytes): Promise<void> {
  const sent = sentChecksum(headers);
  const found = [checkMd5(headers['content-md5'], body), await checkSent(sent, body)];
  for (const checked of found) if (checked?.refusal) throw checked.refusal;
}

/** What S3 computes itself. */
export const computedChecksum = async (
  algorithm: ChecksumAlgorithm,
  body: Bytes,
): Promise<Checksum> => ({
  algorithm,
  value: await ALGORITHMS[algorithm].compute(body),
  type: 'FULL_OBJECT',
});

export const DEFAULT_ALGORITHM: ChecksumAlgorithm = 'CRC64NVME';
