// The simulated account as something that requests can be sent to, one after the other: S3 and KMS, told apart by the
// request itself, and two people with access keys. The page's engine, but nothing is believed and nothing left out.
import {
  type Clock,
  createHsm,
  createKms,
  createS3,
  createS3Keys,
  createStorage,
  createWorld,
  type HttpRequest,
  type HttpResponse,
  IamDirectory,
  names,
  OPERATIONS,
  type Operation,
  type PolicyDocument,
  seededRandom,
  type Trace,
} from '../src/sim';
import {
  type AccessKey,
  accessKeyOf,
  EVERY_OPERATION,
  operationOf,
  Refusal,
  signatureV4OfKms,
  signatureV4OfS3,
  unchunked,
} from '../src/sim/outside';

export interface CloudOptions {
  readonly seed: string;
  readonly clock: Clock;
  /** Hears of each request when it has been answered. */
  readonly onAnswered?: () => void;
}

export interface Cloud {
  /** May do everything in S3 and KMS. */
  readonly admin: AccessKey;
  /** Uses objects and KMS keys and administers nothing. */
  readonly ana: AccessKey;
  /** Waits until the requests before it are answered. Rejects for a bug of ours only. */
  answer(request: HttpRequest): Promise<HttpResponse>;
  trace(): Trace;
}

/** How much of what happened is kept. */
const BOUNDS = { requests: 50, bytes: 32 << 20 };

const may = (...Action: string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});

const TARGET = 'x-amz-target';
export const isForKms = ({ headers }: Pick<HttpRequest, 'headers'>): boolean =>
  headers[TARGET] !== undefined;

/** What a request is called in the recording. */
function nameOf(request: HttpRequest): Operation {
  const named = isForKms(request)
    ? request.headers[TARGET]?.replace('TrentService.', '')
    : operationOf(request);
  return OPERATIONS.find((one) => one === named) ?? 'UnknownOperation';
}

/** The object in an upload, as it was before it was framed for transport; undefined in anything else. */
function objectIn(request: HttpRequest, operation: Operation) {
  if (operation !== 'PutObject' && operation !== 'UploadPart') return undefined;
  try {
    return unchunked(request).body;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

export function createCloud({ seed, clock, onAnswered }: CloudOptions): Cloud {
  const iam = new IamDirectory();
  const [admin, ana] = [names.ADMIN, names.ANA].map((who) => iam.issue(accessKeyOf(seed, who))) as [
    AccessKey,
    AccessKey,
  ];
  iam.put(names.ADMIN, may('s3:*', 'kms:*'));
  iam.put(
    names.ANA,
    may(
      ...[
        's3:GetObject',
        's3:PutObject',
        's3:DeleteObject',
        's3:ListBucket',
        's3:ListAllMyBuckets',
      ],
      ...['kms:GenerateDataKey', 'kms:Decrypt', 'kms:DescribeKey'],
    ),
  );
  const world = createWorld({
    random: seededRandom(seed),
    clock,
    bounds: BOUNDS,
    actors: {
      s3: createS3(iam, EVERY_OPERATION, signatureV4OfS3(iam)),
      's3-keys': createS3Keys(),
      kms: createKms(iam, signatureV4OfKms(iam)),
      hsm: createHsm(),
      storage: createStorage().actor,
    },
  });
  const { you } = world;
  let before: Promise<unknown> = Promise.resolve();

  async function deliver(request: HttpRequest): Promise<HttpResponse> {
    const operation = nameOf(request);
    const object = objectIn(request, operation);
    if (object && object.length > 0) you.holds('object', object);
    const answer = await you.send(isForKms(request) ? 'kms' : 's3', operation, request);
    onAnswered?.();
    return answer;
  }

  return {
    admin,
    ana,
    answer(request) {
      const answered = before.then(() => deliver(request));
      before = answered.catch(() => {});
      return answered;
    },
    trace: () => world.trace(),
  };
}
