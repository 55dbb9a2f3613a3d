// Asking with the SDK: raw headers where it would not send what a test needs, and refusals as what they say.
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { names } from '../../src/sim';

export const BUCKET = 'diary';
export const KEY = 'today.txt';
export const TEXT = 'Dear diary';

export interface Refused {
  readonly status: number | undefined;
  readonly code: string;
  readonly message: string;
  /** Further elements of S3's error. */
  readonly argument: string | undefined;
  readonly value: string | undefined;
}

interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly ArgumentName?: string;
  readonly ArgumentValue?: string;
}

/** What a call is refused with; a call that is not refused is a failure. Of several calls each is begun in its turn. */
export async function refused(call: Promise<unknown> | (() => Promise<unknown>)): Promise<Refused> {
  let answer: unknown;
  try {
    answer = await (typeof call === 'function' ? call() : call);
  } catch (error) {
    const { name, message, $metadata, ArgumentName, ArgumentValue } = error as SdkError;
    if (!$metadata) throw error;
    return {
      status: $metadata.httpStatusCode,
      code: name,
      message,
      argument: ArgumentName,
      value: ArgumentValue,
    };
  }
  throw new Error(`not refused: ${JSON.stringify(answer)}`);
}

type Headers = Readonly<Record<string, string | undefined>>;

/** A command with headers set, or with `undefined` taken away, just before it is signed. */
function withHeaders<C extends { readonly middlewareStack: unknown }>(
  command: C,
  headers: Headers,
): C {
  const stack = command.middlewareStack as {
    add(middleware: unknown, options: unknown): void;
  };
  stack.add(
    (next: (args: unknown) => unknown) =>
      (args: { request: { headers: Record<string, string> } }) => {
        for (const [name, value] of Object.entries(headers)) {
          if (value === undefined) delete args.request.headers[name];
          else args.request.headers[name] = value;
        }
        return next(args);
      },
    { step: 'build', priority: 'low', name: 'rawHeaders' },
  );
  return command;
}

export const put = (
  s3: S3Client,
  more: Partial<PutObjectCommandInput> = {},
  headers: Headers = {},
) =>
  s3.send(
    withHeaders(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: TEXT, ...more }), headers),
  );

export const get = (s3: S3Client, headers: Headers = {}, Key = KEY) =>
  s3.send(withHeaders(new GetObjectCommand({ Bucket: BUCKET, Key }), headers));

export const text = async (answer: Awaited<ReturnType<typeof get>>): Promise<string> =>
  (await answer.Body?.transformToString()) ?? '';

/** A bucket, unblocked for SSE-C if that is asked for. */
export async function makeBucket(s3: S3Client, unblocked = false): Promise<void> {
  await s3.send(
    new CreateBucketCommand({
      Bucket: BUCKET,
      CreateBucketConfiguration: { LocationConstraint: names.REGION as 'eu-west-1' },
    }),
  );
  if (unblocked)
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket: BUCKET,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
              BlockedEncryptionTypes: { EncryptionType: ['NONE'] },
            },
          ],
        },
      }),
    );
}
