// Servers of the comparison in processes of their own, and a client that does as little as a client can: requests are
// signed before the clock starts, and one connection is kept open.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Bytes } from '../src/sim';
import { REGION } from '../src/sim/names';
import { type Sending, signed } from '../src/sim/testing/signing';

export const BUCKET = 'bench';

export interface Served {
  readonly url: URL;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  stop(): void;
}

async function started(script: string, ...args: string[]): Promise<[ChildProcess, string[]]> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(execPath, ['--import', 'tsx', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.startsWith('http') || line.startsWith('Ctrl-C')) break;
  }
  child.stdout.resume();
  return [child, lines];
}

export async function startS3rver(): Promise<Served> {
  const [child, [url = '']] = await started('./s3rver.cjs');
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  return { url: new URL(url), credentials, stop: () => child.kill() };
}

export async function startSealed(): Promise<Served> {
  const [child, lines] = await started('../scripts/cloud.ts', '--port', '0');
  const valueAfter = (name: string): string =>
    lines.find((line) => line.includes(`${name}=`))?.split(`${name}=`)[1] ?? '';
  const url = /http:\S+\d/.exec(lines.join('\n'))?.[0] ?? '';
  const credentials = {
    accessKeyId: valueAfter('AWS_ACCESS_KEY_ID'),
    secretAccessKey: valueAfter('AWS_SECRET_ACCESS_KEY'),
  };
  return { url: new URL(url), credentials, stop: () => child.kill() };
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
export const hangUp = (): void => agent.destroy();

export type Call = () => Promise<Bytes>;

/** A request, signed now, to be sent once. */
export function prepared({ url, credentials }: Served, sending: Sending): Call {
  const amzDate = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${amzDate.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const key = sending.key ? `${BUCKET}/${sending.key}` : BUCKET;
  const by = { ...credentials, principal: '' };
  const message = signed({ ...sending, key, amzDate, scope, host: url.host, by });
  const { method, path, headers, body } = message;
  const length = { 'content-length': String(body.length) };
  return async () => {
    const sent = request(url, { agent, method, path, headers: { ...headers, ...length } });
    sent.on('error', () => {}); // told by `once`; another after the first must not end the process
    sent.end(body);
    const [answer] = await once(sent, 'response');
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part);
    const text = new Uint8Array(Buffer.concat(parts));
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${new TextDecoder().decode(text)}`);
    return text;
  };
}
