// What leaked keys open: they are tried, together with all that lies on the disks of one object, in every layout there is.

import {
  aesGcmDecrypt,
  type Bytes,
  canonicalContext,
  contextFromHeader,
  counterModeKdf,
  DecryptionFailed,
  parseContext,
  readBlob,
  type StoredRecord,
  sameBytes,
  toUtf8,
} from '../../sim';
import { valuesIn } from '../attacker/haves';
import { Tries, tryKeys } from '../attacker/tries';
import type { LeakTry } from './types';

/** What may stand as the context of a blob: any map beside it, with or without the ARN of the object or bucket. */
function contextsOf({ metadata }: StoredRecord, arns: readonly string[]): Bytes[] {
  const maps = Object.values(metadata)
    .map((value) => contextFromHeader(value) ?? parseContext(value))
    .filter((map) => map !== undefined);
  return [
    ...maps,
    ...arns.flatMap((arn) => [...maps, {}].map((map) => ({ ...map, 'aws:s3:arn': arn }))),
  ].map(canonicalContext);
}

/** The layout of our HSM's blobs, tried with a key as if it were the backing key that made it. */
async function openBlob(
  backing: Bytes,
  blob: Bytes,
  contexts: readonly Bytes[],
): Promise<Bytes | undefined> {
  const parts = readBlob(blob);
  if (!parts) return undefined;
  const { iv, ciphertext, nonce } = parts;
  const { derivedKey: key } = await counterModeKdf({ key: backing, nonce }).run();
  for (const aad of contexts)
    try {
      return (await aesGcmDecrypt({ key, iv, aad, ciphertext }).run()).plaintext;
    } catch (error) {
      if (!(error instanceof DecryptionFailed)) throw error;
    }
  return undefined;
}

/** `object`: what it was, to tell whether it came out. `arns`: what S3 may have bound its data keys to. */
export async function tryLeaked(
  record: StoredRecord,
  leaked: readonly Bytes[],
  arns: readonly string[],
  object: Bytes,
): Promise<LeakTry> {
  const tries = new Tries();
  for (const bytes of leaked) tries.add({ name: 'leaked key', bytes, source: 'leak', step: -1 });
  const message = { status: 200, headers: record.metadata, body: record.body };
  const onDisk = valuesIn(message, 'disks', -1);
  for (const found of onDisk) tries.add(found);
  const contexts = contextsOf(record, arns);
  for (const backing of leaked)
    for (const { bytes: blob } of onDisk) {
      const bytes = await openBlob(backing, blob, contexts);
      if (bytes) tries.add({ name: 'data key', bytes, source: 'disks', step: -1 });
    }
  await tryKeys(tries);
  const read = tries.haves.find(({ bytes }) => sameBytes(bytes, object));
  return { isOpen: read !== undefined, text: read && toUtf8(read.bytes) };
}
