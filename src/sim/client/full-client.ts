// The S3 Encryption Client with all its switches: formats of every version, instruction files, ranged reads, commitment
// policies. The page's lessons use encryption-client.ts, which reads and writes what current clients do. (facts §8)
// Texts of exceptions are ours where no public source gives them (modelled).
import { fromUtf8 } from '../crypto/bytes';
import { aesCbcDecrypt } from '../crypto/legacy-ciphers';
import type { Actor, Bytes, Desk, Headers, HttpRequest, HttpResponse } from '../types';
import { answerCall, ClientException, calledOperation } from './calls';
import { type ContentMetadata, contentMetadata, INSTRUCTION_SUFFIX } from './content-metadata';
import { type FormatName, keyMetadata, withBody, withoutPrefix } from './encryption-client';
import { decodeIv, decrypting, decryptObject, V2, V3, withUnlocked } from './formats';
import { DATA_KEY_BYTES, type Keyring, refuseOtherAlgorithm } from './keyrings';
import { isLegacyWrap, recoverLegacy } from './legacy-keys';
import { pieceOf, type Range, readPart, readRange, widened } from './ranged';
import { otherRequest, putRequest } from './s3-requests';

/** Whether to write with key commitment, and whether to read what has none. (facts §8.7) */
export type CommitmentPolicy =
  | 'FORBID_ENCRYPT_ALLOW_DECRYPT'
  | 'REQUIRE_ENCRYPT_ALLOW_DECRYPT'
  | 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT';

export interface ClientOptions {
  readonly keyring: Keyring;
  /** What current clients begin with, unless said: REQUIRE_ENCRYPT_REQUIRE_DECRYPT. */
  readonly commitmentPolicy?: CommitmentPolicy;
  /** Reads data keys that older clients wrapped. */
  readonly legacyWrappingAlgorithms?: boolean;
  /** Reads AES-CBC, and parts of objects: both without noticing a change. */
  readonly legacyUnauthenticatedModes?: boolean;
  /** Writes what belongs to the data key into a file beside the object. */
  readonly instructionFiles?: boolean;
}

export function fullEncryptionClient({
  keyring,
  commitmentPolicy = 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT',
  legacyWrappingAlgorithms = false,
  legacyUnauthenticatedModes = false,
  instructionFiles = false,
}: ClientOptions): Actor {
  const write: FormatName = commitmentPolicy === 'FORBID_ENCRYPT_ALLOW_DECRYPT' ? 'V2' : 'V3';
  const format = write === 'V3' ? V3 : V2;

  async function put(desk: Desk, call: HttpRequest): Promise<HttpResponse> {
    const { headers } = call;
    const wrapped = await keyring.make(desk, format, headers);
    const { body, metadata } = await format.encrypt(desk, wrapped.dataKey, call.body);
    desk.forgets('data key', wrapped.dataKey);
    const ofKey = keyMetadata(keyring, write, wrapped);
    if (!instructionFiles)
      return desk.send('s3', 'PutObject', putRequest(headers, body, { ...ofKey, ...metadata }));
    // V3 keeps with the object what commits it to its key; V2 has all in the file.
    const [inObject, inFile] = write === 'V3' ? [metadata, ofKey] : [{}, { ...ofKey, ...metadata }];
    const answer = await desk.send('s3', 'PutObject', putRequest(headers, body, inObject));
    if (answer.status !== 200) return answer;
    const { ContentType: _, ...others } = headers;
    const file = { ...others, Key: `${headers.Key}${INSTRUCTION_SUFFIX}` };
    const text = fromUtf8(JSON.stringify(inFile));
    const noted = await desk.send('s3', 'PutObject', putRequest(file, text));
    return noted.status === 200 ? answer : noted;
  }

  function refuse({ version, content }: ContentMetadata, isLegacy: boolean): void {
    if (version !== 'V3' && commitmentPolicy === 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT')
      throw new ClientException(
        `The commitment policy ${commitmentPolicy} does not allow to decrypt an object without key commitment`,
      );
    if (isLegacy && !legacyWrappingAlgorithms)
      throw new ClientException('Enable legacy wrapping algorithms to read this object');
    if (content === 'CBC' && !legacyUnauthenticatedModes)
      throw new ClientException('Enable legacy unauthenticated modes to read AES/CBC');
  }

  function recover(desk: Desk, parameters: Headers, found: ContentMetadata, isLegacy: boolean) {
    if (isLegacy) return recoverLegacy(desk, keyring, parameters, found);
    const { v2, v3 } = keyring.wrapAlgorithm;
    const expected = found.version === 'V3' ? v3 : v2;
    if (found.wrapAlgorithm !== expected)
      throw new ClientException(
        `The keyring cannot unwrap a data key that was wrapped with ${found.wrapAlgorithm ?? 'nothing said'}`,
      );
    // Today's wraps belong to GCM. A data key that opens AES-CBC too would let anybody change the object and its label.
    if (found.content === 'CBC')
      throw new ClientException(`AES/CBC does not go with a data key wrapped with ${expected}`);
    const by = found.version === 'V3' ? V3 : V2;
    if (keyring.usesKmsContext) refuseOtherAlgorithm(found.context, by);
    return keyring.recover(desk, by, parameters, found.encryptedDataKey, found.context);
  }

  async function get(desk: Desk, call: HttpRequest): Promise<HttpResponse> {
    const { Range: asked, ...others } = call.headers;
    if (asked !== undefined && !legacyUnauthenticatedModes)
      throw new ClientException('Enable legacy unauthenticated modes to use ranged reads');
    const range = asked === undefined ? undefined : readRange(asked);
    const parameters: Headers = range ? { ...others, Range: widened(range) } : others;
    const answer = await desk.send('s3', 'GetObject', otherRequest('GET', parameters));
    if (answer.status !== 200 && answer.status !== 206) return answer;
    const found = await contentMetadata(desk, parameters, withoutPrefix(answer.headers));
    const isLegacy = isLegacyWrap(found, keyring);
    refuse(found, isLegacy);
    const dataKey = await recover(desk, parameters, found, isLegacy);
    desk.holds('data key', dataKey);
    try {
      if (dataKey.length !== DATA_KEY_BYTES)
        throw new ClientException(`The data key is ${dataKey.length} bytes, not ${DATA_KEY_BYTES}`);
      return withBody(answer, await decrypted(desk, found, dataKey, answer, range));
    } finally {
      desk.forgets('data key', dataKey);
    }
  }

  return (call, desk) =>
    answerCall(() => {
      const operation = calledOperation(call);
      if (operation === 'PutObject') return put(desk, call);
      if (operation === 'GetObject') return get(desk, call);
      throw new Error(`the client does not know ${operation}`);
    });
}

const CBC_IV_BYTES = 16;

async function decrypted(
  desk: Desk,
  { version, content, all }: ContentMetadata,
  dataKey: Bytes,
  answer: HttpResponse,
  range: Range | undefined,
): Promise<Bytes> {
  const piece = pieceOf(answer.headers['content-range'], answer.body);
  if (content === 'CBC') {
    const iv = decodeIv(all, CBC_IV_BYTES);
    return range
      ? readPart(desk, content, { key: dataKey, iv }, piece, range)
      : wholeOfCbc(desk, dataKey, iv, answer.body);
  }
  const format = version === 'V3' ? V3 : V2;
  return range
    ? withUnlocked(desk, format, dataKey, all, (unlocked) =>
        readPart(desk, content, unlocked, piece, range),
      )
    : decryptObject(desk, format, dataKey, answer.body, all);
}

const wholeOfCbc = (desk: Desk, key: Bytes, iv: Bytes, ciphertext: Bytes): Promise<Bytes> =>
  decrypting(async () => {
    const work = aesCbcDecrypt({ key, iv, ciphertext });
    return (await desk.does('decrypts', 'object', work)).plaintext;
  });
