// `npm run interop`: objects of the Ruby S3 Encryption Client (aws-sdk-s3) open here, and ours there, through the
// endpoint. Needs Ruby with aws-sdk-s3 and aws-sdk-kms; says so where they are not there.
import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startEndpoint } from '../cloud/endpoint';
import { credentialsOf } from '../cloud/help';
import {
  type Actor,
  aesKeyring,
  clientCall,
  createClock,
  createWorld,
  type Keyring,
  kmsKeyring,
  names,
  rsaKeyring,
  seededRandom,
} from '../src/sim';
import { concat, fromUtf8, toBase64, toUtf8 } from '../src/sim/crypto/bytes';
import { type ClientOptions, fullEncryptionClient } from '../src/sim/outside';
import { signed } from '../src/sim/testing/signing';

const TEXT = 'Dear diary, read in one language and written in another: äöü 🔐.';
const BUCKET = 'interop';
const RUBY = ['ruby', '-e', "require 'aws-sdk-s3'; require 'aws-sdk-kms'"] as const;

if (spawnSync(RUBY[0], RUBY.slice(1), { stdio: 'ignore' }).status !== 0) {
  console.log(
    'skipped: Ruby with aws-sdk-s3 and aws-sdk-kms is not installed here (apt-get install ruby-aws-sdk-s3)',
  );
  process.exit(0);
}

let bugs = 0;
const options = { port: 0, seed: 'interop', tls: false, strict: false };
const endpoint = await startEndpoint(options, (error) => {
  bugs++;
  console.error(error);
});
const { cloud, url } = endpoint;
const { accessKeyId, secretAccessKey } = cloud.admin;
const settings = {
  endpoint: url,
  region: names.REGION,
  credentials: { accessKeyId, secretAccessKey },
};
await new S3Client({ ...settings, forcePathStyle: true }).send(
  new CreateBucketCommand({
    Bucket: BUCKET,
    CreateBucketConfiguration: { LocationConstraint: names.REGION as 'eu-west-1' },
  }),
);
const made = await new KMSClient(settings).send(new CreateKeyCommand({}));
const keyArn = made.KeyMetadata?.Arn ?? '';

/** S3 or KMS of the endpoint as a peer of our client: what is sent there is signed on the way. */
const across =
  (service: 's3' | 'kms'): Actor =>
  ({ method, path, headers, body }) => {
    const amzDate = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const sent = Object.entries(headers).filter(([name]) => !name.startsWith('x-sealed-'));
    return cloud.answer(
      signed({
        method,
        key: decodeURIComponent(path.slice(1)),
        headers: Object.fromEntries(sent),
        host: headers.host ?? '',
        body,
        amzDate,
        scope: `${amzDate.slice(0, 8)}/${names.REGION}/${service}/aws4_request`,
        by: cloud.admin,
      }),
    );
  };

const aesKey = randomBytes(32);
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = (key: typeof rsa.privateKey | typeof rsa.publicKey): string =>
  toBase64(fromUtf8(JSON.stringify(key.export({ format: 'jwk' }))));
const KEYS = {
  aes: [aesKeyring, { WrappingKey: toBase64(concat(aesKey)) }],
  rsa: [rsaKeyring, { WrappingKey: jwk(rsa.privateKey), WrappingPublicKey: jwk(rsa.publicKey) }],
  kms: [kmsKeyring(keyArn), {}],
} as const satisfies Record<string, readonly [Keyring, object]>;
type KeyName = keyof typeof KEYS;
const PLACES = ['metadata', 'instruction_file'] as const;

async function ask(
  name: KeyName,
  operation: 'PutObject' | 'GetObject',
  key: string,
  more: Omit<ClientOptions, 'keyring'>,
  context: object = {},
): Promise<string> {
  const [keyring, keys] = KEYS[name];
  const world = createWorld({
    random: seededRandom(randomBytes(8).toString('hex')),
    clock: createClock(new Date().toISOString()),
    actors: {
      client: fullEncryptionClient({ keyring, ...more }),
      s3: across('s3'),
      kms: across('kms'),
    },
  });
  const body = operation === 'PutObject' ? fromUtf8(TEXT) : undefined;
  const call = clientCall(operation, { Bucket: BUCKET, Key: key, ...keys, ...context }, body);
  const answer = await world.you.send('client', operation, call);
  if (answer.status >= 300) throw new Error(toUtf8(answer.body));
  return toUtf8(answer.body);
}

let failed = 0;
async function check(name: string, work: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await work())) throw new Error('read something else');
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${(error as Error).message}`);
  }
}

for (const name of Object.keys(KEYS) as KeyName[])
  for (const place of PLACES)
    await check(`Sealed V2 writes with ${name}, ${place}`, async () => {
      const context = name === 'kms' ? { EncryptionContext: '{"mood":"good"}' } : {};
      const more = {
        commitmentPolicy: 'FORBID_ENCRYPT_ALLOW_DECRYPT',
        instructionFiles: place === 'instruction_file',
      } as const;
      await ask(name, 'PutObject', `sealed-${name}-${place}`, more, context);
      return true;
    });

const environment = {
  ...process.env,
  ...credentialsOf(cloud.admin),
  INTEROP_URL: url,
  INTEROP_BUCKET: BUCKET,
  INTEROP_TEXT: TEXT,
  INTEROP_KMS_KEY: keyArn,
  INTEROP_AES_KEY: aesKey.toString('base64'),
  INTEROP_RSA_PEM: rsa.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString(),
};
const code = await new Promise<number>((done) => {
  const stdio = ['ignore', 'inherit', 'inherit'] as const;
  const child = spawn('ruby', ['-W0', 'cloud/clients/interop.rb'], {
    stdio: [...stdio],
    env: environment,
  });
  child.once('error', () => done(1));
  child.once('exit', (status) => done(status ?? 1));
});

const reading = {
  commitmentPolicy: 'REQUIRE_ENCRYPT_ALLOW_DECRYPT',
  legacyWrappingAlgorithms: true,
  legacyUnauthenticatedModes: true,
} as const;
for (const name of Object.keys(KEYS) as KeyName[]) {
  for (const place of PLACES)
    await check(
      `Sealed reads what Ruby V2 wrote with ${name}, ${place}`,
      async () => (await ask(name, 'GetObject', `ruby-v2-${name}-${place}`, reading)) === TEXT,
    );
  await check(
    `Sealed reads what Ruby V1 wrote with ${name}`,
    async () => (await ask(name, 'GetObject', `ruby-v1-${name}`, reading)) === TEXT,
  );
  await check(`Sealed reads a part of what Ruby V2 wrote with ${name}`, async () => {
    const whole = Buffer.from(TEXT);
    const part = await ask(name, 'GetObject', `ruby-v2-${name}-metadata`, reading, {
      Range: 'bytes=5-9',
    });
    return part === whole.subarray(5, 10).toString();
  });
}

await endpoint.close();
process.exit(failed + code + bugs > 0 ? 1 : 0);
