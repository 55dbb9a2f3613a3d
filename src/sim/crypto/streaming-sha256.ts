// SHA-256 and HMAC-SHA-256 fed in pieces, in the shape that signing libraries of the AWS SDK take.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { copy, fromUtf8, toHex } from './bytes';

type Data = string | ArrayBuffer | ArrayBufferView;

function bytesOf(data: Data): Uint8Array {
  if (typeof data === 'string') return fromUtf8(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** With a secret: HMAC-SHA-256 under it. */
export class StreamingSha256 {
  readonly #secret: Uint8Array | undefined;
  #state: { update(data: Uint8Array): unknown; digest(): Uint8Array };

  constructor(secret?: Data) {
    this.#secret = secret === undefined ? undefined : copy(bytesOf(secret));
    this.#state = this.#start();
  }

  #start() {
    return this.#secret ? hmac.create(sha256, this.#secret) : sha256.create();
  }

  update(data: Data): void {
    this.#state.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#state.digest());
  }

  reset(): void {
    this.#state = this.#start();
  }
}

export const sha256Hex = (data: Uint8Array): string => toHex(sha256(data));
