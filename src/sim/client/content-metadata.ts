// What is written beside an object about its encryption, by any version of the S3 Encryption Client: in the object's own
// metadata, or in an instruction file beside it, `<key>.instruction`, a JSON map of strings. (facts §8.2)
//   V1  x-amz-key, x-amz-iv                V2  x-amz-key-v2, x-amz-iv, x-amz-wrap-alg, x-amz-cek-alg
//   V3  x-amz-3, x-amz-w, x-amz-c, x-amz-d, x-amz-i; of these only 3, w, t and m may stand in a file
import { toUtf8 } from '../crypto/bytes';
import { type EncryptionContext, parseContext } from '../crypto/context';
import { readJson } from '../http';
import type { Bytes, Desk, Headers } from '../types';
import { ClientException } from './calls';
import { refuseTwoVersions } from './encryption-client';
import { decode, TAG_LENGTH_BITS } from './formats';
import { otherRequest } from './s3-requests';

export const INSTRUCTION_SUFFIX = '.instruction';

/** How the object itself is encrypted. */
export type Content = 'CBC' | 'GCM' | 'committing GCM';

export interface ContentMetadata {
  readonly version: 'V1' | 'V2' | 'V3';
  readonly content: Content;
  /** As it is written; undefined in V1, where the wrapping key tells. */
  readonly wrapAlgorithm: string | undefined;
  readonly encryptedDataKey: Bytes;
  readonly context: EncryptionContext;
  /** All of it, for what the format needs. */
  readonly all: Headers;
}

const CBC = ['AES/CBC/PKCS5Padding', 'AES/CBC/PKCS7Padding'];
const OF_THE_OBJECT = ['x-amz-c', 'x-amz-d', 'x-amz-i'];

function contextIn(metadata: Headers, name: string): EncryptionContext {
  const context = parseContext(metadata[name] ?? '{}');
  if (!context) throw new ClientException('The stored encryption context is not readable');
  return context;
}

function v2ContentOf(metadata: Headers): Content {
  const algorithm = metadata['x-amz-cek-alg'] ?? '';
  const tagBits = metadata['x-amz-tag-len'] ?? TAG_LENGTH_BITS;
  if (algorithm === 'AES/GCM/NoPadding') {
    if (tagBits !== TAG_LENGTH_BITS)
      throw new ClientException(`Tags of ${tagBits} bits are not read: x-amz-tag-len must be 128`);
    return 'GCM';
  }
  if (CBC.includes(algorithm)) return 'CBC';
  throw new ClientException(`Unknown content encryption algorithm: ${algorithm}`);
}

/** Reads what there is; undefined when nothing says how the data key is wrapped. */
function understood(all: Headers): ContentMetadata | undefined {
  refuseTwoVersions(all);
  if (all['x-amz-3'] !== undefined) {
    if (all['x-amz-c'] !== '115')
      throw new ClientException(`Unknown content encryption algorithm: ${all['x-amz-c'] ?? ''}`);
    return {
      version: 'V3',
      content: 'committing GCM',
      wrapAlgorithm: all['x-amz-w'],
      encryptedDataKey: decode(all, 'x-amz-3'),
      context: contextIn(all, 'x-amz-t'),
      all,
    };
  }
  if (all['x-amz-key-v2'] !== undefined)
    return {
      version: 'V2',
      content: v2ContentOf(all),
      wrapAlgorithm: all['x-amz-wrap-alg'],
      encryptedDataKey: decode(all, 'x-amz-key-v2'),
      context: contextIn(all, 'x-amz-matdesc'),
      all,
    };
  if (all['x-amz-key'] !== undefined)
    return {
      version: 'V1',
      content: 'CBC',
      wrapAlgorithm: undefined,
      encryptedDataKey: decode(all, 'x-amz-key'),
      context: contextIn(all, 'x-amz-matdesc'),
      all,
    };
  return undefined;
}

/**
 * The instruction file of an object; undefined when there is none. One that S3 refuses to hand out is not one that is
 * missing.
 */
async function instructionFile(desk: Desk, parameters: Headers): Promise<Headers | undefined> {
  const { Range: _, ...whole } = parameters;
  const file = { ...whole, Key: `${parameters.Key}${INSTRUCTION_SUFFIX}` };
  const answer = await desk.send('s3', 'GetObject', otherRequest('GET', file));
  if (answer.status === 404) return undefined;
  if (answer.status !== 200)
    throw new ClientException(
      `The object carries no content metadata, and its instruction file cannot be read: S3 answered ${answer.status}`,
    );
  const map = readJson(answer.body);
  const isMap = map && Object.values(map).every((value) => typeof value === 'string');
  if (!isMap)
    throw new ClientException(
      `The instruction file is no map of strings: ${toUtf8(answer.body).slice(0, 40)}`,
    );
  return map as Headers;
}

/** From the object's own metadata, or else from its instruction file. */
export async function contentMetadata(
  desk: Desk,
  parameters: Headers,
  own: Headers,
): Promise<ContentMetadata> {
  const here = understood(own);
  if (here) return here;
  const file = await instructionFile(desk, parameters);
  const misplaced = OF_THE_OBJECT.filter((name) => file?.[name] !== undefined);
  if (misplaced.length > 0)
    throw new ClientException(
      `${misplaced[0]} must stand in the object's metadata, not in its instruction file`,
    );
  const found = file && understood({ ...own, ...file });
  if (!found)
    throw new ClientException('The object carries no content metadata of the S3 Encryption Client');
  return found;
}
