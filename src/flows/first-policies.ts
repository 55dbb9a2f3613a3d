// What people may do when a world begins.
import type { PolicyDocument } from '../sim';

/** `s3:*` on everything and the KMS calls an S3 user needs, less what is taken away. */
export const userPolicy = (denied?: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'UseTheBucket', Effect: 'Allow', Action: 's3:*', Resource: '*' },
    {
      Sid: 'UseTheKey',
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:DescribeKey'].filter((a) => a !== denied),
      Resource: '*',
    },
  ],
});

export const adminPolicy: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Administer', Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }],
};
