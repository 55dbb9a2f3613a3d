// Claims about your side: the client library, client-side encryption, your own keys; and about what you switch on.
import { answers, asks, talk } from './talk';
import { documented, type Entries, modelled, on, type Where } from './types';

const CSE: readonly Where[] = ['cse-kms', 'cse-local'];
const V2_FORMAT: readonly Where[] = ['cse-kms/v2', 'cse-local'];
const V3_FORMAT: readonly Where[] = ['cse-kms/v3'];
const content = ['client encrypts object', 'client decrypts object'] as const;
const calls = talk('you', 'client', 'PutObject', 'GetObject', 'HeadObject', 'DeleteObject');

export const CLIENT_CLAIMS = {
  'call-as-message': modelled([], on(calls)),
  'client-exception': modelled(
    [],
    on(answers('client', 'you', 'PutObject', 'GetObject'), {
      code: ['S3EncryptionClientException'],
    }),
    on(['client unwraps data key', 'client decrypts object', 'client checks key commitment'], {
      ends: 'badly',
    }),
  ),
  'your-own-copy': modelled([], on(['you forgets object'])),
  'seeded-randomness': modelled(
    ['crypto-primitives'],
    on([
      'client generates data key',
      'client generates message id',
      'hsm generates backing key',
      'hsm generates data key',
      's3 generates object key',
      's3-keys generates root key',
      'you generates key pair',
      'you generates wrapping key',
    ]),
    on(['you generates customer key'], { algorithm: 'random' }),
  ),
  'what-you-switched-on': modelled(
    [],
    on([
      'storage changes encryption context',
      'storage flips encrypted data key',
      'storage flips stored object',
      'storage swaps stored object',
      'storage swaps whole stored object',
      'you changes identity policy',
      'you changes request',
      'you forgets wrapping key',
    ]),
  ),

  'hand-on-the-line': modelled(
    [],
    on(['you changes message', 'you drops message', 'you flips message', 'you repeats message']),
  ),

  // Encrypting before S3
  'encrypted-before-s3': documented(
    ['guide-cse', 'client-guide'],
    on(asks('client', 's3', 'PutObject'), { in: CSE }),
    on(answers('s3', 'client', 'GetObject'), { in: CSE, ends: 'well' }),
  ),
  'metadata-v2': documented(
    ['spec-metadata'],
    on(asks('client', 's3', 'PutObject'), { in: V2_FORMAT }),
    on(answers('s3', 'client', 'GetObject'), { in: V2_FORMAT, ends: 'well' }),
  ),
  'metadata-v3': documented(
    ['spec-metadata'],
    on(asks('client', 's3', 'PutObject'), { in: V3_FORMAT }),
    on(answers('s3', 'client', 'GetObject'), { in: V3_FORMAT, ends: 'well' }),
  ),
  'content-v2': documented(['spec-encryption', 'java-cipher'], on(content, { in: V2_FORMAT })),
  'content-v3': documented(
    ['spec-derivation', 'java-cipher'],
    on([...content, 'client generates message id', 'client derives content key'], {
      in: V3_FORMAT,
    }),
  ),
  'key-commitment': documented(
    ['spec-commitment', 'spec-derivation'],
    on(['client commits key commitment', 'client checks key commitment']),
  ),
  'client-forgets': documented(
    ['client-guide'],
    on(['client forgets data key', 'client forgets content key']),
  ),
  'forgetting-in-javascript': modelled(
    [],
    on(['client forgets data key', 'client forgets content key']),
  ),

  // Data keys from KMS
  'reserved-context': documented(
    ['java-kms', 'spec-metadata'],
    on(asks('client', 'kms', 'GenerateDataKey', 'Decrypt')),
  ),
  'decrypt-names-key': documented(['java-kms'], on(asks('client', 'kms', 'Decrypt'))),

  // Data keys of your own
  'client-makes-data-key': documented(['java-aes', 'java-rsa'], on(['client generates data key'])),
  'wrapping-key-is-yours': documented(
    ['client-guide'],
    on(['you generates wrapping key', 'you generates key pair']),
  ),
  'wrapped-by-aes': documented(
    ['java-aes'],
    on(['client wraps data key', 'client unwraps data key'], { in: ['cse-local/aes'] }),
  ),
  'wrapped-by-rsa': documented(
    ['java-rsa'],
    on(['client wraps data key', 'client unwraps data key'], { in: ['cse-local/rsa'] }),
  ),
  'rsa-from-seed': modelled(
    [],
    on(['you generates key pair', 'client wraps data key'], { in: ['cse-local/rsa'] }),
  ),

  // The customer key
  'customer-key-is-yours': documented(['guide-sse-c'], on(['you generates customer key'])),
} as const satisfies Entries;
