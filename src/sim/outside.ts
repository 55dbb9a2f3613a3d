// The engine's second face, for whoever takes requests from outside: all of S3 that is simulated, and callers who prove
// who they are. The page loads none of it.
export { type ClientOptions, fullEncryptionClient } from './client/full-client';
export { summaryOf } from './cloudtrail/log';
export { computeWith } from './crypto/checksums';
export { type AccessKey, accessKeyOf } from './iam/access-keys';
export { Refusal } from './refusal';
export { readAddress } from './s3/address';
export { unchunked } from './s3/aws-chunked';
export { EVERY_OPERATION } from './s3/every-operation';
export { operationOf } from './s3/routes';
export { signatureV4OfKms } from './signature-v4/kms';
export { signatureV4OfS3 } from './signature-v4/s3';
