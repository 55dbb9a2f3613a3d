// The hardware security module inside KMS: the only place where KMS key material exists. Its interface is ours
// (modelled); what it computes follows the AWS KMS Cryptographic Details.
//
//   CreateBackingKey  32 random bytes, kept under a material id; only the id leaves.
//   GenerateDataKey   32 random bytes; then as Encrypt; both the bytes and the blob leave.
//   Encrypt           nonce N, K = KDF(backing key, N), AES-256-GCM(K, iv, AAD = canonical context, plaintext) → blob
//   Decrypt           the blob names the backing key and carries N and iv; K = KDF(backing key, N); open
import { aesGcmDecrypt, aesGcmEncryptInto, GCM_IV_BYTES } from '../crypto/aes';
import { fromBase64, fromHex, toBase64, toHex } from '../crypto/bytes';
import { DecryptionFailed } from '../crypto/failure';
import { counterModeKdf } from '../crypto/mac';
import { drawn } from '../crypto/works';
import { jsonBody, readJson, response } from '../http';
import type { Actor, BackingKey, Bytes, Desk, HttpResponse } from '../types';
import { blobHead, MATERIAL_ID_BYTES, NONCE_BYTES, readBlob } from './blob';

const KEY_BYTES = 32;

export function createHsm(): Actor {
  const backingKeys = new Map<string, BackingKey>();

  async function createBackingKey(desk: Desk): Promise<HttpResponse> {
    const { backingKey } = await desk.does(
      'generates',
      'backing key',
      drawn('backingKey', desk.random(KEY_BYTES)),
    );
    const materialId = toHex(desk.random(MATERIAL_ID_BYTES));
    backingKeys.set(materialId, backingKey as BackingKey);
    desk.holds('backing key', backingKey);
    desk.keeps('backing keys', [...backingKeys.values()]);
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

  async function open(desk: Desk, blob: Bytes, aad: Bytes): Promise<HttpResponse> {
    const parts = readBlob(blob);
    if (!parts || !backingKeys.has(toHex(parts.materialId))) return refused();
    const key = await perCallKey(desk, toHex(parts.materialId), parts.nonce);
    try {
      const { iv, ciphertext } = parts;
      const { plaintext } = await desk.does(
        'unwraps',
        'data key',
        aesGcmDecrypt({ key, iv, aad, ciphertext }),
      );
      return answer({ Plaintext: toBase64(plaintext) });
    } catch (error) {
      if (error instanceof DecryptionFailed) return refused();
      throw error;
    } finally {
      desk.forgets('per-call key', key);
    }
  }

  return async (request, desk) => {
    const body = readJson(request.body) ?? {};
    const field = (name: string): string => String(body[name] ?? '');
    const aad = fromBase64(field('AdditionalAuthenticatedData'));
    switch (request.path) {
      case '/CreateBackingKey':
        return createBackingKey(desk);
      case '/GenerateDataKey': {
        const fresh = drawn('plaintextDataKey', desk.random(Number(field('NumberOfBytes'))));
        const { plaintextDataKey } = await desk.does('generates', 'data key', fresh);
        desk.holds('data key', plaintextDataKey);
        const blob = await seal(desk, field('KeyMaterialId'), aad, plaintextDataKey);
        return answer({ Plaintext: toBase64(plaintextDataKey), CiphertextBlob: toBase64(blob) });
      }
      case '/Encrypt': {
        const blob = await seal(desk, field('KeyMaterialId'), aad, fromBase64(field('Plaintext')));
        return answer({ CiphertextBlob: toBase64(blob) });
      }
      case '/Decrypt':
        return open(desk, fromBase64(field('CiphertextBlob')), aad);
      default:
        throw new Error(`the HSM does not know ${request.path}`);
    }
  };
}

const answer = (value: unknown): HttpResponse =>
  response(200, { 'content-type': 'application/json' }, jsonBody(value));
/** One refusal for everything, so that nothing is learnt from it. */
const refused = (): HttpResponse => response(400, {}, jsonBody({ Refused: true }));
