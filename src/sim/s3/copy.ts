// CopyObject: S3 opens the source for the caller, and stores what it finds under another name, encrypted as the request
// or the target's bucket says; never as the source was, unless that is the same. (API reference of CopyObject)
import { Refusal } from '../refusal';
import type { Headers, Operation } from '../types';
import {
  algorithmNamed,
  type Checksum,
  checksumElement,
  computedChecksum,
  DEFAULT_ALGORITHM,
} from './checksums';
import { checkWrite } from './conditions';
import type { S3Context, S3Handler } from './context';
import { readSource, type Source, sourceOf } from './copy-source';
import { asksForCustomerKey, SSE } from './headers';
import { isoSeconds } from './list';
import { answer } from './responses';
import { aboutOf, choose, contentHeaders, store, userMetadata } from './storing';
import { NAMESPACE, XML, xml } from './xml';

const DIRECTIVE = 'x-amz-metadata-directive';

/** COPY keeps what the source says about itself; REPLACE takes what the request says. */
function replacesMetadata(headers: Headers): boolean {
  const directive = headers[DIRECTIVE] ?? 'COPY';
  if (directive === 'COPY') return false;
  if (directive === 'REPLACE') return true;
  throw new Refusal(400, 'InvalidArgument', 'Unknown metadata directive.', {
    ArgumentName: DIRECTIVE,
    ArgumentValue: directive,
  });
}

/** Copying an object to itself must change something. */
function refusePointless({ request, bucketName, key }: S3Context, replaces: boolean): void {
  const { headers } = request;
  const source = sourceOf(headers);
  const isItself = source.bucketName === bucketName && source.key === key;
  const changes =
    replaces ||
    headers[SSE] !== undefined ||
    asksForCustomerKey(headers) ||
    headers['x-amz-storage-class'] !== undefined ||
    headers['x-amz-website-redirect-location'] !== undefined;
  if (isItself && !changes)
    throw new Refusal(
      400,
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
}

const aboutSource = ({ metadata }: Source): Headers => ({
  'content-type': metadata['content-type'] ?? 'binary/octet-stream',
  ...contentHeaders(metadata),
  ...userMetadata(metadata),
});

/** The source's own where it is of the whole object and nothing else is asked for; else computed anew. */
async function checksumOf({ entry, object }: Source, headers: Headers): Promise<Checksum> {
  const asked = headers['x-amz-checksum-algorithm'];
  const had = entry?.checksum;
  const algorithm = asked ? algorithmNamed(asked) : (had?.algorithm ?? DEFAULT_ALGORITHM);
  return had?.algorithm === algorithm && had.type === 'FULL_OBJECT'
    ? had
    : computedChecksum(algorithm, object);
}

const copyObject: S3Handler = async (context) => {
  const { desk, request, key } = context;
  const { headers } = request;
  await context.authorise('s3:PutObject');
  const bucket = context.bucket();
  const replaces = replacesMetadata(headers);
  refusePointless(context, replaces);
  checkWrite(headers, bucket.objects.get(key)?.etag, key);
  const source = await readSource(context);
  const about = replaces ? aboutOf(headers) : aboutSource(source);
  const choice = await choose(desk, headers, bucket);
  const checksum = await checksumOf(source, headers);
  const draft = { choice, about, checksum };
  const { etag, lastModified, described } = await store(context, source.object, draft, headers);
  const body = xml({
    CopyObjectResult: {
      ...NAMESPACE,
      LastModified: isoSeconds(lastModified),
      ETag: etag,
      ...checksumElement(checksum),
      ChecksumType: checksum.type,
    },
  });
  return answer(desk, 200, { ...XML, ...described }, body);
};

export const copyOperations = {
  CopyObject: copyObject,
} as const satisfies Partial<Record<Operation, S3Handler>>;
