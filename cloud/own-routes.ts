// What the endpoint answers about itself, below /_sealed/.
//   GET /_sealed/                                     how to use it, with the credentials
//   GET /_sealed/trace?format=json|text|har&last=n    what happened in the last n requests (one, unless told otherwise)
//   GET /_sealed/cloudtrail?data-events=true          the log that CloudTrail would have of all that is recorded
//   GET /_sealed/page/, /_sealed/live/…               the live page, with --open (live/routes.ts)
import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { cloudTrailOf, type HttpRequest } from '../src/sim';
import type { Cloud } from './engine';
import { CONTENT_TYPE, FORMATS, type Format, written } from './trace/formats';

/** Names that a page of some other site cannot have this machine answer to. */
const OWN_HOST = /^(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?$/;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly pieces: Iterable<string>;
}

const text = (status: number, body: string): Answer => ({
  status,
  type: CONTENT_TYPE.text,
  pieces: [body],
});

function traceOf(cloud: Cloud, query: URLSearchParams): Answer {
  const format = query.get('format') ?? 'text';
  const last = query.get('last') ?? '1';
  if (!FORMATS.includes(format as Format))
    return text(400, `Unknown format '${format}'. There is: ${FORMATS.join(', ')}\n`);
  if (!/^[1-9]\d{0,5}$/.test(last))
    return text(400, `last is a number of requests, not '${last}'.\n`);
  return {
    status: 200,
    type: CONTENT_TYPE[format as Format],
    pieces: written(cloud.trace(), format as Format, Number(last)),
  };
}

function answerOf(cloud: Cloud, help: string, { method, path, headers }: HttpRequest): Answer {
  // A page of another site, let to this address by its own name server, must not read what is here.
  if (!OWN_HOST.test(headers.host ?? ''))
    return text(403, 'Ask by the name localhost or the address 127.0.0.1.\n');
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'Only GET.\n');
  const [pathname, search] = path.split(/\?(.*)/s, 2);
  const query = new URLSearchParams(search);
  if (pathname === '/_sealed' || pathname === '/_sealed/') return text(200, help);
  if (pathname === '/_sealed/trace') return traceOf(cloud, query);
  if (pathname === '/_sealed/cloudtrail') {
    const log = cloudTrailOf(cloud.trace().steps, query.get('data-events') === 'true');
    return {
      status: 200,
      type: CONTENT_TYPE.json,
      pieces: [JSON.stringify(log, undefined, 2), '\n'],
    };
  }
  return text(404, `There is nothing at ${pathname}.\n\n${help}`);
}

const originOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;

/** `live` answers first, if it is there; true when it has answered. */
export const ownRoutes =
  (
    cloud: Cloud,
    help: string,
    live: ((request: HttpRequest, response: ServerResponse) => boolean) | undefined,
  ) =>
  (request: HttpRequest, response: ServerResponse): void => {
    const { host = '', origin } = request.headers;
    // A page of somebody else's may send requests here, but has nothing to listen to.
    const isOurs = OWN_HOST.test(host) && (origin === undefined || originOf(origin) === host);
    if (isOurs && request.method === 'GET' && live?.(request, response)) return;
    const { status, type, pieces } = answerOf(cloud, help, request);
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    if (request.method === 'HEAD') response.end();
    // A client that hangs up meanwhile ends it.
    else pipeline(Readable.from(pieces), response, () => {});
  };
