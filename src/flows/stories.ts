// Passages that several stories share, in the order in which they must be seen. A story generates nothing: a test
// compares it with the trace.
import type { ActorId, StepKey } from '../sim';
import type { Story } from './types';

type KmsCaller = Extract<ActorId, 'client' | 's3'>;

export const BUCKET_IS_MADE: Story = [
  'you -> s3 CreateBucket',
  's3 authorises request',
  'you <- s3 CreateBucket',
];

export const BUCKET_IS_SET: Story = [
  'you -> s3 PutBucketEncryption',
  's3 authorises request',
  'you <- s3 PutBucketEncryption',
];

const BACKING_KEY_IS_MADE: Story = [
  'kms -> hsm CreateBackingKey',
  'hsm generates backing key',
  'kms <- hsm CreateBackingKey',
];

export const KMS_KEY_IS_MADE: Story = [
  'you -> kms CreateKey',
  'kms authorises request',
  ...BACKING_KEY_IS_MADE,
  'you <- kms CreateKey',
  'you -> kms CreateAlias',
  'kms authorises request',
  'you <- kms CreateAlias',
];

/** `first`: what KMS does before it decides, when the key is not there yet. */
export const kmsGeneratesDataKey = (caller: KmsCaller, first: Story = []): Story => [
  `${caller} -> kms GenerateDataKey`,
  ...first,
  'kms authorises request',
  'kms checks key state',
  'kms -> hsm GenerateDataKey',
  'hsm generates data key',
  'hsm derives per-call key',
  'hsm wraps data key',
  'hsm forgets per-call key',
  'kms <- hsm GenerateDataKey',
  `${caller} <- kms GenerateDataKey`,
];

export const AWS_S3_KEY_IS_MADE = BACKING_KEY_IS_MADE;

export const kmsDecryptsDataKey = (caller: KmsCaller): Story => [
  `${caller} -> kms Decrypt`,
  'kms authorises request',
  'kms checks key state',
  'kms -> hsm Decrypt',
  'hsm derives per-call key',
  'hsm unwraps data key',
  'hsm forgets per-call key',
  'kms <- hsm Decrypt',
  `${caller} <- kms Decrypt`,
];

/** `rootKeyIsNew`: S3 made no object key before this one. */
export const s3WrapsObjectKey = (rootKeyIsNew: boolean): Story => [
  's3 generates object key',
  's3 -> s3-keys WrapObjectKey',
  ...(rootKeyIsNew ? (['s3-keys generates root key'] as const) : []),
  's3-keys wraps object key',
  's3 <- s3-keys WrapObjectKey',
];

export const S3_UNWRAPS_OBJECT_KEY: Story = [
  's3 -> s3-keys UnwrapObjectKey',
  's3-keys unwraps object key',
  's3 <- s3-keys UnwrapObjectKey',
];

export const S3_ADMITS_PUT: Story = [
  'client -> s3 PutObject',
  's3 authorises request',
  's3 checks upload',
  's3 chooses encryption',
];

const S3_STORES: Story = [
  's3 -> storage WriteObject',
  's3 <- storage WriteObject',
  'client <- s3 PutObject',
];

const S3_FETCHES: Story = [
  'client -> s3 GetObject',
  's3 authorises request',
  's3 -> storage ReadObject',
  's3 <- storage ReadObject',
];

const YOU_LET_GO: Story = ['you <- client PutObject', 'you forgets object'];

/** S3 encrypts with a key of its own, and opens again. */
const S3_SEALS_WITH_OWN_KEY: Story = [
  ...s3WrapsObjectKey(true),
  's3 encrypts object',
  's3 forgets object key',
];
const S3_OPENS_WITH_OWN_KEY: Story = [
  ...S3_UNWRAPS_OBJECT_KEY,
  's3 decrypts object',
  's3 forgets object key',
];

/** What S3 does of its own accord to what a client has encrypted already: true, and not the point of those flows. */
export const S3_OWN_ENCRYPTION: readonly StepKey[] = [
  's3 generates object key',
  's3 -> s3-keys WrapObjectKey',
  's3-keys wraps object key',
  's3 <- s3-keys WrapObjectKey',
  's3 -> s3-keys UnwrapObjectKey',
  's3-keys unwraps object key',
  's3 <- s3-keys UnwrapObjectKey',
  's3 encrypts object',
  's3 decrypts object',
  's3 forgets object key',
];

/** The end of every PUT: written, confirmed, and your own copy deleted. */
export const PUT_ENDS: Story = [...S3_STORES, ...YOU_LET_GO];

/** A PUT as S3 sees it when it asks nobody for a key. */
export const S3_TAKES_WITH_OWN_KEY: Story = [
  ...S3_ADMITS_PUT,
  ...S3_SEALS_WITH_OWN_KEY,
  ...PUT_ENDS,
];

/** You ask for your object, and S3 reads what is stored. */
export const GET_BEGINS: Story = ['you -> client GetObject', ...S3_FETCHES];

/** And as it answers when it opens with a key of its own. */
export const S3_GIVES_WITH_OWN_KEY: Story = [
  ...GET_BEGINS,
  ...S3_OPENS_WITH_OWN_KEY,
  'client <- s3 GetObject',
];
