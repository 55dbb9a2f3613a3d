// The vocabulary of the simulation: bytes, messages, deeds, steps, traces. No behaviour.

/** Bytes over their own buffer; the only byte type in the engine. */
export type Bytes = Uint8Array<ArrayBuffer>;

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** 32 bytes that encrypt one object. Lives in memory only. */
export type PlaintextDataKey = Brand<Bytes, 'PlaintextDataKey'>;
/** An encrypted data key as KMS returns it; safe to store beside the object. */
export type CiphertextBlob = Brand<Bytes, 'CiphertextBlob'>;
/** 32 bytes that wrap data keys on your side (raw AES), never sent to AWS. */
export type WrappingKey = Brand<Bytes, 'WrappingKey'>;
/** The 32 bytes you send with each SSE-C request. */
export type CustomerKey = Brand<Bytes, 'CustomerKey'>;
/** 32 bytes of KMS key material; exists inside the HSM only. */
export type BackingKey = Brand<Bytes, 'BackingKey'>;

export const ACTORS = ['you', 'client', 's3', 's3-keys', 'kms', 'hsm', 'storage'] as const;
export type ActorId = (typeof ACTORS)[number];

export const OPERATIONS = [
  // Amazon S3 (and the calls of the same name on the client library)
  'ListBuckets',
  'CreateBucket',
  'HeadBucket',
  'DeleteBucket',
  'GetBucketLocation',
  'ListObjects',
  'ListObjectsV2',
  'PutBucketEncryption',
  'GetBucketEncryption',
  'DeleteBucketEncryption',
  'PutBucketPolicy',
  'GetBucketPolicy',
  'DeleteBucketPolicy',
  'PutObject',
  'GetObject',
  'HeadObject',
  'DeleteObject',
  'DeleteObjects',
  'CopyObject',
  'GetObjectAttributes',
  'UpdateObjectEncryption',
  'CreateMultipartUpload',
  'UploadPart',
  'UploadPartCopy',
  'ListParts',
  'ListMultipartUploads',
  'CompleteMultipartUpload',
  'AbortMultipartUpload',
  // AWS KMS
  'CreateKey',
  'DescribeKey',
  'ListKeys',
  'UpdateKeyDescription',
  'DisableKey',
  'EnableKey',
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
  'CreateAlias',
  'UpdateAlias',
  'DeleteAlias',
  'ListAliases',
  'TagResource',
  'UntagResource',
  'ListResourceTags',
  'GetKeyPolicy',
  'PutKeyPolicy',
  'ListKeyPolicies',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'Encrypt',
  'Decrypt',
  'ReEncrypt',
  'GenerateRandom',
  'EnableKeyRotation',
  'DisableKeyRotation',
  'GetKeyRotationStatus',
  'RotateKeyOnDemand',
  'ListKeyRotations',
  'GetParametersForImport',
  'ImportKeyMaterial',
  'DeleteImportedKeyMaterial',
  'CreateGrant',
  'ListGrants',
  'ListRetirableGrants',
  'RevokeGrant',
  'RetireGrant',
  // inside AWS: modelled, AWS publishes no interface
  'CreateBackingKey',
  'DestroyBackingKey',
  'CreateWrappingKeyPair',
  'DestroyWrappingKeyPair',
  'ImportBackingKey',
  'WrapObjectKey',
  'UnwrapObjectKey',
  'WriteObject',
  'ReadObject',
  'ReadMetadata',
  'WriteMetadata',
  'EraseObject',
  // a request that S3 or KMS refuses for naming no operation
  'UnknownOperation',
] as const;
export type Operation = (typeof OPERATIONS)[number];

export const DEEDS = [
  'authorises',
  'changes',
  'checks',
  'chooses',
  'commits',
  'decrypts',
  'derives',
  'drops',
  'encrypts',
  'flips',
  'forgets',
  'generates',
  'hashes',
  'repeats',
  'swaps',
  'unwraps',
  'wraps',
] as const;
export type Deed = (typeof DEEDS)[number];

export const THINGS = [
  'backing key',
  'content key',
  'customer key',
  'data key',
  'encrypted data key',
  'encryption',
  'encryption context',
  'identity policy',
  'key commitment',
  'key pair',
  'key state',
  'message',
  'message id',
  'object',
  'object key',
  'per-call key',
  'random bytes',
  'request',
  'root key',
  'signature',
  'stored object',
  'whole stored object',
  'upload',
  'wrapping key',
] as const;
export type Thing = (typeof THINGS)[number];

/** What a secret is. Its short name is a letter for the kind and a number: D1, K1. */
export const SECRET_KINDS = {
  object: 'O',
  'data key': 'D',
  'backing key': 'K',
  'per-call key': 'P',
  'root key': 'R',
  'customer key': 'C',
  'wrapping key': 'W',
  'content key': 'E',
} as const;
export type SecretKind = keyof typeof SECRET_KINDS;

/** What a deed that makes a key makes: it is named at once, so that the deed itself already shows it. */
export const MADE_KINDS: Partial<Record<Thing, SecretKind>> = {
  'backing key': 'backing key',
  'content key': 'content key',
  'customer key': 'customer key',
  'data key': 'data key',
  'key pair': 'wrapping key',
  'object key': 'data key',
  'per-call key': 'per-call key',
  'root key': 'root key',
  'wrapping key': 'wrapping key',
};

/** `D1`, `K1`, `O1`: a secret of this world. */
export type SecretId = string;
/** `D1<K1`: something sealed, readable only with the key after `<`. `D1<K1~`: the same with changed bytes. */
export type SealedId = string;

export type Headers = Readonly<Record<string, string>>;

export interface HttpRequest {
  readonly method: string;
  /** Path with query string, percent-encoded as on the wire. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Headers;
  readonly body: Bytes;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Bytes;
}

export type NamedBytes = Readonly<Record<string, Bytes>>;
/** What a deed looked at or found that is not bytes: a decision, a chosen scheme, a length. */
export type Facts = Readonly<Record<string, string>>;

/** A piece of work that only a desk can carry out, so that it cannot go unrecorded. */
export interface Work<Out extends NamedBytes = NamedBytes> {
  readonly algorithm: string;
  readonly inputs: NamedBytes;
  readonly facts?: Facts;
  run(): Promise<Out> | Out;
}

/** All that an actor can touch: peers, randomness, the clock, crypto, its memory. */
export interface Desk {
  readonly actor: ActorId;
  send(to: ActorId, operation: Operation, request: HttpRequest): Promise<HttpResponse>;
  /** Does a piece of work and records it, also when it throws. */
  does<Out extends NamedBytes>(deed: Deed, thing: Thing, work: Work<Out>): Promise<Out>;
  /**
   * Takes a secret into memory until the request in hand is done. Names it if it is new. A large one (from 1 MiB) is
   * handed over: the recording keeps it without a copy, and nobody writes to it any more.
   */
  holds(kind: SecretKind, secret: Bytes): SecretId;
  /** Puts things on a shelf, where they outlast the request; `[]` clears the shelf. */
  keeps(shelf: string, things: readonly Bytes[]): void;
  /** Zeroes a secret and is seen to. */
  forgets(thing: Thing, secret: Bytes): void;
  random(length: number): Bytes;
  now(): Date;
}

/** An actor is a protocol handler; its desk is all it can touch. `from`: who is at the other end of the line. */
export type Actor = (request: HttpRequest, desk: Desk, from: ActorId) => Promise<HttpResponse>;

export const DEPTHS = ['overview', 'standard', 'deep'] as const;
export type Depth = (typeof DEPTHS)[number];

export const CHAPTERS = ['prepare', 'put', 'change', 'get'] as const;
export type ChapterId = (typeof CHAPTERS)[number];

export type MessageKey = `${ActorId} ${'->' | '<-'} ${ActorId} ${Operation}`;
export type DeedKey = `${ActorId} ${Deed} ${Thing}`;
export type StepKey = MessageKey | DeedKey;

/** Who has what in memory or at rest after a step, computed from bytes. */
export interface Knowledge {
  /** Secrets an actor can read now. */
  readonly knows: Readonly<Record<ActorId, readonly SecretId[]>>;
  /** Sealed things an actor has, without that meaning it can open them. */
  readonly has: Readonly<Record<ActorId, readonly SealedId[]>>;
  /** The part of both that lies on a shelf (at rest, or kept beyond the request). */
  readonly shelf: Readonly<Record<ActorId, readonly string[]>>;
}

interface StepBase extends Knowledge {
  readonly index: number;
  readonly chapter: ChapterId;
  readonly depth: Depth;
  readonly failed: boolean;
  /** World clock, ISO 8601. */
  readonly at: string;
  /** How deep the call stack is: 0 for what you do yourself. */
  readonly nesting: number;
  /** Ids of secrets and sealed things found in this step's bytes: a message's cargo, a deed's inputs and outputs. */
  readonly cargo: readonly string[];
}

export interface RequestStep extends StepBase {
  readonly kind: 'request';
  readonly key: MessageKey;
  readonly from: ActorId;
  readonly to: ActorId;
  readonly operation: Operation;
  readonly message: HttpRequest;
}

export interface ResponseStep extends StepBase {
  readonly kind: 'response';
  readonly key: MessageKey;
  readonly from: ActorId;
  readonly to: ActorId;
  readonly operation: Operation;
  readonly message: HttpResponse;
  /** Index of the request this answers. */
  readonly answers: number;
}

export interface DeedStep extends StepBase {
  readonly kind: 'deed';
  readonly key: DeedKey;
  readonly actor: ActorId;
  readonly deed: Deed;
  readonly thing: Thing;
  readonly algorithm: string;
  readonly inputs: NamedBytes;
  readonly outputs: NamedBytes;
  readonly facts: Facts;
}

export type Step = RequestStep | ResponseStep | DeedStep;

export interface Secret {
  readonly id: SecretId;
  readonly kind: SecretKind;
  readonly bytes: Bytes;
  /** The key this one was derived from, if it was. */
  readonly derivedFrom: SecretId | undefined;
}

export interface Sealed {
  readonly id: SealedId;
  /** What is inside: a secret, or another sealed thing. */
  readonly seals: string;
  /** The key that opens it. */
  readonly under: SecretId;
  readonly length: number;
  /** Somebody changed its bytes: it looks sealed and opens no more. */
  readonly altered: boolean;
}

export interface Chapter {
  readonly id: ChapterId;
  /** Index of the first step and one past the last. */
  readonly start: number;
  readonly end: number;
}

export interface Trace {
  readonly steps: readonly Step[];
  readonly secrets: readonly Secret[];
  readonly sealed: readonly Sealed[];
  readonly chapters: readonly Chapter[];
  /** Before the first step. */
  readonly initial: Knowledge;
}

/** No case is left: a compile error if one is, a thrown bug if the types were wrong. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
