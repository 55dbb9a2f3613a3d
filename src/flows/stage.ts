// The world a scenario plays in, and what people do in it: you with a client library, an administrator with keys and
// buckets, and what befalls the disks. No crypto and no outcome here: everything is a call to an actor.
import {
  type Actor,
  type BucketEncryption,
  type Bytes,
  type CallParameters,
  clientCall,
  contextToHeader,
  copy,
  createClock,
  createHsm,
  createKms,
  createS3,
  createS3Keys,
  createStorage,
  createWorld,
  type Desk,
  EMPTY,
  encodeKey,
  fromUtf8,
  type Hand,
  type HttpResponse,
  IamDirectory,
  jsonBody,
  looked,
  NEW_BUCKET,
  names,
  type Operation,
  readIdentityPolicy,
  type Step,
  type StepKey,
  type StoredRecord,
  seededRandom,
  type World,
  writeBucketEncryption,
} from '../sim';
import { askKmsAsAdmin, askS3AsAdmin, HERE } from './admin';
import { adminPolicy, userPolicy } from './first-policies';
import type { Scenario } from './types';

/** When every run begins, on the world's own clock. */
const START = '2026-11-23T09:00:00.000Z';
export const KEY_ALIAS = 'alias/diary';
const LARGE = 1 << 20;

/** A hand that needs to know whom it reaches. */
export interface StageHand extends Hand {
  /** Actors as they are when what reaches them can be broken in any way. */
  guard(actors: Readonly<Record<string, Actor>>): Readonly<Record<string, Actor>>;
  reaches(stage: Stage): void;
}

const OTHER_KEY = 'shopping-list.txt';
const OTHER_TEXT = 'Bread, pears, a new padlock.';

/** What people do in a scenario. */
export interface Acts {
  /** The client library that you use. */
  client(): Actor;
  /** What the administrator does before; seen at the Deep level only. */
  prepare(stage: Stage): Promise<void>;
  /** True when S3 took the object; then there is something to get. */
  put(stage: Stage): Promise<boolean>;
  get(stage: Stage): Promise<void>;
}

export interface Stage {
  readonly scenario: Scenario;
  readonly world: World;
  readonly you: Desk;
  readonly bucket: string;
  readonly key: string;
  /** Name of the bucket's other object, in scenarios that need two. */
  readonly otherKey: string;
  /** The KMS key made in `prepare`, when there is one. */
  kmsKeyArn: string;
  /** What you give to the client with each call, apart from bucket and key. */
  readonly putParameters: Partial<Record<keyof CallParameters, string>>;
  readonly getParameters: Partial<Record<keyof CallParameters, string>>;
  /** Puts a key of yours on your own shelf, and takes it from there for good. */
  keep(kind: 'wrapping key' | 'customer key', key: Bytes): void;
  lose(kind: 'wrapping key' | 'customer key'): void;
  /** Stores a second object in the same bucket, the same way. */
  putOther(): Promise<void>;
  setIdentityPolicy(denied?: string): Promise<void>;
  /** As somebody wrote it: IAM may refuse it. */
  writeIdentityPolicy(json: string): Promise<void>;
  call(operation: 'PutObject' | 'GetObject', body?: Bytes, key?: string): Promise<HttpResponse>;
  kms(operation: Operation, parameters: unknown): Promise<Record<string, unknown>>;
  s3(operation: Operation, method: string, query: string, body?: Bytes): Promise<HttpResponse>;
  isStored(key: string): boolean;
  stored(key: string): StoredRecord;
  overwrite(key: string, record: StoredRecord): void;
  readonly disks: Desk;
}

export function createStage(
  scenario: Scenario,
  client: Actor,
  deep: readonly StepKey[],
  onStep?: (step: Step) => void,
  hand?: StageHand,
): Stage {
  const iam = new IamDirectory();
  iam.put(names.ADMIN, adminPolicy);
  iam.put(names.ANA, userPolicy());
  const storage = createStorage();
  const { bucket, key } = scenario.own;
  const actors = {
    client,
    s3: createS3(iam),
    's3-keys': createS3Keys(),
    kms: createKms(iam),
    hsm: createHsm(),
    storage: storage.actor,
  };
  const world = createWorld({
    // A stream of its own for each variant, so that bytes of one do not turn up in another and look like a leak.
    random: seededRandom(`${scenario.seed}/${scenario.flow}/${scenario.variant}`),
    clock: createClock(START),
    actors: hand ? hand.guard(actors) : actors,
    deep,
    hand,
    ...(onStep ? { onStep } : {}),
  });
  const { you } = world;
  const kept = new Map<string, Bytes>();
  const path = (name: string): string => `/${bucket}/${encodeKey(name)}`;

  const stage: Stage = {
    scenario,
    world,
    you,
    bucket,
    key,
    otherKey: key === OTHER_KEY ? `another-${OTHER_KEY}` : OTHER_KEY,
    kmsKeyArn: '',
    putParameters: {},
    getParameters: {},
    disks: world.desk('storage'),

    async setIdentityPolicy(denied) {
      const policy = userPolicy(denied);
      iam.put(names.ANA, policy);
      const facts = { principal: names.ANA, without: denied ?? '' };
      await you.does(
        'changes',
        'identity policy',
        looked('IAM PutUserPolicy', facts, undefined, { after: jsonBody(policy) }),
      );
    },

    async writeIdentityPolicy(json) {
      const facts = { principal: names.ANA };
      const inputs = { after: fromUtf8(json) };
      let refusal: Error | undefined;
      try {
        iam.put(names.ANA, readIdentityPolicy(json));
      } catch (error) {
        refusal = error as Error;
      }
      await you
        .does(
          'changes',
          'identity policy',
          looked(
            'IAM PutUserPolicy',
            { ...facts, ...(refusal ? { refused: refusal.message } : {}) },
            refusal,
            inputs,
          ),
        )
        .catch(() => undefined);
    },

    keep(kind, own) {
      kept.set(kind, own);
      you.holds(kind, own);
      you.keeps(kind, [own]);
    },
    lose(kind) {
      you.keeps(kind, []);
      you.forgets(kind, kept.get(kind) ?? EMPTY);
    },

    call(operation, body = EMPTY, name = key) {
      const parameters = operation === 'PutObject' ? stage.putParameters : stage.getParameters;
      return you.send(
        'client',
        operation,
        clientCall(operation, { Bucket: bucket, Key: name, ...parameters }, body),
      );
    },
    async putOther() {
      const object = fromUtf8(OTHER_TEXT);
      you.holds('object', object);
      await stage.call('PutObject', object, stage.otherKey);
      you.forgets('object', object);
    },

    kms: (operation, parameters) => askKmsAsAdmin(you, operation, parameters),

    s3: (operation, method, query, body) =>
      askS3AsAdmin(you, bucket, operation, method, `/${query}`, body),

    isStored: (name) => storage.read(path(name)) !== undefined,
    stored(name) {
      const record = storage.read(path(name));
      if (!record) throw new Error(`nothing is stored at ${path(name)}`);
      return record;
    },
    overwrite: (name, record) => storage.overwrite(stage.disks, path(name), record),
  };
  return stage;
}

// What the administrator does.

export const makeBucket = (stage: Stage): Promise<void> =>
  stage.world.aside(async () => {
    await stage.s3('CreateBucket', 'PUT', '', HERE);
  });

export const setBucketEncryption = async (
  stage: Stage,
  change: Partial<BucketEncryption>,
): Promise<void> => {
  const body = writeBucketEncryption({ ...NEW_BUCKET, ...change });
  await stage.s3('PutBucketEncryption', 'PUT', '?encryption', body);
};

/** A customer managed key with the default key policy, and an alias for it. */
const makeKmsKey = (stage: Stage): Promise<void> =>
  stage.world.aside(async () => {
    const made = await stage.kms('CreateKey', { Description: 'The key for the diary bucket' });
    const { Arn } = made.KeyMetadata as { Arn: string };
    stage.kmsKeyArn = Arn;
    await stage.kms('CreateAlias', { AliasName: KEY_ALIAS, TargetKeyId: Arn });
  });

export async function makeBucketAndKmsKey(stage: Stage): Promise<void> {
  await makeBucket(stage);
  await makeKmsKey(stage);
}

// What you do.

/** Your encryption context, as a header of the PUT; none if you gave no pairs. */
export function addSseContext(stage: Stage): void {
  const { context } = stage.scenario.own;
  if (Object.keys(context).length === 0) return;
  stage.putParameters.SSEKMSEncryptionContext = contextToHeader(context);
}

/** You send your object and then delete your own copy, so that S3 has the only one. */
export async function putIt(stage: Stage): Promise<boolean> {
  // Small ones are wiped at the end, so a copy is; a large one is recorded as it is and stays.
  const { object: own } = stage.scenario.own;
  const object = own.length < LARGE ? copy(own) : own;
  stage.you.holds('object', object);
  const answer = await stage.call('PutObject', object);
  if (answer.status !== 200) return false;
  stage.you.forgets('object', object);
  return true;
}

export async function getIt(stage: Stage): Promise<void> {
  await stage.call('GetObject');
}
