// The two key policies that nobody has to write: a new key's and that of `alias/aws/s3`. (facts §2.1, §2.2)
import type { PolicyDocument } from '../iam/policy';
import { ACCOUNT_ID, ACCOUNT_ROOT, S3_SERVICE } from '../names';

/** KMS Developer Guide, "Default key policy": the account may let its own IAM policies decide. */
export const defaultKeyPolicy = (): PolicyDocument => ({
  Version: '2012-10-17',
  Id: 'key-default-1',
  Statement: [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: ACCOUNT_ROOT },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

/** The policy of `alias/aws/s3`: anyone in the account, but only through S3. */
export const awsS3KeyPolicy = (): PolicyDocument => ({
  Version: '2012-10-17',
  Id: 'auto-s3-2',
  Statement: [
    {
      Sid: 'Allow access through S3 for all principals in the account that are authorized to use S3',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:DescribeKey',
      ],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': ACCOUNT_ID, 'kms:ViaService': S3_SERVICE },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: ACCOUNT_ROOT },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
      Resource: '*',
    },
  ],
});
