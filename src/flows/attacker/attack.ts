// An attack, really tried: what somebody has at a vantage, every question they may ask of S3 and KMS, and every key on
// everything that looks encrypted.
import {
  type Bytes,
  bucketHost,
  encodeKey,
  type HttpResponse,
  jsonBody,
  kmsRequest,
  md5Base64,
  names,
  readJson,
  request,
  sameBytes,
  type Trace,
  toBase64,
  toUtf8,
} from '../../sim';
import { storeScenario } from '../run';
import type { Stage } from '../stage';
import type { Scenario } from '../types';
import { type Found, havesOf, onTheWire, valuesIn } from './haves';
import { isKey, Tries, tryKeys } from './tries';
import type { Attack, Have, VantageId } from './types';

/** Who asks, and what of S3 and KMS they may do. Undefined: nobody who could ask. */
interface Thief {
  readonly principal: string | undefined;
  prepare(stage: Stage): Promise<unknown>;
  readonly asksKms: boolean;
}

const nothing = async (): Promise<void> => undefined;
const kmsOnly = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
});
const publicRead = (bucket: string): Bytes =>
  jsonBody({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `${names.bucketArn(bucket)}/*`,
      },
    ],
  });

const THIEVES: Readonly<Partial<Record<VantageId, Thief>>> = {
  credentials: { principal: names.ANA, prepare: nothing, asksKms: true },
  'credentials-no-kms': {
    principal: names.ANA,
    prepare: (stage) => stage.setIdentityPolicy('kms:Decrypt'),
    asksKms: true,
  },
  kms: {
    principal: names.ANA,
    prepare: (stage) => stage.writeIdentityPolicy(kmsOnly),
    asksKms: true,
  },
  client: { principal: names.ANA, prepare: nothing, asksKms: true },
  bucket: {
    principal: undefined,
    prepare: (stage) => stage.s3('PutBucketPolicy', 'PUT', '?policy', publicRead(stage.bucket)),
    asksKms: false,
  },
};

/** The world as it is when the object has been stored, to ask it. Of the changes by hand, those that were made by then. */
async function storedWorld(scenario: Scenario, { chapters }: Trace): Promise<Stage> {
  const end = chapters.find(({ id }) => id === 'get')?.start ?? Number.POSITIVE_INFINITY;
  const changes = (scenario.changes ?? []).filter(({ at }) => at < end);
  const { stage } = await storeScenario({ ...scenario, changes });
  await stage.world.reach();
  return stage;
}

const codeOf = ({ status, headers, body }: HttpResponse): string => {
  const text = toUtf8(body);
  const code = /<Code>([^<]+)/.exec(text)?.[1] ?? readJson(body)?.__type;
  return [status, code ?? headers['x-amzn-errortype']].filter(Boolean).join(' ');
};

async function askS3(tries: Tries, stage: Stage, thief: Thief, keyAt?: number): Promise<void> {
  const key = keyAt === undefined ? undefined : tries.haves[keyAt]?.bytes;
  const headers = {
    host: bucketHost(stage.bucket),
    ...(thief.principal ? { [names.PRINCIPAL]: thief.principal } : {}),
    ...(key
      ? {
          'x-amz-server-side-encryption-customer-algorithm': 'AES256',
          'x-amz-server-side-encryption-customer-key': toBase64(key),
          'x-amz-server-side-encryption-customer-key-md5': md5Base64(key),
        }
      : {}),
  };
  await tries.once('S3', keyAt, undefined, async () => {
    const message = request('GET', `/${encodeKey(stage.key)}`, headers);
    const answer = await stage.you.send('s3', 'GetObject', message);
    const isGiven = answer.status === 200;
    const source = `S3's answer ${tries.attempts.length}`;
    return { found: isGiven ? valuesIn(answer, source, -1) : [], answer: codeOf(answer) };
  });
}

/** Everything that may be an encrypted data key, with every context that lies beside it. */
async function askKms(tries: Tries, stage: Stage, { principal }: Thief): Promise<void> {
  for (let i = 0; i < tries.haves.length; i++) {
    const have = tries.haves[i] as Found;
    if (have.bytes.length < 64 || have.name === 'body' || have.bytes[0] === 0x7b) continue;
    const contexts = tries
      .of(have.source)
      .flatMap(({ bytes }) => (bytes[0] === 0x7b ? [readJson(bytes)] : []));
    await tries.once('KMS', undefined, i, async () => {
      let answer = '';
      for (const EncryptionContext of [undefined, ...contexts]) {
        const parameters = { CiphertextBlob: toBase64(have.bytes), EncryptionContext };
        const headers = { host: names.KMS_SERVICE, [names.PRINCIPAL]: principal ?? '' };
        const message = kmsRequest('Decrypt', parameters, headers);
        const given = await stage.you.send('kms', 'Decrypt', message);
        answer = codeOf(given);
        if (given.status === 200)
          return { found: valuesIn(given, have.source, -1).filter(isKey), answer };
      }
      return { found: [], answer };
    });
  }
}

async function askEverybody(tries: Tries, stage: Stage, thief: Thief): Promise<void> {
  await thief.prepare(stage);
  await askS3(tries, stage, thief);
  const keys = tries.haves.flatMap((have, i) => (isKey(have) ? [i] : []));
  for (const key of keys) await askS3(tries, stage, thief, key);
  if (thief.asksKms) await askKms(tries, stage, thief);
}

function whyOf(tries: Tries, object: number | undefined, vantage: VantageId): Attack['why'] {
  if (object !== undefined) {
    const { step, attempt } = tries.haves[object] as Have;
    if (step >= 0) return 'plain';
    return tries.attempts[attempt]?.way === 'S3' ? 'S3 opens it' : 'opened';
  }
  if (vantage === 'wire-tls') return 'sizes only';
  if (tries.haves.length > 0) return 'no key';
  return tries.attempts.length > 0 ? 'refused' : 'nothing';
}

/** `at`: the step at which memory is looked into. The trace is that of the scenario. */
export async function attackOn(
  scenario: Scenario,
  trace: Trace,
  vantage: VantageId,
  at: number,
): Promise<Attack> {
  const tries = new Tries();
  for (const found of havesOf(trace, vantage, at)) tries.add(found);
  const thief = THIEVES[vantage];
  if (thief) await askEverybody(tries, await storedWorld(scenario, trace), thief);
  await tryKeys(tries);
  const is = (have: Found): boolean => sameBytes(have.bytes, scenario.own.object);
  const found = tries.haves.findIndex(is);
  const object = found < 0 ? undefined : found;
  const isWire = vantage === 'wire' || vantage === 'wire-tls';
  return {
    vantage,
    at,
    haves: tries.haves.map(({ name, bytes, step, attempt }) => ({ name, bytes, step, attempt })),
    attempts: tries.attempts,
    reads: object !== undefined,
    why: whyOf(tries, object, vantage),
    object,
    refusal: tries.attempts.find(({ answer, isOpen }) => answer && !isOpen)?.answer,
    seen: isWire ? onTheWire(trace).map(({ index }) => index) : [],
  };
}
