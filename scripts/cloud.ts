// `npm run cloud -- [options]`: S3 and KMS of the simulated account on 127.0.0.1, until Ctrl-C.
import { spawn, spawnSync } from 'node:child_process';
import { startEndpoint } from '../cloud/endpoint';
import { readOptions, USAGE, Usage } from '../cloud/options';

function buildPage(): void {
  const built = spawnSync('npm', ['run', '--silent', 'build', '--', '--logLevel', 'error'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (built.signal) process.exit(130);
  if (built.status !== 0) throw new Usage('The page could not be built: see above');
}

/** Where no browser can be opened, the address has been printed. */
function openInBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address];
  const child = spawn(command as string, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

async function start(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  if (options.live !== undefined) buildPage();
  const endpoint = await startEndpoint(options, (error) => {
    process.stderr.write(`A bug in Sealed: ${(error as Error).stack ?? error}\n`);
  });
  process.stdout.write(`${endpoint.help}\nCtrl-C ends it.\n`);
  if (options.live !== undefined) {
    const address = `${endpoint.url}/_sealed/page/?live`;
    process.stdout.write(`\nWatch requests as they arrive: ${address}\n`);
    openInBrowser(address);
  }
  const end = (): void => {
    endpoint.close().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

try {
  await start(process.argv.slice(2));
} catch (error) {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' && (code === 'EADDRINUSE' || code === 'EACCES'))
    process.stderr.write(`The port cannot be used: ${message}. Choose another with --port.\n`);
  else if (error instanceof Usage) process.stderr.write(`${message}\n\n${USAGE}`);
  else throw error;
  process.exitCode = 2;
}
