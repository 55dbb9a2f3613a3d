// Names in the simulated account. The account number is the one AWS uses in its documentation's examples.

export const REGION = 'eu-west-1';
export const ACCOUNT_ID = '111122223333';
export const ACCOUNT_ROOT = `arn:aws:iam::${ACCOUNT_ID}:root`;
/** The person who uses the objects. */
export const ANA = `arn:aws:iam::${ACCOUNT_ID}:user/ana`;
/** The person who sets up keys and buckets. */
export const ADMIN = `arn:aws:iam::${ACCOUNT_ID}:user/admin`;

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;
export const kmsKeyArn = (keyId: string): string =>
  `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/${keyId}`;
export const aliasArn = (alias: string): string => `arn:aws:kms:${REGION}:${ACCOUNT_ID}:${alias}`;

export const S3_SERVICE = `s3.${REGION}.amazonaws.com`;
export const KMS_SERVICE = `kms.${REGION}.amazonaws.com`;

/**
 * Who calls. Stands in for Signature Version 4, which this simulation does not compute yet (modelled).
 * When S3 calls KMS in a forward access session, the caller stays and `VIA` names S3.
 */
export const PRINCIPAL = 'x-sealed-principal';
export const VIA = 'x-sealed-via';
