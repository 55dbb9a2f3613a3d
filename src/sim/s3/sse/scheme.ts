// What every kind of server-side encryption does, in the same words. One file a scheme.
//   seal      encrypts an object and says what to keep with it at rest
//   admit     at GET and HEAD: refuses a request that does not bring what this scheme needs, before anything is opened
//   open      gets the key back and decrypts
//   describe  the headers that tell the client how the object is encrypted
//   begin     for an upload in parts: makes its key, keeps it wrapped, forgets it
//   unlock    gets the key of an upload back, for as long as some work takes
//   name      what is stored as the scheme
import type { Bytes, Desk, Headers } from '../../types';
import type { Choice } from '../choose';

export interface Place {
  readonly bucket: string;
  readonly key: string;
  /** Who asked, and for whom S3 asks KMS. */
  readonly principal: string;
}

export interface SealedObject {
  readonly body: Bytes;
  /** Kept with the object; names begin with `sse-`. The layout is ours (modelled). */
  readonly atRest: Headers;
}

export interface Stored {
  readonly body: Bytes;
  readonly metadata: Headers;
}

export interface SseScheme<C extends Choice = Choice> {
  readonly name: C['scheme'];
  seal(object: Bytes, choice: C, place: Place, desk: Desk): Promise<SealedObject>;
  admit(metadata: Headers, request: Headers, desk: Desk): Promise<void>;
  open(stored: Stored, request: Headers, place: Place, desk: Desk): Promise<Bytes>;
  begin(choice: C, place: Place, desk: Desk): Promise<Headers>;
  /** The keys that `work` gets are those of the layers, the innermost first. */
  unlock<T>(
    metadata: Headers,
    request: Headers,
    place: Place,
    desk: Desk,
    work: (keys: readonly Bytes[]) => Promise<T>,
  ): Promise<T>;
  describe(metadata: Headers, request: Headers): Headers;
}

/** Names of what is kept at rest. */
export const AT_REST = {
  scheme: 'sse-scheme',
  length: 'object-length',
  iv: 'sse-iv',
  outerIv: 'sse-outer-iv',
  parts: 'sse-parts',
  wrappedKey: 'sse-encrypted-data-key',
  outerWrappedKey: 'sse-outer-encrypted-key',
  kmsKey: 'sse-kms-key',
  context: 'sse-context',
  bucketKeyBlob: 'sse-encrypted-bucket-key',
  customerKeySalt: 'sse-c-salt',
  customerKeyMac: 'sse-c-key-hmac',
} as const;

export function atRest(metadata: Headers, name: keyof typeof AT_REST): string {
  const value = metadata[AT_REST[name]];
  if (value === undefined) throw new Error(`a stored object lacks ${AT_REST[name]}`);
  return value;
}
