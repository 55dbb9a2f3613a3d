// The hardware security module inside KMS: the only place where KMS key material exists. Its interface is ours
// (modelled); what it computes follows the AWS KMS Cryptographic Details.
//
//   CreateBackingKey  32 random bytes, kept under a material id; only the id leaves.
//   GenerateDataKey   random bytes; then as Encrypt; both the bytes and the blob leave.
//   GenerateDataKeyWithoutPlaintext   the same, and only the blob leaves.
//   Encrypt           nonce N, K = KDF(backing key, N), AES-256-GCM(K, iv, AAD = canonical context, plaintext) → blob
//   Decrypt           the blob names the backing key and carries N and iv; K = KDF(backing key, N); open
//   ReEncrypt         Decrypt, then Encrypt under another key or context; the plaintext does not leave.
//   GenerateRandom    random bytes, for the caller.
//   DestroyBackingKey the bytes are zeroed, and with them everything they ever sealed is lost.
//   Imported key material: see imports.ts.
import { aesGcmDecrypt, aesGcmEncryptInto, GCM_IV_BYTES } from '../crypto/aes';
import { fromBase64, fromHex, toBase64, toHex } from '../crypto/bytes';
import { DecryptionFailed } from '../crypto/failure';
import { counterModeKdf } from '../crypto/mac';
import { drawn } from '../crypto/works';
import { jsonBody, readJson, response } from '../http';
import type { Actor, Bytes, Desk, HttpResponse } from '../types';
import { BackingKeys } from './backing-keys';
import { blobHead, MATERIAL_ID_BYTES, NONCE_BYTES, readBlob } from './blob';
import { Imports } from './imports';

const KEY_BYTES = 32;

export function createHsm(): Actor {
  const backingKeys = new BackingKeys();
  const imports = new Imports(backingKeys);

  async function createBackingKey(desk: Desk): Promise<HttpResponse> {
    const { backingKey } = await desk.does(
      'generates',
      'backing key',
      drawn('backingKey', desk.random(KEY_BYTES)),
    );
    const materialId = toHex(desk.random(MATERIAL_ID_BYTES));
    backingKeys.keep(desk, materialId, backingKey);
    return answer({ KeyMaterialId: materialId });
  }

  async function seal(
    desk: Desk,
    materialId: string,
    aad: Bytes,
    plaintext: Bytes,
  ): Promise<Bytes> {
    const nonce = desk.random(NONCE_BYTES);
    const key = await perCallKey(desk, materialId, nonce);
    const iv = desk.random(GCM_IV_BYTES);
    const id = fromHex(materialId);
    const work = aesGcmEncryptInto({ key, iv, aad, plaintext, head: blobHead(id, nonce, iv) });
    const { blob } = await desk.does('wraps', 'data key', work);
    desk.forgets('per-call key', key);
    return blob;
  }

  async function perCallKey(desk: Desk, materialId: string, nonce: Bytes): Promise<Bytes> {
    const backingKey = backingKeys.get(materialId);
    if (!backingKey) throw new Error(`the HSM has no key material ${materialId}`);
    const { derivedKey } = await desk.does(
      'derives',
      'per-call key',
      counterModeKdf({ key: backingKey, nonce }),
    );
    desk.holds('per-call key', derivedKey);
    return derivedKey;
  }

  /** Undefined for whatever cannot be opened. */
  async function open(desk: Desk, blob: Bytes, aad: Bytes): Promise<Bytes | undefined> {
    const parts = readBlob(blob);
    if (!parts || !backingKeys.get(toHex(parts.materialId))) return undefined;
    const key = await perCallKey(desk, toHex(parts.materialId), parts.nonce);
    try {
      const { iv, ciphertext } = parts;
      const work = aesGcmDecrypt({ key, iv, aad, ciphertext });
      return (await desk.does('unwraps', 'data key', work)).plaintext;
    } catch (error) {
      if (error instanceof DecryptionFailed) return undefined;
      throw error;
    } finally {
      desk.forgets('per-call key', key);
    }
  }

  /** Fresh random bytes and what they are sealed into. */
  async function dataKey(
    desk: Desk,
    length: number,
    materialId: string,
    aad: Bytes,
  ): Promise<{ plaintextDataKey: Bytes; blob: Bytes }> {
    const fresh = drawn('plaintextDataKey', desk.random(length));
    const { plaintextDataKey } = await desk.does('generates', 'data key', fresh);
    desk.holds('data key', plaintextDataKey);
    return { plaintextDataKey, blob: await seal(desk, materialId, aad, plaintextDataKey) };
  }

  return async (request, desk) => {
    const body = readJson(request.body) ?? {};
    const field = (name: string): string => String(body[name] ?? '');
    const list = (name: string) => body[name] as readonly string[] | undefined;
    const aad = fromBase64(field('AdditionalAuthenticatedData'));
    switch (request.path) {
      case '/CreateBackingKey':
        return createBackingKey(desk);
      case '/GenerateDataKey': {
        const length = Number(field('NumberOfBytes'));
        const made = await dataKey(desk, length, field('KeyMaterialId'), aad);
        const { plaintextDataKey, blob } = made;
        return answer({ Plaintext: toBase64(plaintextDataKey), CiphertextBlob: toBase64(blob) });
      }
      case '/GenerateDataKeyWithoutPlaintext': {
        const length = Number(field('NumberOfBytes'));
        const made = await dataKey(desk, length, field('KeyMaterialId'), aad);
        desk.forgets('data key', made.plaintextDataKey);
        return answer({ CiphertextBlob: toBase64(made.blob) });
      }
      case '/Encrypt': {
        const blob = await seal(desk, field('KeyMaterialId'), aad, fromBase64(field('Plaintext')));
        return answer({ CiphertextBlob: toBase64(blob) });
      }
      case '/Decrypt': {
        const plaintext = await open(desk, fromBase64(field('CiphertextBlob')), aad);
        return plaintext ? answer({ Plaintext: toBase64(plaintext) }) : refused();
      }
      case '/ReEncrypt': {
        const plaintext = await open(desk, fromBase64(field('CiphertextBlob')), aad);
        if (!plaintext) return refused();
        const newAad = fromBase64(field('DestinationAdditionalAuthenticatedData'));
        const blob = await seal(desk, field('KeyMaterialId'), newAad, plaintext);
        desk.forgets('data key', plaintext);
        return answer({ CiphertextBlob: toBase64(blob) });
      }
      case '/GenerateRandom': {
        const bytes = drawn('randomBytes', desk.random(Number(field('NumberOfBytes'))));
        const { randomBytes } = await desk.does('generates', 'random bytes', bytes);
        return answer({ Plaintext: toBase64(randomBytes) });
      }
      case '/DestroyBackingKey':
        for (const id of list('KeyMaterialIds') ?? []) backingKeys.destroy(desk, id);
        return answer({});
      case '/CreateWrappingKeyPair':
        return answer(await imports.createPair(desk));
      case '/DestroyWrappingKeyPair':
        imports.destroyPair(desk, field('WrappingKeyId'));
        return answer({});
      case '/ImportBackingKey': {
        const given = {
          kmsKeyId: field('KmsKeyId'),
          wrappingKeyId: field('WrappingKeyId'),
          algorithm: field('WrappingAlgorithm'),
          encrypted: field('EncryptedKeyMaterial'),
        };
        const [oneOf, noneOf] = [list('OneOf'), list('NoneOf')];
        const taken = await imports.take(
          desk,
          given,
          (id) => (oneOf?.includes(id) ?? true) && !noneOf?.includes(id),
        );
        return 'Refused' in taken ? response(400, {}, jsonBody(taken)) : answer(taken);
      }
      default:
        throw new Error(`the HSM does not know ${request.path}`);
    }
  };
}

const answer = (value: unknown): HttpResponse =>
  response(200, { 'content-type': 'application/json' }, jsonBody(value));
/** One refusal for everything, so that nothing is learnt from it. */
const refused = (): HttpResponse => response(400, {}, jsonBody({ Refused: true }));
