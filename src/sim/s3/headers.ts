// Names of the S3 headers about encryption. (facts §1)

export const SSE = 'x-amz-server-side-encryption';
export const KMS_KEY_ID = 'x-amz-server-side-encryption-aws-kms-key-id';
export const CONTEXT = 'x-amz-server-side-encryption-context';
export const BUCKET_KEY = 'x-amz-server-side-encryption-bucket-key-enabled';
export const C_ALGORITHM = 'x-amz-server-side-encryption-customer-algorithm';
export const C_KEY = 'x-amz-server-side-encryption-customer-key';
export const C_KEY_MD5 = 'x-amz-server-side-encryption-customer-key-md5';

export const META_PREFIX = 'x-amz-meta-';
export const CHECKSUM_CRC32 = 'x-amz-checksum-crc32';

export const asksForCustomerKey = (headers: Readonly<Record<string, string>>): boolean =>
  [C_ALGORITHM, C_KEY, C_KEY_MD5].some((name) => headers[name] !== undefined);

/** What a client says about the content; kept with the object and given back. */
export const CONTENT_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
] as const;
