// A scene with a client that encrypts on your side, and a hand on the content metadata of what it stored.
import { type CallParameters, clientCall } from '../client/calls';
import { encryptionClient, type FormatName } from '../client/encryption-client';
import { aesKeyring, type Keyring, kmsKeyring, rsaKeyring } from '../client/keyrings';
import { toBase64, toUtf8 } from '../crypto/bytes';
import { rsaKeyPair } from '../crypto/rsa';
import { seededRandom } from '../random';
import { META_PREFIX } from '../s3/headers';
import type { Actor, Bytes, HttpResponse } from '../types';
import { BUCKET, createScene, type Scene } from './scene';

export const KEY = 'today.txt';
export const WRAPPING_KEY: Bytes = Uint8Array.from({ length: 32 }, (_, i) => 200 - i);

const KEYRINGS: Readonly<Record<string, Keyring>> = {
  aes: aesKeyring,
  rsa: rsaKeyring,
  kms: kmsKeyring('alias/diary'),
};
export type KeyringName = 'aes' | 'rsa' | 'kms';

let pair: Promise<{ publicKey: Bytes; privateKey: Bytes }> | undefined;
/** One key pair for all tests of a file: making it takes a while. */
export async function keyPair(): Promise<{ publicKey: Bytes; privateKey: Bytes }> {
  pair ??= Promise.resolve(rsaKeyPair(seededRandom('client')).run());
  return pair;
}

export interface ClientScene {
  readonly scene: Scene;
  call(
    operation: 'PutObject' | 'GetObject',
    body?: Bytes,
    more?: Partial<CallParameters>,
  ): Promise<HttpResponse>;
  /** The stored object's content metadata, names without the x-amz-meta- prefix. */
  metadata(): Record<string, string>;
  changeMetadata(changes: Readonly<Record<string, string | undefined>>): void;
}

/** Edits content metadata on the disks, past everybody's checks; names without the prefix, undefined takes one away. */
export function changeMetadata(
  scene: Scene,
  key: string,
  changes: Readonly<Record<string, string | undefined>>,
): void {
  const record = scene.stored(key);
  const metadata = { ...record.metadata };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete metadata[META_PREFIX + name];
    else metadata[META_PREFIX + name] = value;
  }
  const disks = scene.world.desk('storage');
  scene.storage.overwrite(disks, `/${BUCKET}/${key}`, { body: record.body, metadata });
}

export async function createClientScene(
  keyring: KeyringName,
  write: FormatName,
  client: Actor = encryptionClient(KEYRINGS[keyring] as Keyring, write),
): Promise<ClientScene> {
  const scene = await createScene({ client });
  let keys: Partial<CallParameters> = {};
  if (keyring === 'aes') keys = { WrappingKey: toBase64(WRAPPING_KEY) };
  if (keyring === 'rsa') {
    const { publicKey, privateKey } = await keyPair();
    keys = { WrappingKey: toBase64(privateKey), WrappingPublicKey: toBase64(publicKey) };
  }
  if (keyring === 'kms') {
    const TargetKeyId = await scene.createKey();
    await scene.kms('CreateAlias', { AliasName: 'alias/diary', TargetKeyId });
  }
  return {
    scene,
    call: (operation, body, more = {}) =>
      scene.world.you.send(
        'client',
        operation,
        clientCall(operation, { Bucket: BUCKET, Key: KEY, ...keys, ...more }, body),
      ),
    metadata: () =>
      Object.fromEntries(
        Object.entries(scene.stored(KEY).metadata).flatMap(([name, value]) =>
          name.startsWith(META_PREFIX) ? [[name.slice(META_PREFIX.length), value]] : [],
        ),
      ),
    changeMetadata: (changes) => changeMetadata(scene, KEY, changes),
  };
}

/** The message of the client library's exception, if the call ended in one. */
export const exceptionOf = (answer: HttpResponse): string | undefined =>
  answer.headers.exception
    ? (JSON.parse(toUtf8(answer.body)) as { message: string }).message
    : undefined;
