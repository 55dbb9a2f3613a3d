// Serves the built app from dist/ on 127.0.0.1, with the headers of vite.config.ts, and prints its address.
// `--port N` or PORT sets the port (4173); a busy port means the next one, unless `--strict`. Ctrl-C ends it.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { preview } from 'vite';

const { values } = parseArgs({
  options: { port: { type: 'string' }, strict: { type: 'boolean' } },
});
const port = Number(values.port ?? process.env.PORT ?? 4173);
const fail = (why) => {
  console.error(why);
  process.exit(1);
};
if (!Number.isInteger(port) || port < 1 || port > 65535) fail('The port must be 1 to 65535.');
if (!existsSync('dist/index.html')) fail('There is no dist/ yet. Run `npm run build` first.');

const server = await preview({
  logLevel: 'silent',
  preview: { port, strictPort: Boolean(values.strict), open: false },
}).catch((error) => fail(`The app could not be served: ${error.message}`));

const stop = () => {
  server.close().finally(() => process.exit(0));
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

console.log(`Sealed is at ${server.resolvedUrls.local[0]} (Ctrl-C ends it)`);
