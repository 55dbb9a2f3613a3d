// The endpoint: S3 and KMS of the simulated account on one port of this machine, and beside them, below /_sealed/, what
// has been recorded. Everything is bounded, and nothing that a client sends ends it.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Bytes, HttpRequest, HttpResponse } from '../src/sim';
import { EMPTY } from '../src/sim';
import { readAddress } from '../src/sim/outside';
import { Arriving } from './arriving';
import type { Certificate } from './certificate';
import type { Cloud } from './engine';
import { atTheDoor, headersOf, requestOf } from './wire';

const MIB = 1 << 20;
/** S3's own limit is 5 GiB. */
const MAX_BODY = 64 * MIB;
/** Room that a request gets for what it has only announced. */
const RESERVED = 8 * MIB;
/** Bodies of all requests that wait for their turn. */
const MAX_WAITING = 256 * MIB;
const MAX_CONNECTIONS = 128;
const MAX_HEADERS = 16 * 1024;
const REQUEST_SECONDS = 60;

export interface ServerOptions {
  readonly cloud: Cloud;
  readonly tls?: Certificate | undefined;
  /** Plain HTTP counts as what it is, also on the loopback interface. */
  readonly isStrict?: boolean;
  /** Answers what is asked below /_sealed/. */
  readonly own: (request: HttpRequest, response: ServerResponse) => void;
  /** Hears of bugs of ours. */
  readonly onBug: (error: unknown) => void;
}

/** The length that a request announces; NaN when it announces none. */
const announced = ({ headers }: IncomingMessage): number =>
  Number(headers['content-length'] ?? Number.NaN);

function* pairs(raw: readonly string[]): Iterable<readonly [string, string]> {
  for (let i = 0; i + 1 < raw.length; i += 2) yield [raw[i] as string, raw[i + 1] as string];
}

export function serve(options: ServerOptions): Server {
  const { cloud, tls, isStrict = false, own, onBug } = options;
  const isSecure = tls !== undefined || !isStrict;
  let waiting = 0;

  const headOf = (message: IncomingMessage, body: Bytes): HttpRequest =>
    requestOf(message.method ?? 'GET', message.url ?? '/', pairs(message.rawHeaders), body, {
      from: message.socket.remoteAddress,
      isSecure,
    });

  function send(response: ServerResponse, request: HttpRequest, answer: HttpResponse): void {
    response.writeHead(answer.status, headersOf(request, answer));
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  /** Answers without reading on, and hangs up. */
  function turnAway(message: IncomingMessage, response: ServerResponse, answer: HttpResponse) {
    response.shouldKeepAlive = false;
    send(response, headOf(message, EMPTY), answer);
    response.once('finish', () => message.destroy());
  }

  const tooLarge = (request: HttpRequest): HttpResponse =>
    atTheDoor(
      request,
      400,
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed object size.',
      { MaxSizeAllowed: String(MAX_BODY) },
    );
  const slowDown = (request: HttpRequest): HttpResponse =>
    atTheDoor(request, 503, 'SlowDown', 'Please reduce your request rate.');

  /** The body, or undefined when the request has been turned away. */
  async function bodyOf(
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<Bytes | undefined> {
    const body = new Arriving(Math.min(announced(message) || 0, RESERVED));
    try {
      for await (const part of message as AsyncIterable<Buffer>) {
        waiting += part.length;
        body.add(part);
        if (body.length > MAX_BODY || waiting > MAX_WAITING) {
          const head = headOf(message, EMPTY);
          turnAway(message, response, body.length > MAX_BODY ? tooLarge(head) : slowDown(head));
          return undefined;
        }
      }
      return body.done();
    } finally {
      waiting -= body.length;
    }
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (announced(message) > MAX_BODY)
      return turnAway(message, response, tooLarge(headOf(message, EMPTY)));
    const body = await bodyOf(message, response);
    if (!body) return;
    const request = headOf(message, body);
    if (readAddress(request).bucketName === '_sealed') return own(request, response);
    waiting += body.length;
    let answer: HttpResponse;
    try {
      answer = await cloud.answer(request);
    } catch (error) {
      onBug(error);
      const text = 'We encountered an internal error. Please try again.';
      answer = atTheDoor(request, 500, 'InternalError', text);
    } finally {
      waiting -= body.length;
    }
    send(response, request, answer);
  }

  const listener: RequestListener = (message, response) => {
    handle(message, response).catch((error: unknown) => {
      // A client that hung up is no bug.
      if (!message.destroyed || message.complete) onBug(error);
      response.destroy();
    });
  };

  const settings = {
    maxHeaderSize: MAX_HEADERS,
    requestTimeout: REQUEST_SECONDS * 1000,
    headersTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 5_000,
  };
  const server = tls
    ? createTlsServer({ ...settings, handshakeTimeout: 10_000, ...tls }, listener)
    : createServer(settings, listener);
  server.maxConnections = MAX_CONNECTIONS;
  server.on('checkContinue', (message: IncomingMessage, response: ServerResponse) => {
    if (!(announced(message) > MAX_BODY)) response.writeContinue();
    listener(message, response);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  return server;
}
