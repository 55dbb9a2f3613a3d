// A small world for tests: every actor of AWS, one bucket, three people whose identity policies allow them everything.
import { XMLParser } from 'fast-xml-parser';
import { type Clock, createClock } from '../clock';
import { EMPTY, toBase64, toUtf8 } from '../crypto/bytes';
import { md5Base64 } from '../crypto/checksums';
import { createHsm } from '../hsm/hsm';
import { encodeKey, readJson, request } from '../http';
import { IamDirectory } from '../iam/directory';
import type { PolicyDocument } from '../iam/policy';
import { createKms, kmsRequest } from '../kms/kms';
import { ACCOUNT_ID, ADMIN, ANA, KMS_SERVICE, PRINCIPAL } from '../names';
import { type RandomSource, seededRandom } from '../random';
import type { Bounds } from '../recorder/recording';
import { bucketHost } from '../s3/address';
import { type BucketEncryption, NEW_BUCKET, writeBucketEncryption } from '../s3/buckets';
import { EVERY_OPERATION } from '../s3/every-operation';
import { C_ALGORITHM, C_KEY, C_KEY_MD5 } from '../s3/headers';
import { operationOf } from '../s3/routes';
import { createS3 } from '../s3/s3';
import { createS3Keys } from '../s3-keys/s3-keys';
import { createStorage, type Storage, type StoredRecord } from '../storage/storage';
import type { Actor, Bytes, Headers, HttpResponse, Operation, Step } from '../types';
import { createWorld, type World } from '../world';

export const BUCKET = 'diary';
export const BEN = `arn:aws:iam::${ACCOUNT_ID}:user/ben`;
const EVERYTHING: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

export interface KmsAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Scene {
  readonly world: World;
  readonly storage: Storage;
  readonly iam: IamDirectory;
  readonly clock: Clock;
  /** A request to S3 as it is on the wire; by Ana unless the headers say otherwise. */
  s3(method: string, path: string, headers?: Headers, body?: Bytes): Promise<HttpResponse>;
  put(key: string, body: Bytes, headers?: Headers): Promise<HttpResponse>;
  get(key: string, headers?: Headers): Promise<HttpResponse>;
  /** A call of KMS, by the administrator unless the headers say otherwise. */
  kms(operation: Operation, parameters: unknown, headers?: Headers): Promise<KmsAnswer>;
  /** ARN of a new customer managed key. */
  createKey(policy?: PolicyDocument): Promise<string>;
  /** Sets the bucket's default encryption over PutBucketEncryption. */
  configure(encryption: Partial<BucketEncryption>): Promise<void>;
  stored(key: string): StoredRecord;
  /** The steps since the last call of this. */
  news(): readonly Step[];
}

interface Options {
  readonly seed?: string;
  readonly random?: RandomSource;
  readonly client?: Actor;
  /** How much of a long life is recorded; everything, unless said. */
  readonly bounds?: Bounds;
}

export async function createScene({
  seed = 'scene',
  random,
  client,
  bounds,
}: Options = {}): Promise<Scene> {
  const iam = new IamDirectory();
  for (const principal of [ADMIN, ANA, BEN]) iam.put(principal, EVERYTHING);
  const storage = createStorage();
  const clock = createClock('2026-11-23T09:00:00.000Z');
  const world = createWorld({
    random: random ?? seededRandom(seed),
    clock,
    ...(bounds ? { bounds } : {}),
    actors: {
      s3: createS3(iam, EVERY_OPERATION),
      's3-keys': createS3Keys(),
      kms: createKms(iam),
      hsm: createHsm(),
      storage: storage.actor,
      ...(client ? { client } : {}),
    },
  });
  let seen = 0;

  const scene: Scene = {
    world,
    storage,
    iam,
    clock,
    s3(method, path, headers = {}, body = EMPTY) {
      const all = { host: bucketHost(BUCKET), [PRINCIPAL]: ANA, ...headers };
      const message = request(method, path, all, body);
      // A request that S3 refuses for being none is recorded under some name, too.
      return world.you.send('s3', operationOf(message) ?? 'GetObject', message);
    },
    put: (key, body, headers) => scene.s3('PUT', `/${encodeKey(key)}`, headers, body),
    get: (key, headers) => scene.s3('GET', `/${encodeKey(key)}`, headers),
    async kms(operation, parameters, headers = {}) {
      const all = { host: KMS_SERVICE, [PRINCIPAL]: ADMIN, ...headers };
      const answer = await world.you.send('kms', operation, kmsRequest(operation, parameters, all));
      return { status: answer.status, body: readJson(answer.body) ?? {} };
    },
    async createKey(policy) {
      const parameters = policy
        ? { Policy: JSON.stringify(policy), BypassPolicyLockoutSafetyCheck: true }
        : {};
      const { body } = await scene.kms('CreateKey', parameters);
      return (body.KeyMetadata as { Arn: string }).Arn;
    },
    async configure(encryption) {
      const body = writeBucketEncryption({ ...NEW_BUCKET, ...encryption });
      const { status } = await scene.s3('PUT', '/?encryption', {}, body);
      if (status !== 200) throw new Error(`PutBucketEncryption answered ${status}`);
    },
    stored(key) {
      const record = storage.read(`/${BUCKET}/${encodeKey(key)}`);
      if (!record) throw new Error(`${key} is not stored`);
      return record;
    },
    news() {
      const { steps } = world.trace();
      const fresh = steps.slice(seen);
      seen = steps.length;
      return fresh;
    },
  };
  await scene.s3('PUT', '/');
  return scene;
}

const parser = new XMLParser({ parseTagValue: false });

/** The elements of an S3 error's XML. */
export const errorOf = (response: HttpResponse): Record<string, string> =>
  (parser.parse(toUtf8(response.body)) as { Error?: Record<string, string> }).Error ?? {};

/** The three SSE-C headers. */
export const customerKeyHeaders = (key: Bytes): Record<string, string> => ({
  [C_ALGORITHM]: 'AES256',
  [C_KEY]: toBase64(key),
  [C_KEY_MD5]: md5Base64(key),
});
