// S3 operations on buckets: create and delete, default encryption, policy. (facts §7)
import { fromUtf8, toUtf8 } from '../crypto/bytes';
import { REGION } from '../names';
import { Refusal } from '../refusal';
import type { Operation } from '../types';
import { readBucketPolicy } from './bucket-policy';
import { NEW_BUCKET, newBucket, readBucketEncryption, writeBucketEncryption } from './buckets';
import { checkDocument } from './checksums';
import type { S3Context, S3Handler } from './context';
import { eraseParts } from './multipart/parts';
import { answer } from './responses';
import { NAMESPACE, XML, xml } from './xml';

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
  buckets.set(bucketName, newBucket(bucketName, desk.now()));
  return answer(desk, 200, { location: `/${bucketName}` });
};

const headBucket: S3Handler = async (context) => {
  await context.authorise('s3:ListBucket');
  context.bucket();
  return answer(context.desk, 200, { 'x-amz-bucket-region': REGION });
};

const deleteBucket: S3Handler = async (context) => {
  await context.authorise('s3:DeleteBucket');
  const { buckets, bucketName, desk } = context;
  const { objects, uploads } = context.bucket();
  if (objects.size > 0)
    throw new Refusal(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty', {
      BucketName: bucketName,
    });
  // Parts of uploads that nobody completed go with it.
  for (const upload of uploads.all()) await eraseParts(context, upload);
  buckets.delete(bucketName);
  return answer(desk, 204);
};

const getLocation: S3Handler = async (context) => {
  await context.authorise('s3:GetBucketLocation');
  context.bucket();
  return answer(
    context.desk,
    200,
    XML,
    xml({ LocationConstraint: { ...NAMESPACE, '#text': REGION } }),
  );
};

/** The document in the body, checked against what was sent along with it. */
async function documentOf({ request }: S3Context) {
  await checkDocument(request.headers, request.body);
  return request.body;
}

const putEncryption: S3Handler = async (context) => {
  await context.authorise('s3:PutEncryptionConfiguration');
  const bucket = context.bucket();
  bucket.encryption = readBucketEncryption(await documentOf(context), bucket.encryption);
  return answer(context.desk, 200);
};

const getEncryption: S3Handler = async (context) => {
  await context.authorise('s3:GetEncryptionConfiguration');
  const body = writeBucketEncryption(context.bucket().encryption);
  return answer(context.desk, 200, XML, body);
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
  const text = toUtf8(await documentOf(context));
  bucket.policy = readBucketPolicy(text, bucket.name);
  bucket.policyText = text;
  return answer(context.desk, 204);
};

const getPolicy: S3Handler = async (context) => {
  await context.authorise('s3:GetBucketPolicy');
  const bucket = context.bucket();
  if (!bucket.policy)
    throw new Refusal(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist', {
      BucketName: bucket.name,
    });
  const json = { 'content-type': 'application/json' };
  return answer(context.desk, 200, json, fromUtf8(bucket.policyText));
};

const deletePolicy: S3Handler = async (context) => {
  await context.authorise('s3:DeleteBucketPolicy');
  const bucket = context.bucket();
  bucket.policy = undefined;
  bucket.policyText = '';
  return answer(context.desk, 204);
};

export const bucketOperations = {
  CreateBucket: createBucket,
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getLocation,
  PutBucketEncryption: putEncryption,
  GetBucketEncryption: getEncryption,
  DeleteBucketEncryption: deleteEncryption,
  PutBucketPolicy: putPolicy,
  GetBucketPolicy: getPolicy,
  DeleteBucketPolicy: deletePolicy,
} as const satisfies Partial<Record<Operation, S3Handler>>;
