// `npm run clients`: boto3 and the AWS CLI, where they are installed, against the endpoint. What is not there is skipped,
// and said to be.
import { spawn, spawnSync } from 'node:child_process';
import { startEndpoint } from '../cloud/endpoint';
import { credentialsOf } from '../cloud/help';

const CHECKS = [
  {
    name: 'boto3',
    found: ['python3', '-c', 'import boto3'],
    run: ['python3', 'cloud/clients/boto3_check.py'],
    install: 'apt-get install python3-boto3, or pip install boto3',
  },
  {
    name: 'the AWS CLI',
    found: ['aws', '--version'],
    run: ['bash', 'cloud/clients/cli-check.sh'],
    install: 'apt-get install awscli',
  },
] as const;

const isThere = ([command, ...args]: readonly [string, ...string[]]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

let bugs = 0;
const endpoint = await startEndpoint(
  { port: 0, seed: 'clients', tls: false, strict: false },
  (error) => {
    bugs++;
    console.error(error);
  },
);
const environment = {
  ...process.env,
  ...credentialsOf(endpoint.cloud.admin),
  AWS_EC2_METADATA_DISABLED: 'true',
};

const run = ([command, ...args]: readonly [string, ...string[]]): Promise<number> =>
  new Promise((done) => {
    const child = spawn(command, [...args, endpoint.url], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: environment,
    });
    child.once('error', () => done(1));
    child.once('exit', (code) => done(code ?? 1));
  });

let failed = 0;
for (const { name, found, run: command, install } of CHECKS) {
  if (!isThere(found)) {
    console.log(`skipped ${name}: it is not installed here (${install})`);
    continue;
  }
  console.log(`--- ${name}`);
  if ((await run(command)) !== 0) failed++;
}
await endpoint.close();
process.exitCode = failed + bugs > 0 ? 1 : 0;
