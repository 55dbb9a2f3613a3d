// What an operation of S3 works with: the request in hand, where it leads, and S3's books.
import { ANONYMOUS, PRINCIPAL } from '../names';
import { Refusal } from '../refusal';
import type { Desk, Headers, HttpRequest, HttpResponse } from '../types';
import type { Query } from './address';
import type { Bucket } from './buckets';
import type { BucketKeys } from './sse/bucket-key';
import type { Place, SseScheme } from './sse/scheme';
import type { Schemes } from './sse/schemes';

/** Where an object lies. An empty key: the bucket itself. */
export interface At {
  readonly bucketName: string;
  readonly key: string;
}

export interface S3Context extends At {
  readonly desk: Desk;
  readonly request: HttpRequest;
  readonly query: Query;
  readonly buckets: Map<string, Bucket>;
  readonly schemes: Schemes;
  readonly bucketKeys: BucketKeys;
  /** Throws S3's AccessDenied; done, and recorded, before anything else. Of another place than the request's with `at`. */
  authorise(action: string, at?: At): Promise<void>;
  /** The bucket, or S3's NoSuchBucket. */
  bucket(name?: string): Bucket;
}

export type S3Handler = (context: S3Context) => Promise<HttpResponse>;

export const placeOf = ({ request }: S3Context, { bucketName, key }: At): Place => ({
  bucket: bucketName,
  key,
  principal: request.headers[PRINCIPAL] ?? ANONYMOUS,
});

export const schemeNamed = ({ schemes }: S3Context, name: string): SseScheme =>
  schemes[name as keyof Schemes] as SseScheme;

export const noSuchKey = (key: string): Refusal =>
  new Refusal(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });

/** Buckets here keep no versions: `null` is the only one there is. */
export function refuseVersion(version: string | undefined): void {
  if (version !== undefined && version !== 'null')
    throw new Refusal(400, 'InvalidArgument', 'Invalid version id specified', {
      ArgumentName: 'versionId',
      ArgumentValue: version,
    });
}

/** `x-amz-expected-bucket-owner` and the like: the request is refused when the bucket is somebody else's. */
export function refuseOtherOwner(headers: Headers, name: string, owner: string): void {
  const expected = headers[name];
  if (expected !== undefined && expected !== owner)
    throw new Refusal(403, 'AccessDenied', 'Access Denied');
}
