// Which operation a request asks for: by what it addresses, its method, its sub-resource, and whether it names a source.
import { Refusal } from '../refusal';
import type { HttpRequest, Operation } from '../types';
import { type Address, readAddress } from './address';

/** Sub-resources of S3's interface; any other query parameter changes no route. A value may be needed to count. */
const SUB_RESOURCES = [
  'abac',
  'accelerate',
  'acl',
  'analytics',
  'annotation',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'list-type',
  'location',
  'logging',
  'metadataConfiguration',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
] as const;

const SERVICE: Readonly<Record<string, Operation>> = { 'GET ': 'ListBuckets' };

const BUCKET: Readonly<Record<string, Operation>> = {
  'PUT ': 'CreateBucket',
  'HEAD ': 'HeadBucket',
  'DELETE ': 'DeleteBucket',
  'GET ': 'ListObjects',
  'GET list-type': 'ListObjectsV2',
  'GET location': 'GetBucketLocation',
  'PUT encryption': 'PutBucketEncryption',
  'GET encryption': 'GetBucketEncryption',
  'DELETE encryption': 'DeleteBucketEncryption',
  'PUT policy': 'PutBucketPolicy',
  'GET policy': 'GetBucketPolicy',
  'DELETE policy': 'DeleteBucketPolicy',
  'POST delete': 'DeleteObjects',
  'GET uploads': 'ListMultipartUploads',
};

const OBJECT: Readonly<Record<string, Operation>> = {
  'PUT ': 'PutObject',
  'GET ': 'GetObject',
  'HEAD ': 'HeadObject',
  'DELETE ': 'DeleteObject',
  'GET attributes': 'GetObjectAttributes',
  'PUT encryption': 'UpdateObjectEncryption',
  'POST uploads': 'CreateMultipartUpload',
  'PUT uploadId': 'UploadPart',
  'GET uploadId': 'ListParts',
  'POST uploadId': 'CompleteMultipartUpload',
  'DELETE uploadId': 'AbortMultipartUpload',
};

/** The same requests when a header names a source. */
const COPIES: Readonly<Partial<Record<Operation, Operation>>> = {
  PutObject: 'CopyObject',
  UploadPart: 'UploadPartCopy',
};

/** The operation, or S3's refusal: 501 for what S3 has and this simulation does not, 405 for what S3 has not either. */
export function routeOf(request: HttpRequest, address: Address): Operation {
  const { bucketName, key, query } = address;
  const table = key ? OBJECT : bucketName ? BUCKET : SERVICE;
  const subResource = SUB_RESOURCES.find((name) => query.has(name)) ?? '';
  const operation = table[`${request.method} ${subResource}`];
  if (operation && request.headers['x-amz-copy-source'] !== undefined)
    return COPIES[operation] ?? operation;
  if (operation) return operation;
  const exists =
    subResource !== '' && ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].includes(request.method);
  throw exists
    ? notImplemented(subResource)
    : new Refusal(
        405,
        'MethodNotAllowed',
        'The specified method is not allowed against this resource.',
        {
          Method: request.method,
          ResourceType: key ? 'OBJECT' : bucketName ? 'BUCKET' : 'SERVICE',
        },
      );
}

export const notImplemented = (what: string): Refusal =>
  new Refusal(
    501,
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
    { Header: what },
  );

/** The name of the operation that a request on the wire is; undefined when S3 would refuse it for having none. */
export function operationOf(request: HttpRequest): Operation | undefined {
  try {
    return routeOf(request, readAddress(request));
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
