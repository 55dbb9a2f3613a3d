// The genuine AWS SDK for JavaScript, with the engine where it would have a network: no socket, nothing else changed. It
// runs in Node and in a page alike.
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { type Bytes, names } from '../../src/sim';
import { concat, fromUtf8 } from '../../src/sim/crypto/bytes';
import type { AccessKey } from '../../src/sim/outside';
import { type Cloud, createCloud } from '../engine';
import { requestOf } from '../wire';

/** What the SDK hands over: its request after everything has been added and signed. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

const queryOf = (query: SdkRequest['query']): string =>
  Object.entries(query)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one: string | null) =>
        one === null ? encoded(name) : `${encoded(name)}=${encoded(one)}`,
      ),
    )
    .join('&');

async function bytesOf(body: unknown): Promise<Bytes> {
  if (body === undefined || body === null) return concat();
  if (typeof body === 'string') return fromUtf8(body);
  if (body instanceof Uint8Array) return concat(body);
  if (body instanceof Blob) return new Uint8Array(await body.arrayBuffer());
  const parts: Uint8Array[] = [];
  for await (const part of body as AsyncIterable<Uint8Array | string>)
    parts.push(typeof part === 'string' ? fromUtf8(part) : part);
  return concat(...parts);
}

const streamOf = (bytes: Bytes): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });

/** `isSecure`: false for what would have come over plain HTTP. */
const handlerOf = (cloud: Cloud, isSecure: boolean) => ({
  metadata: { handlerProtocol: 'http/1.1' },
  async handle(request: SdkRequest) {
    const { method, path, query, headers } = request;
    const search = queryOf(query);
    const message = requestOf(
      method,
      search ? `${path}?${search}` : path,
      Object.entries(headers),
      await bytesOf(request.body),
      { from: '127.0.0.1', isSecure },
    );
    const answer = await cloud.answer(message);
    return {
      response: {
        statusCode: answer.status,
        headers: { ...answer.headers },
        body: streamOf(answer.body),
      },
    };
  },
  httpHandlerConfigs: () => ({}),
  updateHttpClientConfig() {},
});

export interface Clients {
  readonly s3: S3Client;
  readonly kms: KMSClient;
}

export interface Sdk extends Clients {
  readonly cloud: Cloud;
  /** The same for somebody else, or over plain HTTP. */
  as(accessKey: AccessKey, isSecure?: boolean): Clients;
}

export function createSdk(seed = 'sdk'): Sdk {
  const cloud = createCloud({ seed, clock: { now: () => new Date(), advance() {} } });
  const as = (credentials: AccessKey, isSecure = true): Clients => {
    const settings = {
      region: names.REGION,
      credentials: {
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey,
      },
      requestHandler: handlerOf(cloud, isSecure),
      maxAttempts: 1,
    };
    return { s3: new S3Client(settings), kms: new KMSClient(settings) };
  };
  return { cloud, ...as(cloud.admin), as };
}
