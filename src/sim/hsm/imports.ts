// Key material of your own comes into the HSM. The interface is ours (modelled).
//   CreateWrappingKeyPair   RSA 2048; the public key leaves, as SubjectPublicKeyInfo.
//   ImportBackingKey        unwraps 32 bytes with the private key (RSA-OAEP); their id is
//                           HMAC-SHA-256( key material, "Sealed key material id" ‖ 00 ‖ KMS key id )
//                           so that the same bytes always come back under the same id, and only in the same KMS key.
//   DestroyWrappingKeyPair  the private key is zeroed.
import { fromBase64, fromUtf8, toBase64, toHex } from '../crypto/bytes';
import { DecryptionFailed } from '../crypto/failure';
import { hmac } from '../crypto/mac';
import { rsaKeyPair, rsaOaepDecrypt, subjectPublicKeyInfo } from '../crypto/rsa';
import type { Bytes, Desk } from '../types';
import type { BackingKeys } from './backing-keys';

const BACKING_KEY_BYTES = 32;
const ID_BYTES = 16;
const ID_LABEL = 'Sealed key material id';

/** What is wrong with what was sent: the name of KMS's exception. */
export interface ImportRefused {
  readonly Refused: 'InvalidCiphertextException' | 'IncorrectKeyMaterialException';
}

export class Imports {
  readonly #privateKeys = new Map<string, Bytes>();
  readonly #backingKeys: BackingKeys;

  constructor(backingKeys: BackingKeys) {
    this.#backingKeys = backingKeys;
  }

  async createPair(desk: Desk): Promise<{ WrappingKeyId: string; PublicKey: string }> {
    const id = toHex(desk.random(ID_BYTES));
    const pair = await desk.does('generates', 'key pair', rsaKeyPair(desk.random));
    this.#privateKeys.set(id, pair.privateKey);
    desk.holds('wrapping key', pair.privateKey);
    this.#shelve(desk);
    return {
      WrappingKeyId: id,
      PublicKey: toBase64(await subjectPublicKeyInfo(pair.publicKey)),
    };
  }

  destroyPair(desk: Desk, id: string): void {
    const privateKey = this.#privateKeys.get(id);
    if (!privateKey) return;
    this.#privateKeys.delete(id);
    this.#shelve(desk);
    desk.forgets('wrapping key', privateKey);
  }

  /** `allowed`: is this the key material that is expected, by its id? */
  async take(
    desk: Desk,
    given: {
      readonly kmsKeyId: string;
      readonly wrappingKeyId: string;
      readonly algorithm: string;
      readonly encrypted: string;
    },
    allowed: (id: string) => boolean,
  ): Promise<{ KeyMaterialId: string } | ImportRefused> {
    const privateKey = this.#privateKeys.get(given.wrappingKeyId);
    if (!privateKey) throw new Error(`the HSM has no wrapping key ${given.wrappingKeyId}`);
    const hash = given.algorithm === 'RSAES_OAEP_SHA_1' ? 'SHA-1' : 'SHA-256';
    const ciphertext = fromBase64(given.encrypted);
    const backingKey = await unwrap(desk, privateKey, ciphertext, hash);
    if (!backingKey) return { Refused: 'InvalidCiphertextException' };
    desk.holds('backing key', backingKey);
    const data = fromUtf8(`${ID_LABEL}\0${given.kmsKeyId}`);
    const { mac } = await desk.does('hashes', 'backing key', hmac({ key: backingKey, data }));
    const id = toHex(mac);
    if (backingKey.length !== BACKING_KEY_BYTES || !allowed(id)) {
      desk.forgets('backing key', backingKey);
      return { Refused: 'IncorrectKeyMaterialException' };
    }
    // Imported again, the copy that is there already serves.
    if (!this.#backingKeys.get(id)) this.#backingKeys.keep(desk, id, backingKey);
    return { KeyMaterialId: id };
  }

  #shelve(desk: Desk): void {
    desk.keeps('wrapping keys', [...this.#privateKeys.values()]);
  }
}

async function unwrap(
  desk: Desk,
  privateKey: Bytes,
  ciphertext: Bytes,
  hash: 'SHA-1' | 'SHA-256',
): Promise<Bytes | undefined> {
  try {
    const work = rsaOaepDecrypt({ privateKey, ciphertext }, hash);
    return (await desk.does('unwraps', 'backing key', work)).plaintext;
  } catch (error) {
    if (error instanceof DecryptionFailed) return undefined;
    throw error;
  }
}
