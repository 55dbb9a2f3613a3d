// What somebody changes in a world that runs, one step at a time: messages on their way, what is at rest, a key, a bucket,
// a policy. Whatever follows comes out of the actors. Up to its step a changed world is the unchanged one, byte for byte.
import {
  type Actor,
  type Fate,
  fromUtf8,
  type HttpResponse,
  jsonBody,
  seededRandom,
  turned,
} from '../sim';
import { bitFacts, flipObject, flipped, swapBodies } from './faults';
import { type Stage, type StageHand, setBucketEncryption } from './stage';
import type { Change, Scenario, What } from './types';
import { isInFlight } from './what-if';

type Message = Parameters<StageHand['fate']>[1];

function fateOf(what: What, { headers, body }: Message): Fate | undefined {
  switch (what.kind) {
    case 'drop':
      return { deed: 'drops', facts: {} };
    case 'replay':
      return { deed: 'repeats', facts: {} };
    case 'flip':
      if (what.bit >= body.length * 8) return undefined;
      return {
        deed: 'flips',
        facts: bitFacts(what.bit),
        changed: { body: flipped(body, what.bit) },
      };
    case 'header': {
      const { name, value } = what;
      const { [name]: before = '', ...others } = headers;
      const facts = { header: name, before, after: value };
      return {
        deed: 'changes',
        facts,
        changed: { headers: value === '' ? others : { ...headers, [name]: value } },
      };
    }
    default:
      return undefined;
  }
}

const LATER = fromUtf8('Dear diary, this is what I wrote later.');

/** The object is stored anew, and then the disk is as it was before that. */
async function rollBack(stage: Stage): Promise<void> {
  const older = stage.stored(stage.key);
  await stage.world.aside(async () => {
    await stage.call('PutObject', LATER);
  });
  const newer = stage.stored(stage.key);
  const facts = { restored: older.metadata['last-modified'] ?? '' };
  const bodies = [{ before: newer.body }, { after: older.body }] as const;
  const work = turned('an older state put back', ...bodies, facts);
  await stage.disks.does('swaps', 'whole stored object', work);
  stage.overwrite(stage.key, older);
}

async function carryOut(what: What, stage: Stage): Promise<void> {
  const { kmsKeyArn: KeyId } = stage;
  switch (what.kind) {
    case 'stored-flip':
      if (stage.isStored(stage.key) && what.bit < stage.stored(stage.key).body.length * 8)
        await flipObject(stage, what.bit);
      return;
    case 'stored-swap':
      if (stage.isStored(stage.key)) await swapBodies(stage);
      return;
    case 'stored-back':
      if (stage.isStored(stage.key)) await rollBack(stage);
      return;
    case 'key':
      if (KeyId) await stage.kms(what.to, { KeyId });
      return;
    case 'bucket': {
      const blocksSseC = what.to !== 'allows';
      const algorithm = what.to === 'blocks' || what.to === 'allows' ? 'AES256' : what.to;
      const kmsKeyId = algorithm === 'AES256' || !KeyId ? undefined : KeyId;
      await setBucketEncryption(stage, { algorithm, kmsKeyId, blocksSseC });
      return;
    }
    case 'policy':
      if (what.of === 'identity') await stage.writeIdentityPolicy(what.json);
      else if (what.of === 'bucket')
        await stage.s3('PutBucketPolicy', 'PUT', '?policy', fromUtf8(what.json));
      else if (KeyId) await stage.kms('PutKeyPolicy', { KeyId, Policy: what.json });
      return;
    default:
      return;
  }
}

const INTERNAL = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>InternalError</Code><Message>We encountered an internal error. Please try again.</Message></Error>`;

/** What is told when an actor gets no answer, or one that it cannot read. (KMS API, "Common Errors"; S3 API, "Error responses") */
function lastWord(actor: string, { name, message }: Error): HttpResponse {
  const json = { 'content-type': 'application/json' };
  if (actor === 's3')
    return {
      status: 500,
      headers: { 'content-type': 'application/xml' },
      body: fromUtf8(INTERNAL),
    };
  if (actor === 'client')
    return { status: 400, headers: { exception: name }, body: jsonBody({ name, message }) };
  const lost = name === 'TimeoutError';
  const __type = lost ? 'DependencyTimeoutException' : 'KMSInternalException';
  return { status: lost ? 503 : 500, headers: json, body: jsonBody({ __type }) };
}

/** Without changes what an actor cannot deal with is our own bug; with them it is what came of the change. */
const guarded =
  (name: string, actor: Actor): Actor =>
  async (request, desk, from) => {
    try {
      return await actor(request, desk, from);
    } catch (error) {
      return lastWord(name, error as Error);
    }
  };

export function handOf({ seed }: Scenario, changes: readonly Change[]): StageHand {
  const later = changes.filter((change) => !isInFlight(change)).sort((a, b) => a.at - b.at);
  let stage: Stage;
  return {
    random: seededRandom(`${seed}/what-if`),
    reaches: (reached) => {
      stage = reached;
    },
    guard: (actors) =>
      Object.fromEntries(Object.entries(actors).map(([name, a]) => [name, guarded(name, a)])),
    fate(index, message) {
      const change = changes.find((one) => one.at === index && isInFlight(one));
      return change && fateOf(change, message);
    },
    due(next) {
      const [first] = later;
      if (!first || first.at >= next) return undefined;
      return async () => {
        while (later[0] && later[0].at < next) await carryOut(later.shift() as Change, stage);
      };
    },
  };
}
