// Claims about AWS KMS and its HSM, whoever asks, and about S3 asking on a caller's behalf.
import { answers, asks, talk } from './talk';
import { documented, type Entries, modelled, observed, on, type Where } from './types';

const S3_ASKS: readonly Where[] = ['sse-kms', 'dsse-kms'];
const OBJECT_BY_OBJECT: readonly Where[] = [
  'sse-kms/customer-key',
  'sse-kms/aws-s3',
  'sse-kms/bucket-default',
  'dsse-kms',
];
const CUSTOMER_MANAGED: readonly Where[] = [
  'cse-kms',
  'dsse-kms',
  'sse-kms/customer-key',
  'sse-kms/bucket-default',
  'sse-kms/bucket-key',
];
const s3Uses = asks('s3', 'kms', 'GenerateDataKey', 'Decrypt');
const s3Learns = answers('kms', 's3', 'GenerateDataKey', 'Decrypt');
const clientLearns = answers('kms', 'client', 'GenerateDataKey', 'Decrypt');
const administers = talk(
  'you',
  'kms',
  'CreateKey',
  'CreateAlias',
  'DescribeKey',
  'DisableKey',
  'EnableKey',
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
  'RotateKeyOnDemand',
  'GetKeyPolicy',
  'PutKeyPolicy',
);
const toS3 = answers('s3', 'client', 'PutObject', 'GetObject');
const insideKms = talk('kms', 'hsm', 'CreateBackingKey', 'GenerateDataKey', 'Encrypt', 'Decrypt');

export const KMS_CLAIMS = {
  // Asking and answering
  'kms-protocol': documented(
    ['kms-model'],
    on(administers),
    on([...s3Uses, ...s3Learns]),
    on(talk('client', 'kms', 'GenerateDataKey', 'Decrypt')),
  ),
  'as-the-caller': documented(
    ['iam-fas'],
    on(s3Uses),
    on(['kms authorises request'], { fact: ['via'] }),
  ),
  'session-in-headers': modelled([], on(s3Uses)),
  'context-names-object': documented(
    ['guide-kms', 's3-model'],
    on(asks('s3', 'kms', 'GenerateDataKey'), { in: OBJECT_BY_OBJECT }),
  ),
  'context-names-bucket': documented(
    ['guide-bucket-key'],
    on(s3Uses, { in: ['sse-kms/bucket-key'] }),
  ),
  'context-made-anew': modelled(['s3-model'], on(asks('s3', 'kms', 'Decrypt'))),
  'data-key-twice': documented(
    ['crypto-generate', 'kms-model'],
    on(answers('kms', 's3', 'GenerateDataKey'), { ends: 'well', in: OBJECT_BY_OBJECT }),
    on(answers('kms', 'client', 'GenerateDataKey'), { ends: 'well' }),
  ),
  'blob-names-its-key': documented(
    ['crypto-decrypt', 'kms-model'],
    on(answers('kms', 's3', 'Decrypt'), { ends: 'well' }),
    on(answers('kms', 'client', 'Decrypt'), { ends: 'well' }),
    on(asks('kms', 'hsm', 'Decrypt')),
  ),

  // Deciding
  'key-policy-first': documented(
    ['kms-key-policy'],
    on(['kms authorises request'], { in: CUSTOMER_MANAGED }),
    on(answers('kms', 'you', 'CreateKey')),
  ),
  'kms-permissions': documented(
    ['guide-kms', 'kms-model'],
    on(['kms authorises request'], { fact: ['action', 'kms:GenerateDataKey'] }),
    on(['kms authorises request'], { fact: ['action', 'kms:Decrypt'] }),
  ),
  'aws-s3-on-first-use': observed(
    ['s3-model', 's3-recordings'],
    on(talk('kms', 'hsm', 'CreateBackingKey'), { in: ['sse-kms/aws-s3'] }),
  ),
  'aws-s3-policy': observed(
    ['aws-s3-policy'],
    on(['kms authorises request'], { in: ['sse-kms/aws-s3'] }),
  ),
  'denied-by-kms': observed(
    ['seen-denied-put', 'seen-denied-get'],
    on(['kms authorises request'], { ends: 'badly' }),
    on([...s3Learns, ...clientLearns], { code: ['AccessDeniedException'] }),
  ),
  'denied-through-s3': observed(
    ['seen-denied-put', 'seen-denied-get'],
    on(toS3, { in: S3_ASKS, code: ['AccessDenied'] }),
  ),
  'order-in-kms': modelled(
    [],
    on(['kms authorises request'], { ends: 'well' }),
    on(['kms checks key state']),
  ),
  'key-states': documented(
    ['kms-key-state', 'kms-model'],
    on(['kms checks key state']),
    on([...s3Learns, ...clientLearns], {
      code: ['DisabledException', 'KMSInvalidStateException'],
    }),
  ),
  'disabling-is-reversible': documented(
    ['kms-model', 'kms-key-state'],
    on(talk('you', 'kms', 'DisableKey')),
  ),
  'deletion-waits': documented(['kms-model'], on(talk('you', 'kms', 'ScheduleKeyDeletion'))),
  'key-state-through-s3': observed(
    ['s3-recordings'],
    on(toS3, { code: ['KMS.DisabledException', 'KMS.KMSInvalidStateException'] }),
  ),
  'one-refusal': observed(
    ['kms-recordings'],
    on(['hsm unwraps data key'], { ends: 'badly' }),
    on(answers('hsm', 'kms', 'Decrypt'), { ends: 'badly' }),
    on([...s3Learns, ...clientLearns], { code: ['InvalidCiphertextException'] }),
  ),
  'invalid-ciphertext-through-s3': modelled(
    ['s3-recordings'],
    on(toS3, { code: ['KMS.InvalidCiphertextException'] }),
  ),

  // Inside
  'key-material': documented(
    ['crypto-hierarchy'],
    on(['hsm generates backing key']),
    on(talk('kms', 'hsm', 'CreateBackingKey')),
  ),
  'no-domain-key': modelled(['crypto-hierarchy'], on(['hsm generates backing key'])),
  'hsm-interface': modelled([], on(insideKms)),
  'hsm-draws-data-key': documented(
    ['crypto-generate', 'crypto-primitives'],
    on(['hsm generates data key']),
    on(asks('kms', 'hsm', 'GenerateDataKey')),
  ),
  'key-for-one-call': documented(
    ['crypto-encrypt', 'crypto-hierarchy'],
    on(['hsm derives per-call key']),
  ),
  'derivation-input': modelled(['sp-800-108'], on(['hsm derives per-call key'])),
  'per-call-key-forgotten': modelled([], on(['hsm forgets per-call key'])),
  'context-is-aad': documented(
    ['crypto-encrypt', 'crypto-decrypt'],
    on(['hsm wraps data key', 'hsm unwraps data key']),
  ),
  'blob-in-the-wild': observed(['blob-study'], on(['hsm wraps data key'])),
  'blob-layout': modelled(
    [],
    on(['hsm wraps data key', 'hsm unwraps data key']),
    on(answers('hsm', 'kms', 'GenerateDataKey')),
  ),
  'context-as-bytes': modelled(['spec-aad'], on(['hsm wraps data key', 'hsm unwraps data key'])),
} as const satisfies Entries;
