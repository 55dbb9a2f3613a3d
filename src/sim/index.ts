// The engine's public face.

export { type CallParameters, clientCall } from './client/calls';
export { encryptionClient } from './client/encryption-client';
export { aesKeyring, type Keyring, kmsKeyring, rsaKeyring } from './client/keyrings';
export { plainClient } from './client/plain';
export { type Clock, createClock, millisecondsBetween } from './clock';
export { cloudTrailOf, type LoggedCall, loggedCalls } from './cloudtrail/log';
export { aesGcmDecrypt, aesKeyUnwrap } from './crypto/aes';
export {
  copy,
  EMPTY,
  fromBase64,
  fromHex,
  fromUtf8,
  sameBytes,
  toBase64,
  toHex,
  toUtf8,
} from './crypto/bytes';
export { md5Base64 } from './crypto/checksums';
export {
  canonicalContext,
  contextFromHeader,
  contextToHeader,
  parseContext,
} from './crypto/context';
export { DecryptionFailed } from './crypto/failure';
export { counterModeKdf, hkdfSha512 } from './crypto/mac';
export { rsaKeyPair, rsaOaepDecrypt, rsaPrivateKeyDer } from './crypto/rsa';
export { drawn, given, looked, turned } from './crypto/works';
export type { Fate, Hand } from './hand';
export { readBlob } from './hsm/blob';
export { createHsm } from './hsm/hsm';
export { encodeKey, jsonBody, readJson, request } from './http';
export { IamDirectory } from './iam/directory';
export { readIdentityPolicy } from './iam/identity-policy';
export type { PolicyDocument } from './iam/policy';
export { awsS3KeyPolicy, defaultKeyPolicy } from './kms/default-policies';
export { createKms, kmsRequest } from './kms/kms';
export { parsePolicy } from './kms/policy-document';
export * as names from './names';
export { quietDesk } from './quiet';
export { type RandomSource, seededRandom } from './random';
export { bucketHost } from './s3/address';
export { readBucketPolicy } from './s3/bucket-policy';
export { type BucketEncryption, NEW_BUCKET, writeBucketEncryption } from './s3/buckets';
export { EVERY_OPERATION } from './s3/every-operation';
export { createS3 } from './s3/s3';
export { KEPT_MILLISECONDS } from './s3/sse/bucket-key';
export { AT_REST } from './s3/sse/scheme';
export { createS3Keys } from './s3-keys/s3-keys';
export { createStorage, type Storage, type StoredRecord } from './storage/storage';
export type * from './types';
export { ACTORS, CHAPTERS, DEPTHS, OPERATIONS, SECRET_KINDS, unreachable } from './types';
export { createWorld, type World } from './world';
