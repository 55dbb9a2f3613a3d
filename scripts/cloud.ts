// `npm run cloud -- [options]`: S3 and KMS of the simulated account on 127.0.0.1, until Ctrl-C.
import { startEndpoint } from '../cloud/endpoint';
import { readOptions, USAGE, Usage } from '../cloud/options';

async function start(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  const endpoint = await startEndpoint(options, (error) => {
    process.stderr.write(`A bug in Sealed: ${(error as Error).stack ?? error}\n`);
  });
  process.stdout.write(`${endpoint.help}\nCtrl-C ends it.\n`);
  const end = (): void => {
    endpoint.close().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

try {
  await start(process.argv.slice(2));
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE' || code === 'EACCES')
    process.stderr.write(`The port cannot be used: ${message}. Choose another with --port.\n`);
  else if (error instanceof Usage) process.stderr.write(`${message}\n\n${USAGE}`);
  else throw error;
  process.exitCode = 2;
}
