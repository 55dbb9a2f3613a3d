// What can be made to go wrong: changes to the world. What follows comes out of the actors and their real checks.
import {
  AT_REST,
  type Bytes,
  copy,
  drawn,
  fromBase64,
  fromUtf8,
  looked,
  md5Base64,
  toBase64,
  turned,
} from '../sim';
import { customerKeyParameters } from './sse-c.acts';
import { type Stage, setBucketEncryption } from './stage';
import type { FaultId } from './types';

/** A change to the world: never an outcome. What follows comes out of the actors. */
export interface Fault {
  readonly id: FaultId;
  /** Before the object is stored, or between PUT and GET. */
  readonly when: 'before put' | 'before get';
  apply(stage: Stage): Promise<void>;
}

/** Under which names a data key sealed by KMS or by your wrapping key, or an object key sealed by S3, is kept at rest. */
const ENCRYPTED_KEY_NAMES = ['x-amz-meta-x-amz-key-v2', 'x-amz-meta-x-amz-3', AT_REST.wrappedKey];
/** And the encryption context: as JSON, or as base64 of JSON. */
const JSON_CONTEXT_NAMES = ['x-amz-meta-x-amz-matdesc', 'x-amz-meta-x-amz-t'];

/** From the end of an encrypted data key: in what is encrypted, just before the 16 bytes of tag. */
const JUST_BEFORE_TAG = 20;

/** The same bytes with one bit inverted. */
export function flipped(bytes: Bytes, bit: number): Bytes {
  const out = copy(bytes);
  const at = Math.floor(bit / 8);
  out[at] = (out[at] as number) ^ (1 << (bit % 8));
  return out;
}

export const bitFacts = (bit: number) => ({
  byte: String(Math.floor(bit / 8)),
  bit: String(bit % 8),
});

const flipWork = (before: Bytes, bit: number) =>
  turned('one bit inverted', { before }, { after: flipped(before, bit) }, bitFacts(bit));

/** Without `bit`: one in the middle. */
export async function flipObject(stage: Stage, bit?: number): Promise<void> {
  const record = stage.stored(stage.key);
  const work = flipWork(record.body, bit ?? (record.body.length >>> 1) * 8);
  const { after } = await stage.disks.does('flips', 'stored object', work);
  stage.overwrite(stage.key, { ...record, body: after });
}

async function flipEncryptedKey(stage: Stage): Promise<void> {
  const record = stage.stored(stage.key);
  const name = ENCRYPTED_KEY_NAMES.find((n) => record.metadata[n] !== undefined);
  if (!name) throw new Error('no encrypted key is stored with this object');
  const before = fromBase64(record.metadata[name] as string);
  // Behind the parts that only say which key made it, so that it is the tag that must notice.
  const { after } = await stage.disks.does(
    'flips',
    'encrypted data key',
    flipWork(before, (before.length - JUST_BEFORE_TAG) * 8),
  );
  stage.overwrite(stage.key, {
    ...record,
    metadata: { ...record.metadata, [name]: toBase64(after) },
  });
}

async function changeContext(stage: Stage): Promise<void> {
  const record = stage.stored(stage.key);
  const jsonName = JSON_CONTEXT_NAMES.find((n) => record.metadata[n] !== undefined);
  const name = jsonName ?? AT_REST.context;
  const stored = record.metadata[name] as string;
  const before = jsonName ? fromUtf8(stored) : fromBase64(stored);
  const pairs = JSON.parse(new TextDecoder().decode(before)) as Record<string, string>;
  const after = fromUtf8(JSON.stringify({ ...pairs, purpose: `not ${pairs.purpose ?? 'given'}` }));
  await stage.disks.does(
    'changes',
    'encryption context',
    turned('edited at rest', { before }, { after }),
  );
  const value = jsonName ? new TextDecoder().decode(after) : toBase64(after);
  stage.overwrite(stage.key, { ...record, metadata: { ...record.metadata, [name]: value } });
}

/** A second object comes into the bucket first, the same way as yours. */
async function twoObjects(stage: Stage) {
  await stage.world.aside(() => stage.putOther());
  return { mine: stage.stored(stage.key), other: stage.stored(stage.otherKey) };
}

export async function swapBodies(stage: Stage): Promise<void> {
  const { mine, other } = await twoObjects(stage);
  const work = turned(
    'bytes exchanged, metadata left',
    { before: mine.body },
    { after: other.body },
  );
  await stage.disks.does('swaps', 'stored object', work);
  stage.overwrite(stage.key, { ...mine, body: other.body });
  stage.overwrite(stage.otherKey, { ...other, body: mine.body });
}

async function swapObjects(stage: Stage): Promise<void> {
  const { mine, other } = await twoObjects(stage);
  const work = turned('bytes and metadata exchanged', { before: mine.body }, { after: other.body });
  await stage.disks.does('swaps', 'whole stored object', work);
  stage.overwrite(stage.key, other);
  stage.overwrite(stage.otherKey, mine);
}

/** You call differently than you should. */
const youChange = (stage: Stage, what: string) =>
  stage.you.does('changes', 'request', looked('your own call', { what }));

const fault = (id: FaultId, when: Fault['when'], apply: Fault['apply']): Fault => ({
  id,
  when,
  apply,
});

const FAULTS: Readonly<Record<FaultId, Fault>> = {
  'key-disabled': fault('key-disabled', 'before get', async (stage) => {
    await stage.kms('DisableKey', { KeyId: stage.kmsKeyArn });
  }),
  'key-pending-deletion': fault('key-pending-deletion', 'before get', async (stage) => {
    await stage.kms('ScheduleKeyDeletion', { KeyId: stage.kmsKeyArn, PendingWindowInDays: 7 });
  }),
  'no-decrypt': fault('no-decrypt', 'before get', (stage) =>
    stage.setIdentityPolicy('kms:Decrypt'),
  ),
  'no-generate': fault('no-generate', 'before put', (stage) =>
    stage.setIdentityPolicy('kms:GenerateDataKey'),
  ),
  'wrong-context': fault('wrong-context', 'before get', changeContext),
  'object-bit': fault('object-bit', 'before get', (stage) => flipObject(stage)),
  'data-key-bit': fault('data-key-bit', 'before get', flipEncryptedKey),
  'bodies-swapped': fault('bodies-swapped', 'before get', swapBodies),
  'objects-swapped': fault('objects-swapped', 'before get', swapObjects),
  'wrong-customer-key': fault('wrong-customer-key', 'before get', async (stage) => {
    const { you } = stage;
    const { customerKey } = await you.does(
      'generates',
      'customer key',
      drawn('customerKey', you.random(32)),
    );
    you.holds('customer key', customerKey);
    Object.assign(stage.getParameters, customerKeyParameters(customerKey));
  }),
  'no-customer-key': fault('no-customer-key', 'before get', async (stage) => {
    delete stage.getParameters.SSECustomerAlgorithm;
    delete stage.getParameters.SSECustomerKey;
    delete stage.getParameters.SSECustomerKeyMD5;
    await youChange(stage, 'no customer key');
  }),
  'wrong-key-md5': fault('wrong-key-md5', 'before get', async (stage) => {
    stage.getParameters.SSECustomerKeyMD5 = md5Base64(fromUtf8('another key'));
    await youChange(stage, 'MD5 of another key');
  }),
  'bucket-blocks': fault('bucket-blocks', 'before put', (stage) =>
    setBucketEncryption(stage, { blocksSseC: true }),
  ),
  'wrapping-key-lost': fault('wrapping-key-lost', 'before get', async (stage) => {
    delete stage.getParameters.WrappingKey;
    stage.lose('wrapping key');
  }),
};

export const faultOf = (id: FaultId): Fault => FAULTS[id];
