// S3 operations on buckets: create, default encryption, policy. (facts §7)
import { toUtf8 } from '../crypto/bytes';
import type { PolicyDocument } from '../iam/policy';
import { Refusal } from '../refusal';
import { NEW_BUCKET, readBucketEncryption, writeBucketEncryption } from './buckets';
import { answer } from './responses';
import type { S3Handler } from './s3';

const createBucket: S3Handler = async (context) => {
  await context.authorise('s3:CreateBucket');
  const { buckets, bucketName, desk } = context;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucketName)) {
    throw new Refusal(400, 'InvalidBucketName', 'The specified bucket is not valid.', {
      BucketName: bucketName,
    });
  }
  if (buckets.has(bucketName)) {
    throw new Refusal(
      409,
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      { BucketName: bucketName },
    );
  }
  buckets.set(bucketName, { name: bucketName, encryption: NEW_BUCKET, policy: undefined });
  return answer(desk, 200, { location: `/${bucketName}` });
};

const putEncryption: S3Handler = async (context) => {
  await context.authorise('s3:PutEncryptionConfiguration');
  const bucket = context.bucket();
  bucket.encryption = readBucketEncryption(context.request.body, bucket.encryption);
  return answer(context.desk, 200);
};

const getEncryption: S3Handler = async (context) => {
  await context.authorise('s3:GetEncryptionConfiguration');
  const body = writeBucketEncryption(context.bucket().encryption);
  return answer(context.desk, 200, { 'content-type': 'application/xml' }, body);
};

const deleteEncryption: S3Handler = async (context) => {
  await context.authorise('s3:PutEncryptionConfiguration');
  const bucket = context.bucket();
  bucket.encryption = { ...NEW_BUCKET, blocksSseC: bucket.encryption.blocksSseC };
  return answer(context.desk, 204);
};

const putPolicy: S3Handler = async (context) => {
  await context.authorise('s3:PutBucketPolicy');
  const bucket = context.bucket();
  try {
    const policy = JSON.parse(toUtf8(context.request.body)) as PolicyDocument;
    if (!Array.isArray(policy.Statement)) throw new SyntaxError();
    bucket.policy = policy;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal(
      400,
      'MalformedPolicy',
      "Policies must be valid JSON and the first byte must be '{'",
    );
  }
  return answer(context.desk, 204);
};

export const bucketOperations: Readonly<Record<string, S3Handler>> = {
  PUT: createBucket,
  'PUT?encryption': putEncryption,
  'GET?encryption': getEncryption,
  'DELETE?encryption': deleteEncryption,
  'PUT?policy': putPolicy,
};
