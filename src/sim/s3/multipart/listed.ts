// The parts that CompleteMultipartUpload lists, compared with those that S3 has.
//   1. part numbers ascend; with a checksum that was announced they begin at 1 and leave none out
//   2. each names a part that is there by its ETag, with its checksum where the object's is made of those
//   3. each but the last has at least 5 MiB
// (API reference of CompleteMultipartUpload and CompletedPart; the texts as AWS has been observed to answer)
import { Refusal } from '../../refusal';
import type { Bytes } from '../../types';
import { ALGORITHMS, type ChecksumAlgorithm, isBase64Of } from '../checksums';
import { malformed, readXml, textOf } from '../xml';
import { bareEtag, type Part, type Upload } from './uploads';

const LEAST_PART_BYTES = 5 * 1024 * 1024;

interface Listed {
  readonly partNumber: number;
  readonly etag: string;
  readonly sums: readonly (readonly [algorithm: ChecksumAlgorithm, value: string])[];
}

function readPart(element: unknown): Listed {
  const fields = Object(element) as Record<string, unknown>;
  const number = textOf(fields.PartNumber);
  const etag = textOf(fields.ETag);
  if (number === undefined || !/^\d{1,5}$/.test(number) || etag === undefined) throw malformed();
  const sums = (Object.keys(ALGORITHMS) as ChecksumAlgorithm[]).flatMap((algorithm) => {
    const value = textOf(fields[`Checksum${algorithm}`]);
    return value === undefined ? [] : [[algorithm, value] as const];
  });
  if (sums.length > 1 || !sums.every(([name, value]) => isBase64Of(value, ALGORITHMS[name].width)))
    throw new Refusal(
      400,
      'InvalidArgument',
      'Invalid Base64 or multiple checksums present in request',
      {
        ArgumentName: 'Checksum',
        ArgumentValue: sums.map(([algorithm, value]) => `${algorithm}:${value};`).join(''),
      },
    );
  return { partNumber: Number(number), etag: bareEtag(etag), sums };
}

function checkOrder(listed: readonly Listed[], { id, checksumAlgorithm }: Upload): void {
  const isInOrder = listed.every(({ partNumber }, i) =>
    checksumAlgorithm === undefined
      ? i === 0 || partNumber > (listed[i - 1] as Listed).partNumber
      : partNumber === i + 1,
  );
  if (!isInOrder)
    throw new Refusal(
      400,
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      { UploadId: id },
    );
}

/** What is listed of a part's checksum; of a checksum that nobody announced nothing is kept to compare it with. */
function checkSum(part: Part, [sum]: Listed['sums'], upload: Upload, absent: Refusal): void {
  const { checksumAlgorithm, checksumType } = upload;
  const { partNumber, checksum } = part;
  if (sum?.[0] === checksum.algorithm) {
    if (sum[1] !== checksum.value) throw absent;
    return;
  }
  if (checksumAlgorithm === undefined) return;
  if (sum)
    throw new Refusal(
      400,
      'BadDigest',
      `The ${sum[0].toLowerCase()} you specified for part ${partNumber} did not match what we received.`,
    );
  if (checksumType === 'COMPOSITE')
    throw new Refusal(
      400,
      'InvalidRequest',
      `The upload was created using a ${checksumAlgorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${partNumber} in the request.`,
    );
}

function partNamed(upload: Upload, { partNumber, etag, sums }: Listed): Part {
  const absent = new Refusal(
    400,
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { UploadId: upload.id, PartNumber: String(partNumber), ETag: etag },
  );
  const part = upload.parts.get(partNumber);
  if (!part || bareEtag(part.etag) !== etag) throw absent;
  checkSum(part, sums, upload, absent);
  return part;
}

function checkSizes(parts: readonly Part[]): void {
  for (const { size, partNumber, etag } of parts.slice(0, -1)) {
    if (size < LEAST_PART_BYTES)
      throw new Refusal(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
        {
          ETag: bareEtag(etag),
          MinSizeAllowed: String(LEAST_PART_BYTES),
          PartNumber: String(partNumber),
          ProposedSize: String(size),
        },
      );
  }
}

export function partsListed(body: Bytes, upload: Upload): readonly Part[] {
  const elements = (readXml(body, 'CompleteMultipartUpload').Part ?? []) as readonly unknown[];
  if (elements.length === 0) throw malformed();
  const listed = elements.map(readPart);
  checkOrder(listed, upload);
  const parts = listed.map((one) => partNamed(upload, one));
  checkSizes(parts);
  return parts;
}
