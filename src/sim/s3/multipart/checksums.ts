// Checksums of uploads in parts: what Create announces, what each part brings, and what the object has in the end.
// (S3 User Guide, "Checking object integrity"; facts §1.4)
import { concat, fromBase64 } from '../../crypto/bytes';
import { combinedCrc } from '../../crypto/crc-combine';
import { Refusal } from '../../refusal';
import type { Headers } from '../../types';
import {
  ALGORITHMS,
  algorithmNamed,
  type Checksum,
  type ChecksumAlgorithm,
  type ChecksumType,
  computedChecksum,
  DEFAULT_ALGORITHM,
} from '../checksums';
import type { Part, Upload } from './uploads';

const POLYNOMIALS: Partial<Readonly<Record<ChecksumAlgorithm, bigint>>> = {
  CRC32: 0xedb88320n,
  CRC32C: 0x82f63b78n,
  CRC64NVME: 0x9a6c9329ac4bc9b5n,
};

const invalid = (message: string): Refusal => new Refusal(400, 'InvalidRequest', message);

/** What CreateMultipartUpload says about checksums. */
export function announced(headers: Headers): Pick<Upload, 'checksumAlgorithm' | 'checksumType'> {
  const name = headers['x-amz-checksum-algorithm'];
  const asked = headers['x-amz-checksum-type']?.toUpperCase();
  if (name === undefined) {
    if (asked !== undefined)
      throw invalid(
        'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
      );
    return { checksumAlgorithm: undefined, checksumType: 'FULL_OBJECT' };
  }
  const algorithm = algorithmNamed(name);
  if (asked === undefined)
    return { checksumAlgorithm: algorithm, checksumType: ALGORITHMS[algorithm].ofParts };
  const isFull = asked === 'FULL_OBJECT';
  if (!isFull && asked !== 'COMPOSITE')
    throw invalid('Value for x-amz-checksum-type header is invalid.');
  const canBe = isFull ? POLYNOMIALS[algorithm] !== undefined : algorithm !== 'CRC64NVME';
  if (!canBe)
    throw invalid(
      `The ${asked} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  return { checksumAlgorithm: algorithm, checksumType: isFull ? 'FULL_OBJECT' : 'COMPOSITE' };
}

/** A part has to bring the kind of checksum that was announced. */
export function refuseOtherKind({ checksumAlgorithm }: Upload, sent: Checksum | undefined): void {
  if (checksumAlgorithm === undefined || sent?.algorithm === checksumAlgorithm) return;
  const actual = sent?.algorithm.toLowerCase() ?? 'null';
  throw invalid(
    `Checksum Type mismatch occurred, expected checksum Type: ${checksumAlgorithm.toLowerCase()}, actual checksum Type: ${actual}`,
  );
}

/** The algorithm by which the parts of an upload are kept. */
export const keptBy = ({ checksumAlgorithm }: Upload): ChecksumAlgorithm =>
  checksumAlgorithm ?? DEFAULT_ALGORITHM;

/** Of the object that parts make: the combined CRC, or the checksum of the parts' checksums and their number. */
export async function checksumOfParts(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: readonly Part[],
): Promise<Checksum> {
  const polynomial = POLYNOMIALS[algorithm];
  if (type === 'FULL_OBJECT' && polynomial !== undefined) {
    const pieces = parts.map(({ checksum, size }) => ({ crc: checksum.value, length: size }));
    const width = 8 * ALGORITHMS[algorithm].width;
    return { algorithm, value: combinedCrc(pieces, { width, polynomial }), type };
  }
  const values = concat(...parts.map(({ checksum }) => fromBase64(checksum.value)));
  const { value } = await computedChecksum(algorithm, values);
  return { algorithm, value: `${value}-${parts.length}`, type };
}
