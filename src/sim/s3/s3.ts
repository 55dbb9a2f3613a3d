// Amazon S3, front of house. Finds bucket, key and operation in the request, and hands over to the operation; a refusal
// becomes S3's answer here. (facts §1)
import { type Authenticate, asSaid } from '../iam/authentication';
import type { IamDirectory } from '../iam/directory';
import { ACCOUNT_ID } from '../names';
import { Refusal } from '../refusal';
import type { Actor, Desk, HttpRequest, HttpResponse } from '../types';
import { readAddress } from './address';
import { authorise } from './authorise';
import type { Bucket } from './buckets';
import { refuseOtherOwner, type S3Context } from './context';
import { CORE_OPERATIONS, type S3Operations } from './operations';
import { refuse } from './responses';
import { notImplemented, routeOf } from './routes';
import { BucketKeys } from './sse/bucket-key';
import { schemes } from './sse/schemes';
import { refusePlainHttp } from './transport';

const MAX_KEY_BYTES = 1024;

/** `operations` is all that this S3 can do; to anything else it answers NotImplemented. */
export function createS3(
  iam: IamDirectory,
  operations: S3Operations = CORE_OPERATIONS,
  authenticate: Authenticate = asSaid,
): Actor {
  const buckets = new Map<string, Bucket>();
  const bucketKeys = new BucketKeys();
  const sse = schemes(bucketKeys);

  const handle: Actor = async (request, desk) => {
    const address = readAddress(request);
    const { bucketName, query } = address;
    const key = address.key ?? '';
    const context: S3Context = {
      desk,
      request,
      query,
      buckets,
      schemes: sse,
      bucketKeys,
      bucketName,
      key,
      authorise: (action, at = { bucketName, key }) =>
        authorise(
          desk,
          iam,
          { action, ...at, headers: request.headers, query },
          buckets.get(at.bucketName),
        ),
      bucket(name = bucketName) {
        const bucket = buckets.get(name);
        if (!bucket)
          throw new Refusal(404, 'NoSuchBucket', 'The specified bucket does not exist', {
            BucketName: name,
          });
        return bucket;
      },
    };
    try {
      if (address.key === undefined) {
        throw new Refusal(400, 'InvalidURI', "Couldn't parse the specified URI.");
      }
      const operation = routeOf(request, address);
      refusePlainHttp(request.headers);
      refuseLongKey(key);
      refuseOtherOwner(request.headers, 'x-amz-expected-bucket-owner', ACCOUNT_ID);
      const handler = operations[operation];
      if (!handler) throw notImplemented(operation);
      return await handler(context);
    } catch (error) {
      return refusedAs(error, request, desk);
    }
  };

  return async (message, desk, from) => {
    let request: HttpRequest;
    try {
      request = await authenticate(message, desk);
    } catch (error) {
      return refusedAs(error, message, desk);
    }
    return handle(request, desk, from);
  };
}

function refusedAs(error: unknown, { path, method }: HttpRequest, desk: Desk): HttpResponse {
  if (error instanceof Refusal) return refuse(desk, error, path, method);
  throw error;
}

function refuseLongKey(key: string): void {
  const size = new TextEncoder().encode(key).length;
  if (size > MAX_KEY_BYTES)
    throw new Refusal(400, 'KeyTooLongError', 'Your key is too long', {
      Size: String(size),
      MaxSizeAllowed: String(MAX_KEY_BYTES),
    });
}
