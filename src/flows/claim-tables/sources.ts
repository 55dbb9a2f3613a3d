// Where claims come from. The User Guide pages were read as of June 2023 where their text is not newer; what is quoted
// at second hand says so.

export interface Source {
  readonly id: SourceId;
  readonly title: string;
  readonly url?: string;
}

const S3_GUIDE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const KMS_GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide';
const KMS_CRYPTO = 'https://docs.aws.amazon.com/kms/latest/cryptographic-details';
const IAM_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const GITHUB = 'https://github.com';
const SPEC = `${GITHUB}/awslabs/aws-encryption-sdk-specification/blob/master`;
const RECORDINGS = `${GITHUB}/localstack/localstack/blob/8b9a79f0/tests/aws/services`;

const TITLES = {
  's3-model': [
    'botocore 1.43.107, Amazon S3 API model (s3/2006-03-01/service-2.json)',
    'https://pypi.org/project/botocore/1.43.107/',
  ],
  'kms-model': [
    'botocore 1.43.107, AWS KMS API model (kms/2014-11-01/service-2.json)',
    'https://pypi.org/project/botocore/1.43.107/',
  ],
  's3-recordings': [
    'localstack, recordings of real Amazon S3 of 2026-02-21 (tests/aws/services/s3/test_s3.snapshot.json)',
    `${RECORDINGS}/s3/test_s3.snapshot.json`,
  ],
  'kms-recordings': [
    'localstack, recordings of real AWS KMS of 2026-02-21 (tests/aws/services/kms/test_kms.snapshot.json)',
    `${RECORDINGS}/kms/test_kms.snapshot.json`,
  ],
  'guide-sse': [
    'Amazon S3 User Guide, UsingServerSideEncryption.html',
    `${S3_GUIDE}/UsingServerSideEncryption.html`,
  ],
  'guide-server-side': [
    'Amazon S3 User Guide, serv-side-encryption.html',
    `${S3_GUIDE}/serv-side-encryption.html`,
  ],
  'guide-default': [
    'Amazon S3 User Guide, default-encryption-faq.html',
    `${S3_GUIDE}/default-encryption-faq.html`,
  ],
  'guide-bucket': [
    'Amazon S3 User Guide, bucket-encryption.html',
    `${S3_GUIDE}/bucket-encryption.html`,
  ],
  'guide-kms': [
    'Amazon S3 User Guide, UsingKMSEncryption.html',
    `${S3_GUIDE}/UsingKMSEncryption.html`,
  ],
  'guide-bucket-key': ['Amazon S3 User Guide, bucket-key.html', `${S3_GUIDE}/bucket-key.html`],
  'guide-dsse': [
    'Amazon S3 User Guide, UsingDSSEncryption.html',
    `${S3_GUIDE}/UsingDSSEncryption.html`,
  ],
  'dsse-launch': ['AWS News Blog, announcement of DSSE-KMS, 2023-06-13'],
  'guide-sse-c': [
    'Amazon S3 User Guide, ServerSideEncryptionCustomerKeys.html',
    `${S3_GUIDE}/ServerSideEncryptionCustomerKeys.html`,
  ],
  'guide-sse-c-faq': [
    'Amazon S3 User Guide, default-s3-c-encryption-setting-faq.html',
    `${S3_GUIDE}/default-s3-c-encryption-setting-faq.html`,
  ],
  'guide-sse-c-block': [
    'Amazon S3 User Guide, blocking-unblocking-s3-c-encryption-gpb.html',
    `${S3_GUIDE}/blocking-unblocking-s3-c-encryption-gpb.html`,
  ],
  'guide-403': [
    'Amazon S3 User Guide, troubleshoot-403-errors.html (at second hand)',
    `${S3_GUIDE}/troubleshoot-403-errors.html`,
  ],
  'guide-cse': [
    'Amazon S3 User Guide, UsingClientSideEncryption.html',
    `${S3_GUIDE}/UsingClientSideEncryption.html`,
  ],
  'client-guide': [
    'Amazon S3 Encryption Client Developer Guide, how-it-works.html',
    'https://docs.aws.amazon.com/amazon-s3-encryption-client/latest/developerguide/how-it-works.html',
  ],
  'kms-key-policy': [
    'AWS KMS Developer Guide, key-policy-default.html',
    `${KMS_GUIDE}/key-policy-default.html`,
  ],
  'kms-key-state': ['AWS KMS Developer Guide, key-state.html', `${KMS_GUIDE}/key-state.html`],
  'crypto-hierarchy': [
    'AWS KMS Cryptographic Details, key-hierarchy.html',
    `${KMS_CRYPTO}/key-hierarchy.html`,
  ],
  'crypto-generate': [
    'AWS KMS Cryptographic Details, generating-data-keys.html',
    `${KMS_CRYPTO}/generating-data-keys.html`,
  ],
  'crypto-encrypt': [
    'AWS KMS Cryptographic Details, encrypt-operation.html',
    `${KMS_CRYPTO}/encrypt-operation.html`,
  ],
  'crypto-decrypt': [
    'AWS KMS Cryptographic Details, decrypt-operation.html',
    `${KMS_CRYPTO}/decrypt-operation.html`,
  ],
  'crypto-primitives': [
    'AWS KMS Cryptographic Details, crypto-primitives.html',
    `${KMS_CRYPTO}/crypto-primitives.html`,
  ],
  'blob-study': [
    'awsteele.com, a KMS ciphertext blob taken apart, 2020-11-29',
    'https://awsteele.com/blog/2020/11/29/',
  ],
  'aws-s3-policy': [
    'FogSecurity/aws-managed-kms-keys, policies of AWS managed keys',
    `${GITHUB}/FogSecurity/aws-managed-kms-keys`,
  ],
  'iam-fas': [
    'IAM User Guide, access_forward_access_sessions.html',
    `${IAM_GUIDE}/access_forward_access_sessions.html`,
  ],
  'iam-evaluation': [
    'IAM User Guide, reference_policies_evaluation-logic.html',
    `${IAM_GUIDE}/reference_policies_evaluation-logic.html`,
  ],
  'seen-denied-put': ['aws/copilot-cli, issue 5500', `${GITHUB}/aws/copilot-cli/issues/5500`],
  'seen-denied-get': [
    'ministryofjustice/modernisation-platform, issue 3468',
    `${GITHUB}/ministryofjustice/modernisation-platform/issues/3468`,
  ],
  'seen-block': [
    'DataDog/stratus-red-team, thread 946',
    `${GITHUB}/DataDog/stratus-red-team/issues/946`,
  ],
  'seen-block-first': [
    'ministackorg/ministack, thread 1439 (at second hand)',
    `${GITHUB}/ministackorg/ministack/issues/1439`,
  ],
  'spec-metadata': [
    'awslabs/aws-encryption-sdk-specification, s3-encryption/data-format/content-metadata.md',
    `${SPEC}/s3-encryption/data-format/content-metadata.md`,
  ],
  'spec-encryption': [
    'awslabs/aws-encryption-sdk-specification, s3-encryption/encryption.md',
    `${SPEC}/s3-encryption/encryption.md`,
  ],
  'spec-derivation': [
    'awslabs/aws-encryption-sdk-specification, s3-encryption/key-derivation.md',
    `${SPEC}/s3-encryption/key-derivation.md`,
  ],
  'spec-commitment': [
    'awslabs/aws-encryption-sdk-specification, s3-encryption/key-commitment.md',
    `${SPEC}/s3-encryption/key-commitment.md`,
  ],
  'spec-aad': [
    'awslabs/aws-encryption-sdk-specification, data-format/message-header.md',
    `${SPEC}/data-format/message-header.md`,
  ],
  'java-cipher': [
    'aws/amazon-s3-encryption-client-java 53dc99d20ebb, internal/CipherProvider.java',
    `${GITHUB}/aws/amazon-s3-encryption-client-java`,
  ],
  'java-kms': [
    'aws/amazon-s3-encryption-client-java 53dc99d20ebb, materials/KmsKeyring.java',
    `${GITHUB}/aws/amazon-s3-encryption-client-java`,
  ],
  'java-aes': [
    'aws/amazon-s3-encryption-client-java 53dc99d20ebb, materials/AesKeyring.java',
    `${GITHUB}/aws/amazon-s3-encryption-client-java`,
  ],
  'java-rsa': [
    'aws/amazon-s3-encryption-client-java 53dc99d20ebb, materials/RsaKeyring.java',
    `${GITHUB}/aws/amazon-s3-encryption-client-java`,
  ],
  'rfc-3394': ['RFC 3394, AES key wrap', 'https://www.rfc-editor.org/rfc/rfc3394'],
  'sp-800-108': [
    'NIST SP 800-108, KDF in counter mode',
    'https://csrc.nist.gov/pubs/sp/800/108/r1/upd1/final',
  ],
  'sp-800-38d': ['NIST SP 800-38D, GCM', 'https://csrc.nist.gov/pubs/sp/800/38/d/final'],
} as const satisfies Readonly<Record<string, readonly [title: string, url?: string]>>;

export type SourceId = keyof typeof TITLES;

export const SOURCES: Readonly<Record<SourceId, Source>> = Object.fromEntries(
  Object.entries(TITLES).map(([id, [title, url]]) => [
    id,
    url ? { id, title, url } : { id, title },
  ]),
) as Record<SourceId, Source>;
