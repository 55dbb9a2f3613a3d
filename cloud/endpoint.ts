// The whole endpoint: a world, a server on the loopback interface, and how it ends.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './certificate';
import { machineClock } from './clock';
import { type Cloud, createCloud } from './engine';
import { helpOf } from './help';
import { Feed } from './live/feed';
import { liveRoutes } from './live/routes';
import { computeNatively } from './native';
import type { EndpointOptions } from './options';
import { ownRoutes } from './own-routes';
import { serve } from './server';

/** What is being answered gets this long to be done. */
const PATIENCE_MS = 3_000;

export interface Endpoint {
  readonly cloud: Cloud;
  readonly url: string;
  readonly help: string;
  /** Takes no more requests, answers those in hand, and lets go of the port. */
  close(): Promise<void>;
}

function inAFile(certificate: string): { file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-cloud-'));
  const file = join(folder, 'certificate.pem');
  writeFileSync(file, certificate);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** When all answers are out, or patience is. */
async function settled(responses: ReadonlySet<ServerResponse>): Promise<void> {
  const impatient = new AbortController();
  const patience = setTimeout(() => impatient.abort(), PATIENCE_MS);
  const out = [...responses].map((response) =>
    once(response, 'close', { signal: impatient.signal }).catch(() => {}),
  );
  await Promise.all(out);
  clearTimeout(patience);
}

export async function startEndpoint(
  { port, seed, tls, strict, live }: EndpointOptions,
  onBug: (error: unknown) => void,
): Promise<Endpoint> {
  computeNatively();
  const feed = live === undefined ? undefined : new Feed();
  const cloud = createCloud({
    seed,
    clock: machineClock,
    ...(feed ? { onAnswered: () => feed.add(cloud.trace()) } : {}),
  });
  const certificate = tls ? await makeCertificate(machineClock.now()) : undefined;
  let help = '';
  const server = serve({
    cloud,
    tls: certificate,
    isStrict: strict,
    own: (request, response) =>
      ownRoutes(
        cloud,
        help,
        feed && live !== undefined ? liveRoutes(feed, live) : undefined,
      )(request, response),
    onBug,
  });
  const inHand = new Set<ServerResponse>();
  server.on('request', ({ url }, response) => {
    // A page that listens never has its whole answer.
    if (url?.startsWith('/_sealed/live/events')) return;
    inHand.add(response);
    response.once('close', () => inHand.delete(response));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const scheme = tls ? 'https' : 'http';
  const url = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const trusted = certificate && inAFile(certificate.cert);
  help = helpOf(cloud, { url, certificate: trusted?.file });

  return {
    cloud,
    url,
    help,
    async close() {
      trusted?.remove();
      const closed = once(server, 'close');
      server.close();
      await settled(inHand);
      server.closeAllConnections();
      await closed;
    },
  };
}
