// Where a client-side encryption client gets data keys and how it gets them back: from KMS, or under a key of your own.
// (facts §8.5)
//   kms+context  GenerateDataKey / Decrypt, context = yours + "aws:x-amz-cek-alg"
//   AES          12-byte iv ‖ AES-256-GCM(wrapping key, data key, AAD = algorithm name) = 60 bytes
//   RSA          RSA-OAEP-SHA1 over 0x20 ‖ data key ‖ algorithm name
import { aesGcmDecrypt, aesGcmEncryptInto, GCM_IV_BYTES } from '../crypto/aes';
import { concat, fromBase64, fromUtf8, toBase64, toUtf8 } from '../crypto/bytes';
import { type EncryptionContext, parseContext } from '../crypto/context';
import { DecryptionFailed } from '../crypto/failure';
import { OAEP_SEED_BYTES, rsaOaepDecrypt, rsaOaepEncrypt } from '../crypto/rsa';
import { drawn } from '../crypto/works';
import { readJson } from '../http';
import { kmsRequest } from '../kms/kms';
import { ANA, KMS_SERVICE, PRINCIPAL } from '../names';
import type { Bytes, Desk, Headers, Operation } from '../types';
import { ClientException, keyParameter } from './calls';
import type { Format } from './formats';

export interface WrappedDataKey {
  readonly dataKey: Bytes;
  readonly encryptedDataKey: Bytes;
  /** What authenticates or describes it, stored beside it as JSON. */
  readonly context: EncryptionContext;
}

export interface Keyring {
  /** Values of x-amz-wrap-alg (V2) and x-amz-w (V3). */
  readonly wrapAlgorithm: { readonly v2: string; readonly v3: string };
  readonly usesKmsContext: boolean;
  make(desk: Desk, format: Format, parameters: Headers): Promise<WrappedDataKey>;
  recover(
    desk: Desk,
    format: Format,
    parameters: Headers,
    encryptedDataKey: Bytes,
    context: EncryptionContext,
  ): Promise<Bytes>;
}

const RESERVED = 'aws:x-amz-cek-alg';
/** What older clients put there. */
const LEGACY_RESERVED = 'kms_cmk_id';
export const DATA_KEY_BYTES = 32;

async function askKms(
  desk: Desk,
  operation: Operation,
  parameters: unknown,
): Promise<Record<string, unknown>> {
  const headers = { host: KMS_SERVICE, [PRINCIPAL]: ANA };
  const answer = await desk.send('kms', operation, kmsRequest(operation, parameters, headers));
  const body = readJson(answer.body) ?? {};
  if (answer.status === 200) return body;
  const reason = [body.__type, body.message].filter(Boolean).join(': ');
  throw new ClientException(`KMS refused ${operation}: ${reason}`);
}

const givenContext = (parameters: Headers): EncryptionContext => {
  const context = parseContext(parameters.EncryptionContext ?? '{}');
  if (!context) throw new ClientException('The encryption context must be a map of strings');
  if (context[RESERVED] !== undefined) {
    throw new ClientException(`${RESERVED} is a reserved key of the encryption context`);
  }
  return context;
};

/**
 * `demandsContext`: who reads must give the context that was written with, none included, as the Java and Ruby clients want
 * it; else one is compared only when it is given, as Go's does. (facts §8.5)
 */
export const kmsKeyring = (kmsKeyId: string, { demandsContext = false } = {}): Keyring => ({
  wrapAlgorithm: { v2: 'kms+context', v3: '12' },
  usesKmsContext: true,

  async make(desk, format, parameters) {
    const context = { ...givenContext(parameters), [RESERVED]: format.algorithmName };
    const request = { KeyId: kmsKeyId, KeySpec: 'AES_256', EncryptionContext: context };
    const body = await askKms(desk, 'GenerateDataKey', request);
    const dataKey = fromBase64(String(body.Plaintext));
    return { dataKey, encryptedDataKey: fromBase64(String(body.CiphertextBlob)), context };
  },

  async recover(desk, _format, parameters, encryptedDataKey, stored) {
    const { [RESERVED]: _reserved, [LEGACY_RESERVED]: _legacy, ...own } = stored;
    const isCompared = demandsContext || parameters.EncryptionContext !== undefined;
    if (isCompared && !samePairs(givenContext(parameters), own)) {
      throw new ClientException(
        'Provided encryption context does not match information retrieved from S3',
      );
    }
    const request = {
      KeyId: kmsKeyId,
      CiphertextBlob: toBase64(encryptedDataKey),
      EncryptionContext: stored,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
    return fromBase64(String((await askKms(desk, 'Decrypt', request)).Plaintext));
  },
});

/**
 * The stored context names the algorithm that the data key was made for. KMS proves that it is the one it was wrapped with;
 * that it is the one the object is about to be read with, only the client can see.
 */
export function refuseOtherAlgorithm(stored: EncryptionContext, format: Format): void {
  if (stored[RESERVED] !== format.algorithmName)
    throw new ClientException(
      `The data key was made for ${stored[RESERVED] ?? 'nothing said'}, not for ${format.algorithmName}`,
    );
}

function samePairs(a: EncryptionContext, b: EncryptionContext): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

async function ownDataKey(desk: Desk): Promise<Bytes> {
  const { dataKey } = await desk.does(
    'generates',
    'data key',
    drawn('dataKey', desk.random(DATA_KEY_BYTES)),
  );
  desk.holds('data key', dataKey);
  return dataKey;
}

export function wrappingKey(parameters: Headers): Bytes {
  const key = keyParameter(parameters, 'WrappingKey');
  if (!key)
    throw new ClientException('No wrapping key: the encrypted data key cannot be unwrapped');
  return key;
}

export async function unwrapping(work: () => Promise<Bytes>): Promise<Bytes> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DecryptionFailed
      ? new ClientException('Unable to unwrap data key')
      : error;
  }
}

export const aesKeyring: Keyring = {
  wrapAlgorithm: { v2: 'AES/GCM', v3: '02' },
  usesKmsContext: false,

  async make(desk, format, parameters) {
    const key = wrappingKey(parameters);
    const plaintext = await ownDataKey(desk);
    const iv = desk.random(GCM_IV_BYTES);
    const aad = fromUtf8(format.algorithmName);
    const work = aesGcmEncryptInto({ key, iv, aad, plaintext, head: iv });
    const { blob } = await desk.does('wraps', 'data key', work);
    return { dataKey: plaintext, encryptedDataKey: blob, context: {} };
  },

  recover: (desk, format, parameters, encryptedDataKey) =>
    unwrapping(async () => {
      const iv = encryptedDataKey.slice(0, GCM_IV_BYTES);
      const ciphertext = encryptedDataKey.slice(GCM_IV_BYTES);
      const aad = fromUtf8(format.algorithmName);
      const work = aesGcmDecrypt({ key: wrappingKey(parameters), iv, aad, ciphertext });
      return (await desk.does('unwraps', 'data key', work)).plaintext;
    }),
};

export const rsaKeyring: Keyring = {
  wrapAlgorithm: { v2: 'RSA-OAEP-SHA1', v3: '22' },
  usesKmsContext: false,

  async make(desk, format, parameters) {
    const publicKey = keyParameter(parameters, 'WrappingPublicKey');
    if (!publicKey) throw new ClientException('No RSA public key to wrap the data key with');
    const dataKey = await ownDataKey(desk);
    const plaintext = concat(
      Uint8Array.of(DATA_KEY_BYTES),
      dataKey,
      fromUtf8(format.algorithmName),
    );
    const seed = desk.random(OAEP_SEED_BYTES);
    const { ciphertext } = await desk.does(
      'wraps',
      'data key',
      rsaOaepEncrypt({ publicKey, seed, plaintext }),
    );
    return { dataKey, encryptedDataKey: ciphertext, context: {} };
  },

  recover: (desk, format, parameters, ciphertext) =>
    unwrapping(async () => {
      const work = rsaOaepDecrypt({ privateKey: wrappingKey(parameters), ciphertext });
      const { plaintext } = await desk.does('unwraps', 'data key', work);
      const name = toUtf8(plaintext.slice(1 + DATA_KEY_BYTES));
      if (plaintext[0] !== DATA_KEY_BYTES || name !== format.algorithmName) {
        throw new ClientException('Unable to unwrap data key');
      }
      return plaintext.slice(1, 1 + DATA_KEY_BYTES);
    }),
};
