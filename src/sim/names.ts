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
export const kmsKeyArn = (keyId: string, account: string = ACCOUNT_ID): string =>
  `arn:aws:kms:${REGION}:${account}:key/${keyId}`;
export const aliasArn = (alias: string, account: string = ACCOUNT_ID): string =>
  `arn:aws:kms:${REGION}:${account}:${alias}`;

export const S3_SERVICE = `s3.${REGION}.amazonaws.com`;
export const KMS_SERVICE = `kms.${REGION}.amazonaws.com`;

/**
 * Who calls, once that is known. In the page it stands in for Signature Version 4 (modelled); where signatures are
 * checked, what a caller says here is ignored (src/sim/signature-v4). No such header: nobody, an anonymous caller.
 * When S3 calls KMS in a forward access session, the caller stays and `VIA` names S3.
 */
export const PRINCIPAL = 'x-sealed-principal';
export const VIA = 'x-sealed-via';
/** From which address, for aws:SourceIp: said by whoever takes requests from a real network. In the page nobody does. */
export const SOURCE_IP = 'x-sealed-source-ip';
/** Set when a request came over plain HTTP, by whoever takes requests from a real network. In the page nobody does. */
export const PLAIN_HTTP = 'x-sealed-plain-http';
export const ANONYMOUS = 'anonymous';
