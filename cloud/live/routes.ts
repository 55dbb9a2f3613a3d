// What a live page asks the endpoint for, below /_sealed/.
//   GET /_sealed/page/…        the built page
//   GET /_sealed/live/events   server-sent events: `hello` with the world and what there is, then `request` after `request`
//   GET /_sealed/live/<id>     the steps of one request
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import type { HttpRequest } from '../../src/sim';
import type { Feed } from './feed';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
};
/** The page's own policy is in the page; it may be shown in no frame. */
const HEADERS = {
  'content-security-policy': "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const PAGE = '/_sealed/page/';
const LIVE = '/_sealed/live/';

function file(response: ServerResponse, folder: string, name: string): boolean {
  const root = resolve(folder);
  const path = normalize(join(root, name === '' ? 'index.html' : name));
  if (!path.startsWith(root + sep)) return false;
  try {
    const bytes = readFileSync(path);
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    response.writeHead(200, { ...HEADERS, 'content-type': type }).end(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Pages that may listen at once, and what may wait for one that reads too slowly. */
const MAX_LISTENERS = 32;
const MAX_WAITING = 1 << 20;

function events(response: ServerResponse, feed: Feed): void {
  if (feed.listeners >= MAX_LISTENERS) {
    response.writeHead(503, HEADERS).end('Too many pages are listening already.\n');
    return;
  }
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  const send = (event: string, data: unknown): void => {
    // It comes back, and is told of all that is kept.
    if (response.writableLength > MAX_WAITING) response.destroy();
    else response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  // A page that loses the connection comes back after a second.
  response.write('retry: 1000\n\n');
  send('hello', { world: feed.world, requests: feed.all() });
  const stop = feed.listen((told) => send('request', told));
  response.once('close', stop);
}

/** True when the request was one of these and has been answered. */
export function liveRoutes(feed: Feed, folder: string) {
  return ({ path }: HttpRequest, response: ServerResponse): boolean => {
    const [pathname = ''] = path.split('?', 1);
    if (pathname.startsWith(PAGE)) return file(response, folder, pathname.slice(PAGE.length));
    if (!pathname.startsWith(LIVE)) return false;
    const rest = pathname.slice(LIVE.length);
    if (rest === 'events') {
      events(response, feed);
      return true;
    }
    const run = /^\d{1,15}$/.test(rest) ? feed.run(Number(rest)) : undefined;
    if (run === undefined) return false;
    response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' }).end(run);
    return true;
  };
}
