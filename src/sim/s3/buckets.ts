// Buckets as S3 keeps them: name, policy, default encryption, blocked kinds of encryption.
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { fromUtf8, toUtf8 } from '../crypto/bytes';
import type { PolicyDocument } from '../iam/policy';
import { Refusal } from '../refusal';
import type { Bytes } from '../types';

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
  encryption: BucketEncryption;
  policy: PolicyDocument | undefined;
}

export const NEW_BUCKET: BucketEncryption = {
  algorithm: 'AES256',
  kmsKeyId: undefined,
  bucketKeyEnabled: false,
  blocksSseC: true,
};

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'Rule',
});
const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: false });

interface RuleXml {
  ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string };
  BucketKeyEnabled?: string;
  BlockedEncryptionTypes?: { EncryptionType?: string | string[] };
}

const malformed = (): Refusal =>
  new Refusal(
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

const isAlgorithm = (value: string): value is DefaultAlgorithm =>
  ['AES256', 'aws:kms', 'aws:kms:dsse'].includes(value);

/** ServerSideEncryptionConfiguration → BucketEncryption. Exactly one rule. (facts §7) */
export function readBucketEncryption(body: Bytes, current: BucketEncryption): BucketEncryption {
  let rules: RuleXml[];
  try {
    const document = parser.parse(toUtf8(body), true) as {
      ServerSideEncryptionConfiguration?: { Rule?: RuleXml[] };
    };
    rules = document.ServerSideEncryptionConfiguration?.Rule ?? [];
  } catch {
    throw malformed();
  }
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
      '@_xmlns': NAMESPACE,
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

export const xml = (document: object): Bytes =>
  fromUtf8(`<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`);
