// Buckets as S3 keeps them: name, policy, default encryption, blocked kinds of encryption.
import type { PolicyDocument } from '../iam/policy';
import { Refusal } from '../refusal';
import type { Bytes } from '../types';
import { KeyIndex } from './key-index';
import { Uploads } from './multipart/uploads';
import { malformed, NAMESPACE, readXml, xml } from './xml';

export type DefaultAlgorithm = 'AES256' | 'aws:kms' | 'aws:kms:dsse';

export interface BucketEncryption {
  readonly algorithm: DefaultAlgorithm;
  readonly kmsKeyId: string | undefined;
  readonly bucketKeyEnabled: boolean;
  /** New buckets block writes with SSE-C since April 2026. */
  readonly blocksSseC: boolean;
}

export interface Bucket {
  readonly name: string;
  readonly created: Date;
  readonly objects: KeyIndex;
  readonly uploads: Uploads;
  encryption: BucketEncryption;
  policy: PolicyDocument | undefined;
  /** As it was put, for GetBucketPolicy. */
  policyText: string;
}

export const NEW_BUCKET: BucketEncryption = {
  algorithm: 'AES256',
  kmsKeyId: undefined,
  bucketKeyEnabled: false,
  blocksSseC: true,
};

export const newBucket = (name: string, created: Date): Bucket => ({
  name,
  created,
  objects: new KeyIndex(),
  uploads: new Uploads(),
  encryption: NEW_BUCKET,
  policy: undefined,
  policyText: '',
});

interface RuleXml {
  ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string };
  BucketKeyEnabled?: string;
  BlockedEncryptionTypes?: { EncryptionType?: string | string[] };
}

const isAlgorithm = (value: string): value is DefaultAlgorithm =>
  ['AES256', 'aws:kms', 'aws:kms:dsse'].includes(value);

/** ServerSideEncryptionConfiguration → BucketEncryption. Exactly one rule. (facts §7) */
export function readBucketEncryption(body: Bytes, current: BucketEncryption): BucketEncryption {
  const rules = (readXml(body, 'ServerSideEncryptionConfiguration').Rule ?? []) as RuleXml[];
  const [rule] = rules;
  if (!rule || rules.length !== 1) throw malformed();
  const algorithm = rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'AES256';
  const kmsKeyId = rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
  if (!isAlgorithm(algorithm)) throw malformed();
  if (algorithm === 'AES256' && kmsKeyId !== undefined) {
    throw new Refusal(
      400,
      'InvalidArgument',
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
      { ArgumentName: 'ApplyServerSideEncryptionByDefault' },
    );
  }
  const blocked = rule.BlockedEncryptionTypes?.EncryptionType;
  return {
    algorithm,
    kmsKeyId,
    bucketKeyEnabled: rule.BucketKeyEnabled === 'true',
    blocksSseC: blocked === undefined ? current.blocksSseC : [blocked].flat().includes('SSE-C'),
  };
}

/** And back, as GetBucketEncryption answers and PutBucketEncryption takes it. */
export function writeBucketEncryption(encryption: BucketEncryption): Bytes {
  return xml({
    ServerSideEncryptionConfiguration: {
      ...NAMESPACE,
      Rule: {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: encryption.algorithm,
          ...(encryption.kmsKeyId ? { KMSMasterKeyID: encryption.kmsKeyId } : {}),
        },
        BucketKeyEnabled: String(encryption.bucketKeyEnabled),
        BlockedEncryptionTypes: { EncryptionType: encryption.blocksSseC ? 'SSE-C' : 'NONE' },
      },
    },
  });
}
