// Claims about Amazon S3: its requests and answers, its decisions, its encryption, its disks.
import { answers, asks, talk } from './talk';
import { documented, type Entries, modelled, observed, on, type Where } from './types';

const CSE: readonly Where[] = ['cse-kms', 'cse-local'];
const BY_NAMED_KEY: readonly Where[] = ['sse-kms', 'dsse-kms'];
const OWN_DATA_KEY: readonly Where[] = [
  'sse-kms/customer-key',
  'sse-kms/aws-s3',
  'sse-kms/bucket-default',
  'dsse-kms',
];
const SSE_S3_AT_WORK: readonly Where[] = ['sse-s3', ...CSE];
const S3_KEYS_WORK = [
  's3-keys generates root key',
  's3-keys wraps object key',
  's3-keys unwraps object key',
] as const;
const ciphers = ['s3 encrypts object', 's3 decrypts object'] as const;
const writes = asks('s3', 'storage', 'WriteObject');
const reads = answers('storage', 's3', 'ReadObject');

export const S3_CLAIMS = {
  // Asking and answering
  'bucket-calls': documented(
    ['s3-model', 's3-recordings'],
    on(
      talk(
        'you',
        's3',
        'CreateBucket',
        'PutBucketEncryption',
        'GetBucketEncryption',
        'DeleteBucketEncryption',
        'PutBucketPolicy',
      ),
    ),
  ),
  'always-encrypted': documented(
    ['guide-default'],
    on(answers('s3', 'you', 'CreateBucket')),
    on(['s3 chooses encryption'], { in: ['sse-s3/default', ...CSE] }),
  ),
  'untouched-bucket': modelled(
    ['guide-sse-c-faq'],
    on(answers('s3', 'you', 'CreateBucket'), { in: ['sse-c'] }),
  ),
  'key-id-unchecked': observed(
    ['s3-recordings'],
    on(answers('s3', 'you', 'PutBucketEncryption'), { in: ['sse-kms'] }),
  ),
  'sse-c-blocked': documented(
    ['guide-sse-c-faq', 'guide-sse-c-block'],
    on(talk('you', 's3', 'PutBucketEncryption'), { in: ['sse-c'] }),
    on(['s3 authorises request'], { fact: ['blockedEncryptionTypes'] }),
  ),
  'sse-c-block-first': observed(
    ['seen-block-first'],
    on(['s3 authorises request'], { fact: ['blockedEncryptionTypes'] }),
  ),
  'sse-c-block-text': observed(
    ['guide-403', 'seen-block'],
    on(answers('s3', 'client', 'PutObject'), { in: ['sse-c'], code: ['AccessDenied'] }),
  ),
  'headers-by-operation': documented(
    ['s3-model'],
    on(talk('client', 's3', 'PutObject', 'GetObject', 'HeadObject', 'DeleteObject')),
  ),
  'caller-header': modelled(
    [],
    on(asks('client', 's3', 'PutObject', 'GetObject', 'HeadObject', 'DeleteObject')),
    on(asks('client', 'kms', 'GenerateDataKey', 'Decrypt')),
    on(asks('you', 's3', 'CreateBucket', 'PutBucketEncryption', 'PutBucketPolicy')),
    on(
      asks(
        'you',
        'kms',
        'CreateKey',
        'CreateAlias',
        'DisableKey',
        'EnableKey',
        'ScheduleKeyDeletion',
        'CancelKeyDeletion',
        'RotateKeyOnDemand',
      ),
    ),
  ),
  'readable-in-tls': documented(
    ['guide-server-side'],
    on(asks('client', 's3', 'PutObject'), { in: ['sse-s3', ...BY_NAMED_KEY, 'sse-c'] }),
    on(answers('s3', 'client', 'GetObject'), {
      in: ['sse-s3', ...BY_NAMED_KEY, 'sse-c'],
      ends: 'well',
    }),
  ),
  'key-not-named': documented(
    ['s3-model'],
    on(asks('client', 's3', 'PutObject'), { in: ['sse-kms/aws-s3'] }),
  ),
  'customer-key-headers': documented(
    ['s3-model', 'guide-sse-c'],
    on(asks('client', 's3', 'PutObject', 'GetObject'), { in: ['sse-c'] }),
  ),
  'errors-as-xml': documented(
    ['s3-model', 's3-recordings'],
    on(answers('s3', 'client', 'PutObject', 'GetObject'), { ends: 'badly' }),
  ),
  'key-arn-in-full': observed(
    ['s3-recordings'],
    on(answers('s3', 'client', 'PutObject', 'GetObject'), { in: BY_NAMED_KEY, ends: 'well' }),
  ),
  'etag-is-md5': documented(
    ['s3-model', 's3-recordings'],
    on(answers('s3', 'client', 'PutObject'), { in: SSE_S3_AT_WORK, ends: 'well' }),
  ),
  'etag-is-not-md5': documented(
    ['s3-model', 's3-recordings'],
    on(answers('s3', 'client', 'PutObject'), { in: [...BY_NAMED_KEY, 'sse-c'], ends: 'well' }),
  ),
  'etag-random': modelled(
    [],
    on(answers('s3', 'client', 'PutObject'), { in: [...BY_NAMED_KEY, 'sse-c'], ends: 'well' }),
  ),
  'sse-c-answer': observed(
    ['s3-recordings'],
    on(answers('s3', 'client', 'PutObject', 'GetObject'), { in: ['sse-c'], ends: 'well' }),
  ),
  'context-not-returned': documented(
    ['s3-model'],
    on(answers('s3', 'client', 'GetObject'), { in: BY_NAMED_KEY, ends: 'well' }),
  ),

  // Deciding
  'policies-of-s3': documented(['iam-evaluation'], on(['s3 authorises request'])),
  'order-of-checks': modelled(
    [],
    on(['s3 authorises request', 's3 checks upload', 's3 chooses encryption']),
  ),
  'checksum-sent': documented(['s3-model'], on(['s3 checks upload'])),
  'checksum-of-what-was-sent': observed(['s3-recordings'], on(['s3 checks upload'])),
  'header-before-default': documented(['s3-model', 'guide-bucket'], on(['s3 chooses encryption'])),

  // Encrypting
  'aes-256-gcm': documented(
    ['guide-sse'],
    on(ciphers, { in: [...SSE_S3_AT_WORK, ...BY_NAMED_KEY] }),
  ),
  'iv-and-aad': modelled(['sp-800-38d'], on(ciphers)),
  'ciphertext-encrypted-again': documented(
    ['guide-default', 'guide-cse'],
    on(['s3 encrypts object', 's3 generates object key'], { in: CSE }),
  ),
  'failed-tag': modelled(
    [],
    on(['s3 decrypts object', 's3-keys unwraps object key', 's3 unwraps object key'], {
      ends: 'badly',
    }),
    on(answers('s3-keys', 's3', 'UnwrapObjectKey'), { ends: 'badly' }),
    on(answers('s3', 'client', 'GetObject'), { code: ['InternalError'] }),
  ),
  'unique-object-key': documented(
    ['guide-sse'],
    on(['s3 generates object key', ...S3_KEYS_WORK], { in: SSE_S3_AT_WORK }),
    on(talk('s3', 's3-keys', 'WrapObjectKey', 'UnwrapObjectKey'), { in: SSE_S3_AT_WORK }),
  ),
  's3-own-keys': modelled(
    ['rfc-3394'],
    on(S3_KEYS_WORK),
    on(talk('s3', 's3-keys', 'WrapObjectKey', 'UnwrapObjectKey')),
  ),
  'root-key-not-rotated': modelled([], on(['s3-keys generates root key'])),
  'no-kms-in-sse-s3': documented(
    ['guide-sse'],
    on(asks('s3', 's3-keys', 'WrapObjectKey', 'UnwrapObjectKey'), { in: ['sse-s3'] }),
  ),
  'object-key-forgotten': modelled([], on(['s3 forgets object key'])),
  'data-key-forgotten': documented(['guide-kms'], on(['s3 forgets data key'])),

  // Two layers
  'two-layers': documented(['guide-dsse', 'dsse-launch'], on(ciphers, { in: ['dsse-kms'] })),
  'outer-key-is-s3s': documented(
    ['guide-dsse', 'dsse-launch'],
    on(['s3 generates object key', ...S3_KEYS_WORK], { in: ['dsse-kms'] }),
    on(talk('s3', 's3-keys', 'WrapObjectKey', 'UnwrapObjectKey'), { in: ['dsse-kms'] }),
  ),

  // Bucket keys
  'bucket-key': documented(
    ['guide-bucket-key'],
    on(['s3 generates object key', 's3 wraps object key'], { in: ['sse-kms/bucket-key'] }),
    on(answers('kms', 's3', 'GenerateDataKey'), { in: ['sse-kms/bucket-key'], ends: 'well' }),
  ),
  'bucket-key-wrapping': modelled(
    ['rfc-3394'],
    on(['s3 wraps object key', 's3 unwraps object key']),
  ),
  'bucket-key-lifetime': modelled(
    [],
    on(answers('kms', 's3', 'GenerateDataKey'), { in: ['sse-kms/bucket-key'], ends: 'well' }),
    on(['s3 unwraps object key']),
  ),
  'revocation-comes-late': documented(['guide-bucket-key'], on(['s3 unwraps object key'])),

  // Customer keys
  'salted-hmac': documented(
    ['guide-sse-c'],
    on(['s3 hashes customer key', 's3 checks customer key']),
    on([...writes, ...reads], { in: ['sse-c'] }),
  ),
  'hmac-and-salt': modelled([], on(['s3 hashes customer key', 's3 checks customer key'])),
  'customer-key-encrypts': documented(['guide-sse-c'], on(ciphers, { in: ['sse-c'] })),
  'customer-key-directly': modelled([], on(ciphers, { in: ['sse-c'] })),
  'customer-key-forgotten': documented(['guide-sse-c'], on(['s3 forgets customer key'])),
  'wrong-customer-key': observed(
    ['s3-recordings'],
    on(['s3 checks customer key'], { ends: 'badly' }),
    on(answers('s3', 'client', 'GetObject'), { in: ['sse-c'], code: ['AccessDenied'] }),
  ),
  'no-customer-key': observed(
    ['s3-recordings'],
    on(answers('s3', 'client', 'GetObject'), { in: ['sse-c'], code: ['InvalidRequest'] }),
  ),
  'wrong-key-md5': observed(
    ['s3-recordings'],
    on(answers('s3', 'client', 'GetObject'), { in: ['sse-c'], code: ['InvalidArgument'] }),
  ),

  // At rest
  'layout-at-rest': modelled(
    [],
    on(talk('s3', 'storage', 'WriteObject', 'ReadObject', 'ReadMetadata', 'EraseObject')),
  ),
  'data-key-beside-object': documented(
    ['guide-kms'],
    on([...writes, ...reads], { in: OWN_DATA_KEY }),
  ),
  'only-data-is-encrypted': documented(
    ['guide-server-side'],
    on(writes, { in: ['sse-s3', ...BY_NAMED_KEY, 'sse-c'] }),
  ),
} as const satisfies Entries;
