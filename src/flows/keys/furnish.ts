// What there is before the first object: actors, KMS keys, buckets with their defaults, and two keys of your own.
import {
  type Actor,
  aesKeyring,
  type Bytes,
  createClock,
  createHsm,
  createKms,
  createS3,
  createS3Keys,
  createStorage,
  drawn,
  EVERY_OPERATION,
  encryptionClient,
  IamDirectory,
  kmsKeyring,
  NEW_BUCKET,
  names,
  quietDesk,
  type RandomSource,
  type Storage,
  writeBucketEncryption,
} from '../../sim';
import { askKmsAsAdmin, askS3AsAdmin, HERE } from '../admin';
import { adminPolicy, userPolicy } from '../first-policies';
import { GROUP_IDS, type GroupId } from './groups';

export const START = '2026-11-23T09:00:00.000Z';

export interface Furnished {
  readonly actors: Readonly<Record<string, Actor>>;
  /** Whoever is no plain client. */
  readonly clients: Partial<Readonly<Record<GroupId, Actor>>>;
  readonly storage: Storage;
  /** Of KMS keys, by alias. */
  readonly arns: Map<string, string>;
  readonly customerKey: Bytes;
  readonly wrappingKey: Bytes;
}

export async function furnish(random: RandomSource): Promise<Furnished> {
  const iam = new IamDirectory();
  iam.put(names.ADMIN, adminPolicy);
  iam.put(names.ANA, userPolicy());
  const storage = createStorage();
  const actors = {
    s3: createS3(iam, EVERY_OPERATION),
    's3-keys': createS3Keys(),
    kms: createKms(iam),
    hsm: createHsm(),
    storage: storage.actor,
  };
  const you = quietDesk({ random, clock: createClock(START), actors });
  const arns = new Map<string, string>();
  for (const alias of ['diary', 'archive']) {
    const made = await askKmsAsAdmin(you, 'CreateKey', {});
    const { Arn } = made.KeyMetadata as { readonly Arn: string };
    arns.set(alias, Arn);
    await askKmsAsAdmin(you, 'CreateAlias', { AliasName: `alias/${alias}`, TargetKeyId: Arn });
  }
  const encryption = {
    archive: { algorithm: 'aws:kms', kmsKeyId: arns.get('archive'), bucketKeyEnabled: true },
    notebook: { blocksSseC: false },
  } as const;
  for (const bucket of GROUP_IDS) {
    await askS3AsAdmin(you, bucket, 'CreateBucket', 'PUT', '/', HERE);
    const change = encryption[bucket as keyof typeof encryption];
    if (change)
      await askS3AsAdmin(
        you,
        bucket,
        'PutBucketEncryption',
        'PUT',
        '/?encryption',
        writeBucketEncryption({ ...NEW_BUCKET, ...change }),
      );
  }
  const customer = await you.does('generates', 'customer key', drawn('key', you.random(32)));
  const wrapping = await you.does('generates', 'wrapping key', drawn('key', you.random(32)));
  return {
    actors,
    clients: {
      letters: encryptionClient(kmsKeyring('alias/diary'), 'V2'),
      safe: encryptionClient(aesKeyring, 'V2'),
    },
    storage,
    arns,
    customerKey: customer.key,
    wrappingKey: wrapping.key,
  };
}
