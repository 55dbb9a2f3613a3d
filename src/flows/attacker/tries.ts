// Every key on everything that looks encrypted, in every layout that the schemes write, until nothing new comes out.
import {
  aesGcmDecrypt,
  aesKeyUnwrap,
  type Bytes,
  EMPTY,
  fromUtf8,
  hkdfSha512,
  type NamedBytes,
  rsaOaepDecrypt,
  toHex,
  toUtf8,
  type Work,
} from '../../sim';
import type { Found } from './haves';
import type { Attempt } from './types';

const DERIVED = 'derived key';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const COMMITTING = Uint8Array.of(0x00, 0x73);
/** What is public about the layouts: additional data, and the iv that V3 always has. (facts §8) */
const KNOWN_AADS: readonly Bytes[] = [
  EMPTY,
  COMMITTING,
  fromUtf8('AES/GCM/NoPadding'),
  fromUtf8('115'),
];
const V3_IV = new Uint8Array(IV_BYTES).fill(1);

/** What is had, and what was tried with it: each thing once. */
export class Tries {
  readonly haves: (Found & { readonly attempt: number })[] = [];
  readonly attempts: Attempt[] = [];
  private readonly known = new Set<string>();
  private readonly tried = new Set<string>();

  add(found: Found, attempt = -1): void {
    const id = `${found.source} ${toHex(found.bytes)}`;
    if (this.known.has(id)) return;
    this.known.add(id);
    this.haves.push({ ...found, attempt });
  }

  /** Notes an attempt once, and takes what came out of it. */
  async once(
    way: Attempt['way'],
    key: number | undefined,
    on: number | undefined,
    work: () => Promise<{ found: readonly Found[]; answer?: string }>,
  ): Promise<void> {
    const id = `${way} ${key} ${on}`;
    if (this.tried.has(id)) return;
    this.tried.add(id);
    const { found, answer } = await work();
    this.attempts.push({ way, key, on, isOpen: found.length > 0, answer });
    for (const one of found) this.add(one, this.attempts.length - 1);
  }

  of(source: string): Found[] {
    return this.haves.filter((have) => have.source === source);
  }
}

/** What a piece of work gives, undefined when it does not open. */
async function opened<Out extends NamedBytes>(work: Work<Out>): Promise<Out | undefined> {
  try {
    return await work.run();
  } catch {
    return undefined;
  }
}

export const isKey = ({ bytes }: Found): boolean => bytes.length === KEY_BYTES;
const isPrivateKey = ({ bytes }: Found): boolean =>
  bytes.length > 1000 && toUtf8(bytes).startsWith('{') && toUtf8(bytes).includes('"d"');

/** All ways in which a key may open something with AES-GCM: iv beside it, in front of it, or V3's. */
async function byGcm(tries: Tries, key: Bytes, on: Found): Promise<Bytes | undefined> {
  const { bytes } = on;
  const ivs = tries.of(on.source).filter((have) => have.bytes.length === IV_BYTES);
  const layouts: [Bytes, Bytes][] = [
    ...ivs.map(({ bytes: iv }): [Bytes, Bytes] => [iv, bytes]),
    [V3_IV, bytes],
    ...(bytes.length === IV_BYTES + KEY_BYTES + TAG_BYTES
      ? [[bytes.slice(0, IV_BYTES), bytes.slice(IV_BYTES)] as [Bytes, Bytes]]
      : []),
  ];
  for (const [iv, ciphertext] of layouts)
    for (const aad of KNOWN_AADS) {
      const out = await opened(aesGcmDecrypt({ key, iv, aad, ciphertext }));
      if (out) return out.plaintext;
    }
  return undefined;
}

/** What came out lies where what it was made from lay. */
const outOf = (on: Found, name: string, bytes: Bytes | undefined): { found: Found[] } => ({
  found: bytes ? [{ name, bytes, source: on.source, step: -1 }] : [],
});

async function tryKeysOnce(tries: Tries): Promise<void> {
  const count = tries.haves.length;
  for (let k = 0; k < count; k++) {
    const key = tries.haves[k] as Found;
    for (let i = 0; i < count; i++) {
      const on = tries.haves[i] as Found;
      if (i === k) continue;
      if (isKey(key)) {
        if (on.bytes.length > TAG_BYTES && !isKey(on))
          await tries.once('AES-GCM', k, i, async () =>
            outOf(on, 'plaintext', await byGcm(tries, key.bytes, on)),
          );
        if (on.bytes.length === KEY_BYTES + 8)
          await tries.once('AES key wrap', k, i, async () => {
            const out = await opened(aesKeyUnwrap({ key: key.bytes, ciphertext: on.bytes }));
            return outOf(on, 'unwrapped key', out?.plaintext);
          });
        // Once: a key that was derived is no data key to derive from.
        if (on.bytes.length === 28 && key.name !== DERIVED)
          await tries.once('HKDF', k, i, async () => {
            const info = Uint8Array.from([...COMMITTING, ...fromUtf8('DERIVEKEY')]);
            const out = await opened(
              hkdfSha512({ key: key.bytes, salt: on.bytes, info, length: KEY_BYTES }),
            );
            return outOf(on, DERIVED, out?.okm);
          });
      } else if (isPrivateKey(key) && on.bytes.length === 256)
        await tries.once('RSA-OAEP', k, i, async () => {
          const out = await opened(rsaOaepDecrypt({ privateKey: key.bytes, ciphertext: on.bytes }));
          return outOf(on, 'unwrapped key', out?.plaintext.slice(1, 1 + KEY_BYTES));
        });
    }
  }
}

/** What comes out may be a key, or open with one: until nothing new comes out. */
export async function tryKeys(tries: Tries): Promise<void> {
  for (let before = -1; before < tries.haves.length; ) {
    before = tries.haves.length;
    await tryKeysOnce(tries);
  }
}
