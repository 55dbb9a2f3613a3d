// An endpoint for live.spec.ts, with the page as it has been built. Prints its address and credentials as one line of
// JSON; ends with its parent.
import { startEndpoint } from '../cloud/endpoint';

const [port = '0'] = process.argv.slice(2);
const endpoint = await startEndpoint(
  { port: Number(port), seed: 'live', tls: false, strict: false, live: 'dist' },
  (error) => {
    process.stderr.write(`${(error as Error).stack ?? error}\n`);
    process.exit(1);
  },
);
const { url, cloud } = endpoint;
process.stdout.write(`${JSON.stringify({ url, ...cloud.admin })}\n`);
process.stdin.resume().once('end', () => void endpoint.close().then(() => process.exit(0)));
