// Amazon S3, front of house. Finds bucket and key in the address, authorises, and hands over to the operation.
//   Addresses are virtual-hosted: host <bucket>.s3.<region>.amazonaws.com, path /<key>. (facts §1)
import type { IamDirectory } from '../iam/directory';
import { REGION } from '../names';
import { Refusal } from '../refusal';
import type { Actor, Desk, Headers, HttpRequest, HttpResponse } from '../types';
import { authorise } from './authorise';
import { bucketOperations } from './bucket-operations';
import type { Bucket } from './buckets';
import { objectOperations } from './object-operations';
import { refuse } from './responses';
import { type Schemes, schemes } from './sse/schemes';

export interface S3Context {
  readonly desk: Desk;
  readonly request: HttpRequest;
  readonly buckets: Map<string, Bucket>;
  readonly schemes: Schemes;
  readonly bucketName: string;
  readonly key: string;
  /** Throws S3's AccessDenied; done, and recorded, before anything else. */
  authorise(action: string): Promise<void>;
  /** The bucket, or S3's NoSuchBucket. */
  bucket(): Bucket;
}

export type S3Handler = (context: S3Context) => Promise<HttpResponse>;

export function createS3(iam: IamDirectory): Actor {
  const buckets = new Map<string, Bucket>();
  const sse = schemes();

  return async (request, desk) => {
    const { bucketName, key: decoded, query } = readAddress(request.path, request.headers);
    const key = decoded ?? '';
    const context: S3Context = {
      desk,
      request,
      buckets,
      schemes: sse,
      bucketName,
      key,
      authorise: (action) =>
        authorise(
          desk,
          iam,
          { action, bucketName, key, headers: request.headers },
          buckets.get(bucketName),
        ),
      bucket() {
        const bucket = buckets.get(bucketName);
        if (!bucket)
          throw new Refusal(404, 'NoSuchBucket', 'The specified bucket does not exist', {
            BucketName: bucketName,
          });
        return bucket;
      },
    };
    try {
      if (decoded === undefined) {
        throw new Refusal(400, 'InvalidURI', "Couldn't parse the specified URI.");
      }
      const name = `${request.method}${query ? `?${query}` : ''}`;
      const handler = key ? objectOperations[name] : bucketOperations[name];
      if (!handler) {
        throw new Refusal(
          405,
          'MethodNotAllowed',
          'The specified method is not allowed against this resource.',
        );
      }
      return await handler(context);
    } catch (error) {
      if (error instanceof Refusal) return refuse(desk, error, request.path, request.method);
      throw error;
    }
  };
}

/** Host of a bucket's address. */
export const bucketHost = (bucket: string): string => `${bucket}.s3.${REGION}.amazonaws.com`;

function readAddress(
  path: string,
  headers: Headers,
): { bucketName: string; key: string | undefined; query: string } {
  const [pathname = '/', query = ''] = path.split('?', 2) as [string, string?];
  const bucketName = /^(.+)\.s3\.[^.]+\.amazonaws\.com$/.exec(headers.host ?? '')?.[1] ?? '';
  return { bucketName, key: percentDecoded(pathname.slice(1)), query: query.replace(/=$/, '') };
}

/** The text, or undefined when it is not percent-encoded UTF-8. */
function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
