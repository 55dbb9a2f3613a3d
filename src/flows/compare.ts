// What tells one scheme from another, read from a run of each: who encrypted, who could read what and for how long, what
// KMS and its log saw, what lies beside the object, what you have to keep.
import { type ActorId, AT_REST, cloudTrailOf, type SecretId, type Step } from '../sim';
import type { Run } from './types';

/** How long somebody could read something: steps after which it was readable, of all steps of PUT and GET, however deep. */
export interface Exposure {
  readonly actor: ActorId;
  readonly id: SecretId;
  readonly steps: number;
  /** The first of them; undefined: never. */
  readonly from: number | undefined;
}

export interface Comparison {
  /** Who encrypts the object, in the order in which they do. */
  readonly encryptedBy: readonly ActorId[];
  /** Who draws the key that encrypts it. */
  readonly keyFrom: ActorId | undefined;
  /** Steps after which S3 could read the object, and the scheme's key for it; all steps, however deep. */
  readonly objectReadableInS3: number;
  readonly keyReadableInS3: number;
  /** The same for the disks. */
  readonly readableOnDisks: number;
  readonly kmsCalls: { readonly put: number; readonly get: number };
  /** S3 asks once and makes data keys from the answer: the calls do not grow with the objects. */
  readonly hasBucketKey: boolean;
  /** Events of KMS that CloudTrail has of the upload and the read. */
  readonly kmsEvents: number;
  /** Names of what lies beside the object about its encryption. */
  readonly kept: readonly string[];
  /** Ids of keys that you have to keep. */
  readonly yours: readonly string[];
  /** The object and the scheme's key for it, with everybody who handles either, and on the disks. */
  readonly exposures: readonly Exposure[];
  /** Steps that the exposures are counted in. */
  readonly steps: number;
  /** Where it is to be seen: the first step of the trace that shows it. */
  readonly seenAt: {
    readonly encrypted: number | undefined;
    readonly keyFrom: number | undefined;
    readonly kms: number | undefined;
    readonly kept: number | undefined;
  };
}

/** Whose memory is compared, and the disks. */
const EXPOSED: readonly ActorId[] = ['client', 's3', 'hsm', 'storage'];
const SET_UP = 'prepare';
/** Metadata that say how an object is encrypted, by S3 or by the client. */
const ABOUT_ENCRYPTION = /^(sse-|x-amz-meta-x-amz-)/;

const isCallOfKms = (step: Step): boolean =>
  step.kind === 'request' && step.to === 'kms' && step.from !== 'you';

export function comparisonOf({ trace }: Run): Comparison {
  const steps = trace.steps.filter(({ chapter }) => chapter !== SET_UP);
  const deeds = steps.flatMap((step) => (step.kind === 'deed' ? [step] : []));
  const sealings = deeds.filter(({ deed, thing }) => deed === 'encrypts' && thing === 'object');
  const key = sealings[0]?.cargo.find((id) => /^[DC]\d+$/.test(id));
  const made = trace.steps.find(
    (step) => step.kind === 'deed' && step.deed === 'generates' && key && step.cargo.includes(key),
  );
  const readable = (actor: ActorId, id: string | undefined): number =>
    id === undefined ? 0 : steps.filter(({ knows }) => knows[actor].includes(id)).length;
  const written = steps.find(({ key: name }) => name === 's3 -> storage WriteObject');
  const metadata = written?.kind === 'request' ? Object.keys(written.message.headers) : [];
  const calls = (chapter: 'put' | 'get'): number =>
    steps.filter((step) => step.chapter === chapter && isCallOfKms(step)).length;
  const last = steps.at(-1);
  const exposure = (actor: ActorId, id: SecretId): Exposure => ({
    actor,
    id,
    steps: readable(actor, id),
    from: steps.find(({ knows }) => knows[actor].includes(id))?.index,
  });
  return {
    encryptedBy: [...new Set(sealings.map(({ actor }) => actor))],
    keyFrom: made?.kind === 'deed' ? made.actor : undefined,
    objectReadableInS3: readable('s3', 'O1'),
    keyReadableInS3: readable('s3', key),
    readableOnDisks: readable('storage', 'O1') + readable('storage', key),
    kmsCalls: { put: calls('put'), get: calls('get') },
    hasBucketKey: metadata.includes(AT_REST.bucketKeyBlob),
    kmsEvents: cloudTrailOf(steps).Records.filter(
      ({ eventSource, userIdentity }) =>
        eventSource === 'kms.amazonaws.com' && userIdentity.userName !== 'admin',
    ).length,
    kept: metadata.filter((name) => ABOUT_ENCRYPTION.test(name)),
    yours: (last?.shelf.you ?? []).filter((id) => /^[WC]\d+$/.test(id)),
    exposures: ['O1', ...(key ? [key] : [])].flatMap((id) =>
      EXPOSED.map((actor) => exposure(actor, id)),
    ),
    steps: steps.length,
    seenAt: {
      encrypted: sealings[0]?.index,
      keyFrom: made?.index,
      kms: steps.find(isCallOfKms)?.index,
      kept: written?.index,
    },
  };
}

/** How long somebody could read the object, or the scheme's key for it. */
export const exposureOf = (
  { exposures }: Comparison,
  actor: ActorId,
  what: 'object' | 'key',
): Exposure | undefined =>
  exposures.find((one) => one.actor === actor && (one.id === 'O1') === (what === 'object'));

/** What KMS costs, in US dollars. Source: aws.amazon.com/kms/pricing, as of 23 November 2026; the free tier left out. */
export const KMS_PRICES = { asOf: '2026-11-23', request: 0.03 / 10_000, keyMonth: 1 } as const;

/** What S3 costs by the request, S3 Standard in us-east-1. Source: aws.amazon.com/s3/pricing, as of the same day. */
const S3_PRICES = { put: 0.005 / 1000, get: 0.0004 / 1000 } as const;

/** KMS requests alone, for so many objects, each stored once and read once; under a bucket key, while that one lasts. */
export const kmsCost = ({ kmsCalls, hasBucketKey }: Comparison, objects: number): number =>
  (kmsCalls.put + kmsCalls.get) * (hasBucketKey ? 1 : objects) * KMS_PRICES.request;

/** What S3 asks for the same, whatever the scheme. */
export const s3Cost = (objects: number): number => objects * (S3_PRICES.put + S3_PRICES.get);
