// Which encryption a PUT gets: request header, else bucket default, which is SSE-S3 unless set. With S3's refusals for
// headers that do not go together. (facts §1.1, §1.3, §5.2)

import { fromBase64 } from '../crypto/bytes';
import { md5Base64 } from '../crypto/checksums';
import { contextFromHeader, type EncryptionContext } from '../crypto/context';
import { Refusal } from '../refusal';
import type { Bytes, CustomerKey, Headers } from '../types';
import type { Bucket } from './buckets';
import {
  asksForCustomerKey,
  BUCKET_KEY,
  C_ALGORITHM,
  C_KEY,
  C_KEY_MD5,
  CONTEXT,
  KMS_KEY_ID,
  SSE,
} from './headers';

export type Choice =
  | { readonly scheme: 'AES256'; readonly asked: Asked }
  | KmsChoice
  | {
      readonly scheme: 'SSE-C';
      readonly asked: Asked;
      readonly customerKey: CustomerKey;
      readonly md5: string;
    };

export interface KmsChoice {
  readonly scheme: 'aws:kms' | 'aws:kms:dsse';
  readonly asked: Asked;
  readonly kmsKeyId: string | undefined;
  readonly context: EncryptionContext;
  readonly bucketKey: boolean;
}

export type Asked = 'request header' | 'bucket default' | 'nobody: SSE-S3 is always on';

/** S3 names the header family, not the header at fault. */
const sseArgument = (value = 'null') => ({ ArgumentName: SSE, ArgumentValue: value });

const invalidArgument = (message: string, value?: string): Refusal =>
  new Refusal(400, 'InvalidArgument', message, sseArgument(value));

export function chooseEncryption(headers: Headers, bucket: Bucket): Choice {
  const sse = headers[SSE];
  if (asksForCustomerKey(headers)) {
    if (sse !== undefined) {
      throw invalidArgument(
        'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
        sse,
      );
    }
    const { customerKey, md5 } = readCustomerKey(headers, 'required');
    return { scheme: 'SSE-C', asked: 'request header', customerKey, md5 };
  }
  if (sse === undefined) {
    if (headers[KMS_KEY_ID] !== undefined) {
      throw invalidArgument(
        'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
      );
    }
    return bucketDefault(bucket, headers);
  }
  if (sse === 'AES256') return { scheme: 'AES256', asked: 'request header' };
  if (sse === 'aws:kms' || sse === 'aws:kms:dsse')
    return kmsChoice(sse, 'request header', headers[KMS_KEY_ID], headers, bucket);
  throw invalidArgument('The encryption method specified is not supported', sse);
}

function bucketDefault(bucket: Bucket, headers: Headers): Choice {
  const { algorithm, kmsKeyId } = bucket.encryption;
  if (algorithm === 'AES256') return { scheme: 'AES256', asked: 'nobody: SSE-S3 is always on' };
  return kmsChoice(algorithm, 'bucket default', kmsKeyId, headers, bucket);
}

function kmsChoice(
  scheme: KmsChoice['scheme'],
  asked: Asked,
  kmsKeyId: string | undefined,
  headers: Headers,
  bucket: Bucket,
): KmsChoice {
  const header = headers[CONTEXT];
  const context = header === undefined ? {} : contextFromHeader(header);
  if (!context) {
    throw new Refusal(
      400,
      'InvalidArgument',
      "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
      { ArgumentName: CONTEXT, ArgumentValue: header ?? '' },
    );
  }
  const wanted = headers[BUCKET_KEY];
  const bucketKey = wanted === undefined ? bucket.encryption.bucketKeyEnabled : wanted === 'true';
  // Bucket keys do not go with DSSE-KMS: the header is taken and has no effect. (facts §6)
  return { scheme, asked, kmsKeyId, context, bucketKey: bucketKey && scheme === 'aws:kms' };
}

/**
 * The three SSE-C headers, checked in S3's order. Reads work without the MD5, writes do not; and at a read, a key of
 * another length is let through here, to be told apart from the right one like any other wrong key. (facts §5.2)
 */
export function readCustomerKey(
  headers: Headers,
  md5: 'required' | 'optional',
): { customerKey: CustomerKey; md5: string } {
  const algorithm = headers[C_ALGORITHM];
  const encoded = headers[C_KEY];
  const givenMd5 = headers[C_KEY_MD5];
  if (algorithm === undefined) {
    throw invalidArgument(
      'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
    );
  }
  if (algorithm !== 'AES256') {
    throw new Refusal(
      400,
      'InvalidEncryptionAlgorithmError',
      'The Encryption request you specified is not valid. Supported value: AES256.',
      sseArgument(algorithm),
    );
  }
  if (encoded === undefined) {
    throw invalidArgument(
      'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.',
    );
  }
  const customerKey = decode(encoded);
  if (customerKey === undefined || customerKey.length === 0) {
    throw invalidArgument('The secret key was invalid - too short.');
  }
  if (givenMd5 === undefined && md5 === 'required') {
    throw invalidArgument(
      'Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.',
    );
  }
  const actual = md5Base64(customerKey);
  if (givenMd5 !== undefined && givenMd5 !== actual) {
    throw invalidArgument(
      'The calculated MD5 hash of the key did not match the hash that was provided.',
    );
  }
  if (customerKey.length !== 32 && md5 === 'required') {
    throw invalidArgument('The secret key was invalid for the specified algorithm.');
  }
  return { customerKey: customerKey as CustomerKey, md5: actual };
}

function decode(text: string): Bytes | undefined {
  try {
    return fromBase64(text);
  } catch {
    return undefined;
  }
}
