// The two formats in which the S3 Encryption Client writes today, byte for byte. (facts §8)
//   V2  body = AES-256-GCM(dataKey, random 12-byte iv, no aad)
//   V3  message id 28 bytes random; okm = HKDF-SHA-512(dataKey, salt = message id, info);
//       body = AES-256-GCM(DERIVEKEY okm, iv = 12 × 0x01, aad = 0x00 0x73); COMMITKEY okm is stored and checked first
import { aesGcmDecrypt, aesGcmEncrypt, GCM_IV_BYTES } from '../crypto/aes';
import { concat, EMPTY, equalConstantTime, fromBase64, fromUtf8, toBase64 } from '../crypto/bytes';
import { DecryptionFailed } from '../crypto/failure';
import { hkdfSha512 } from '../crypto/mac';
import { drawn } from '../crypto/works';
import type { Bytes, Desk, Headers, Work } from '../types';
import { ClientException } from './calls';

export interface Format {
  /** Value of `aws:x-amz-cek-alg` in the KMS context, and the AAD of a raw AES wrap. */
  readonly algorithmName: string;
  encrypt(desk: Desk, dataKey: Bytes, object: Bytes): Promise<{ body: Bytes; metadata: Headers }>;
  /** What the object is decrypted with, after every check that comes before decrypting; V3 derives a key for it. */
  unlock(desk: Desk, dataKey: Bytes, metadata: Headers): Promise<Unlocked>;
}

export interface Unlocked {
  readonly key: Bytes;
  readonly iv: Bytes;
  readonly aad: Bytes;
}

/** Does some work with what a format unlocks, and forgets a key that was derived for it. */
export async function withUnlocked(
  desk: Desk,
  format: Format,
  dataKey: Bytes,
  metadata: Headers,
  work: (unlocked: Unlocked) => Promise<Bytes>,
): Promise<Bytes> {
  const unlocked = await format.unlock(desk, dataKey, metadata);
  try {
    return await work(unlocked);
  } finally {
    if (unlocked.key !== dataKey) desk.forgets('content key', unlocked.key);
  }
}

/** The whole object, its tag checked. */
export const decryptObject = (
  desk: Desk,
  format: Format,
  dataKey: Bytes,
  body: Bytes,
  metadata: Headers,
): Promise<Bytes> =>
  withUnlocked(desk, format, dataKey, metadata, ({ key, iv, aad }) =>
    open(desk, key, iv, aad, body),
  );

export const TAG_LENGTH_BITS = '128';

async function open(
  desk: Desk,
  key: Bytes,
  iv: Bytes,
  aad: Bytes,
  ciphertext: Bytes,
): Promise<Bytes> {
  const work = aesGcmDecrypt({ key, iv, aad, ciphertext });
  return decrypting(async () => (await desk.does('decrypts', 'object', work)).plaintext);
}

/** What a client says when it cannot decrypt: nothing about why. */
export async function decrypting(work: () => Promise<Bytes>): Promise<Bytes> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DecryptionFailed
      ? new ClientException('Unable to decrypt object content')
      : error;
  }
}

export const V2: Format = {
  algorithmName: 'AES/GCM/NoPadding',

  async encrypt(desk, dataKey, plaintext) {
    const iv = desk.random(GCM_IV_BYTES);
    const work = aesGcmEncrypt({ key: dataKey, iv, aad: EMPTY, plaintext });
    const { ciphertext } = await desk.does('encrypts', 'object', work);
    const metadata = {
      'x-amz-iv': toBase64(iv),
      'x-amz-cek-alg': V2.algorithmName,
      'x-amz-tag-len': TAG_LENGTH_BITS,
    };
    return { body: ciphertext, metadata };
  },

  async unlock(_desk, dataKey, metadata) {
    return { key: dataKey, iv: decodeIv(metadata, GCM_IV_BYTES), aad: EMPTY };
  },
};

/** The algorithm suite id 0x0073, and its name in metadata: "115". */
const SUITE = Uint8Array.of(0x00, 0x73);
const MESSAGE_ID_BYTES = 28;
const COMMITMENT_BYTES = 28;
const CONTENT_IV: Bytes = new Uint8Array(GCM_IV_BYTES).fill(0x01);

const derive = (key: Bytes, salt: Bytes, label: string, length: number) =>
  hkdfSha512({ key, salt, info: concat(SUITE, fromUtf8(label)), length });

function commitmentFits(dataKey: Bytes, messageId: Bytes, expected: Bytes): Work<{ okm: Bytes }> {
  const work = derive(dataKey, messageId, 'COMMITKEY', COMMITMENT_BYTES);
  return {
    ...work,
    inputs: { ...work.inputs, expected },
    async run() {
      const made = await work.run();
      if (!equalConstantTime(made.okm, expected)) {
        throw new ClientException(
          'Key commitment validation failed. The derived key commitment does not match the stored key commitment.',
        );
      }
      return made;
    },
  };
}

async function contentKey(desk: Desk, dataKey: Bytes, messageId: Bytes): Promise<Bytes> {
  const { okm } = await desk.does(
    'derives',
    'content key',
    derive(dataKey, messageId, 'DERIVEKEY', 32),
  );
  desk.holds('content key', okm);
  return okm;
}

export const V3: Format = {
  algorithmName: '115',

  async encrypt(desk, dataKey, plaintext) {
    const drawnId = drawn('messageId', desk.random(MESSAGE_ID_BYTES));
    const { messageId } = await desk.does('generates', 'message id', drawnId);
    const commit = derive(dataKey, messageId, 'COMMITKEY', COMMITMENT_BYTES);
    const commitment = (await desk.does('commits', 'key commitment', commit)).okm;
    const key = await contentKey(desk, dataKey, messageId);
    const work = aesGcmEncrypt({ key, iv: CONTENT_IV, aad: SUITE, plaintext });
    const { ciphertext } = await desk.does('encrypts', 'object', work);
    desk.forgets('content key', key);
    const metadata = {
      'x-amz-c': V3.algorithmName,
      'x-amz-d': toBase64(commitment),
      'x-amz-i': toBase64(messageId),
    };
    return { body: ciphertext, metadata };
  },

  async unlock(desk, dataKey, metadata) {
    const messageId = decode(metadata, 'x-amz-i');
    const check = commitmentFits(dataKey, messageId, decode(metadata, 'x-amz-d'));
    await desk.does('checks', 'key commitment', check);
    return { key: await contentKey(desk, dataKey, messageId), iv: CONTENT_IV, aad: SUITE };
  },
};

/** A base64 value of the object's user metadata. */
export function decode(metadata: Headers, name: string): Bytes {
  try {
    return fromBase64(metadata[name] as string);
  } catch {
    throw new ClientException(`Content metadata ${name} is missing or not base64`);
  }
}

/** The iv in the metadata of V1 and V2: 12 bytes for GCM, 16 for CBC. */
export function decodeIv(metadata: Headers, length: number): Bytes {
  const iv = decode(metadata, 'x-amz-iv');
  if (iv.length !== length)
    throw new ClientException(`Content metadata x-amz-iv is ${iv.length} bytes, not ${length}`);
  return iv;
}
