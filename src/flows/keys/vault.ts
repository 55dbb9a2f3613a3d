// A world of many objects under many keys. The objects are stored by the same actors as in every run, with nobody recording
// (sim/quiet.ts); what is done to the keys, and each attempt to read, is recorded. All bytes come from the seed: those of
// an object or of an order do not depend on what was looked at in between.
import {
  type Actor,
  AT_REST,
  type Bytes,
  contextFromHeader,
  createClock,
  createWorld,
  type Desk,
  encodeKey,
  type HttpResponse,
  kmsRequest,
  names,
  plainClient,
  quietDesk,
  type Step,
  type StoredRecord,
  seededRandom,
} from '../../sim';
import { askKmsAsAdmin } from '../admin';
import { answerOf } from '../captions';
import { DEFAULT_OWN } from '../defaults';
import type { Run } from '../types';
import { type Furnished, furnish, START } from './furnish';
import { GROUP_IDS, GROUPS, type GroupId, groupsOf, KMS_KEY_IDS, type KmsKeyId } from './groups';
import { dataKeyOf, keyUsed } from './keys-used';
import { tryLeaked } from './leak';
import { Nodes, type Place } from './nodes';
import { bodyOf, callOf, move, nameOf, type OwnKeys, type StoredObject } from './requests';
import {
  type Answered,
  type Done,
  type Hierarchy,
  type KeyNode,
  type KeyOrder,
  type LeakTry,
  type Rows,
  WAITS,
} from './types';

const KMS_ORDERS = {
  disable: 'DisableKey',
  enable: 'EnableKey',
  rotate: 'RotateKeyOnDemand',
  schedule: 'ScheduleKeyDeletion',
  cancel: 'CancelKeyDeletion',
} as const;
/** The shortest that KMS takes. (facts §2.3) */
const WAITING_DAYS = 7;

/** What is done in a world that records. */
type Recorded = (you: Desk) => Promise<HttpResponse | Record<string, unknown>>;

export class Vault {
  readonly #seed: string;
  readonly #clock = createClock(START);
  readonly #nodes = new Nodes();
  readonly #objects: StoredObject[] = [];
  readonly #places: Place[] = [];
  readonly #counts = new Map<GroupId, number>();
  readonly #leaked = new Map<string, Bytes>();
  readonly #lost = new Set<string>();
  readonly #there: Furnished;
  #sequence: Uint8Array = new Uint8Array(0);
  #orders = 0;

  private constructor(seed: string, there: Furnished) {
    this.#seed = seed;
    this.#there = there;
  }

  /** With buckets and keys; no object yet. */
  static async open(seed: string): Promise<Vault> {
    const vault = new Vault(seed, await furnish(seededRandom(`${seed}/keys`)));
    await vault.#look();
    return vault;
  }

  get count(): number {
    return this.#objects.length;
  }

  /** Stores objects until there are `count`; returns those that are new. */
  async grow(count: number): Promise<Rows> {
    const from = this.count;
    if (count > this.#sequence.length) this.#sequence = groupsOf(count);
    for (let i = from; i < count; i++) {
      const group = GROUP_IDS[this.#sequence[i] as number] as GroupId;
      const answer = await this.#put(this.#quiet(`object ${i}`, group), group);
      if (answer.status !== 200) throw new Error(`an object of ${group} was not stored`);
    }
    await this.#look();
    return this.rows(from);
  }

  hierarchy(): Hierarchy {
    return {
      nodes: this.#nodes.all(),
      now: this.#clock.now().getTime(),
      leaked: [...this.#leaked.keys()],
    };
  }

  /** Read from the disks, `count` from `from` on. */
  rows(from = 0, count: number = this.count - from): Rows {
    const objects = this.#objects.slice(from, from + count);
    const places = this.#places.slice(from, from + count);
    return {
      from,
      group: Uint8Array.from(objects, ({ group }) => GROUP_IDS.indexOf(group)),
      ordinal: Uint32Array.from(objects, ({ ordinal }) => ordinal),
      under: Uint16Array.from(places, ({ under }) => under),
      outer: Uint16Array.from(places, ({ outer }) => outer),
    };
  }

  #findPlace(index: number): void {
    const now = this.#clock.now().getTime();
    this.#places[index] = this.#nodes.placeOf(this.atRest(index), now);
  }

  atRest(index: number): StoredRecord {
    return this.#record(this.#object(index));
  }

  /** A GET in your name, recorded. It changes nothing. */
  async read(index: number): Promise<Answered> {
    const object = this.#object(index);
    const clock = createClock(this.#clock.now().toISOString());
    return this.#recorded(`read ${index}`, object.group, clock, (you) =>
      you.send('client', 'GetObject', callOf('GetObject', object, this.#own())),
    );
  }

  /** The same with nobody recording: whether it gives the object. */
  async opens(index: number): Promise<boolean> {
    const object = this.#object(index);
    const you = this.#quiet(`try ${index}`, object.group);
    const answer = await you.send('client', 'GetObject', callOf('GetObject', object, this.#own()));
    return answer.status === 200;
  }

  /** With the leaked keys and the disks, and nothing asked of anybody. */
  tryLeaked(index: number): Promise<LeakTry> {
    const object = this.#object(index);
    const name = nameOf(object);
    const arns = [names.bucketArn(object.group), names.objectArn(object.group, name)];
    return tryLeaked(this.#record(object), [...this.#leaked.values()], arns, bodyOf(object));
  }

  async carryOut(order: KeyOrder): Promise<Done> {
    this.#orders++;
    const before = order.do === 'move' ? this.atRest(order.object) : undefined;
    const answered = await this.#do(order);
    await this.#look();
    if (order.do === 'move') this.#findPlace(order.object);
    const moved = order.do === 'move' && before && { before, after: this.atRest(order.object) };
    return { order, answered, moved: moved || undefined };
  }

  async #do(order: KeyOrder): Promise<Answered | undefined> {
    const label = `order ${this.#orders}`;
    switch (order.do) {
      case 'wait':
        this.#clock.advance(WAITS[order.wait]);
        return undefined;
      case 'lose':
        this.#lost.add(order.key);
        return undefined;
      case 'leak': {
        const bytes = await this.#bytesOf(order.node);
        if (bytes) this.#leaked.set(order.node, bytes);
        return undefined;
      }
      case 'put':
        return this.#recorded(label, order.group, this.#clock, (you) =>
          this.#put(you, order.group),
        );
      case 'move':
        return this.#recorded(label, this.#object(order.object).group, this.#clock, (you) =>
          move(you, this.#object(order.object), order.way, this.#arnOf(order.to)),
        );
      default: {
        const KeyId = this.#arnOf(order.key);
        const days = order.do === 'schedule' ? { PendingWindowInDays: WAITING_DAYS } : {};
        return this.#recorded(label, 'diary', this.#clock, (you) =>
          askKmsAsAdmin(you, KMS_ORDERS[order.do], { KeyId, ...days }),
        );
      }
    }
  }

  async #put(you: Desk, group: GroupId): Promise<HttpResponse> {
    const object = { group, ordinal: (this.#counts.get(group) ?? 0) + 1 };
    const answer = await you.send('client', 'PutObject', callOf('PutObject', object, this.#own()));
    if (answer.status === 200) {
      this.#counts.set(group, object.ordinal);
      this.#objects.push(object);
      await this.#meetAwsManaged(object);
      this.#findPlace(this.count - 1);
    }
    return answer;
  }

  /** `aws/s3` comes into being with the first object that needs it; its ARN stands beside that object. */
  async #meetAwsManaged(object: StoredObject): Promise<void> {
    if (object.group !== 'reports' || this.#there.arns.has('aws/s3')) return;
    const arn = this.#record(object).metadata[AT_REST.kmsKey] ?? '';
    this.#there.arns.set('aws/s3', arn);
    await this.#look();
  }

  /** The bytes of a key, as an actor was seen to use them in a GET; undefined when none can be. */
  async #bytesOf(node: string): Promise<Bytes | undefined> {
    if (node === 'customer') return this.#there.customerKey;
    if (node === 'wrapping') return this.#there.wrappingKey;
    const own = /^o(\d+)$/.exec(node)?.[1];
    if (own !== undefined) return dataKeyOf((await this.read(Number(own))).run.trace);
    const known = this.#nodes.get(node);
    if (!known) return undefined;
    const at = this.#nodes.indexOf(node);
    const { under, outer } = this.rows();
    for (let i = 0; i < this.count; i++) {
      const bytes =
        under[i] === at || outer[i] === at
          ? keyUsed((await this.read(i)).run.trace, node)
          : this.#isUnderBucketKeyOf(known, under[i] as number)
            ? keyUsed((await this.#openBucketKey(i)).run.trace, node)
            : undefined;
      if (bytes) return bytes;
    }
    return undefined;
  }

  #isUnderBucketKeyOf(version: KeyNode, under: number): boolean {
    const node = this.#nodes.all()[under];
    return node?.kind === 'bucket key' && node.version === version.id;
  }

  /** S3 has the bucket key of an object opened, as it does when it no longer keeps it. */
  #openBucketKey(index: number): Promise<Answered> {
    const object = this.#object(index);
    const { metadata } = this.#record(object);
    const added = contextFromHeader(metadata[AT_REST.context] ?? '') ?? {};
    const headers = {
      host: names.KMS_SERVICE,
      [names.PRINCIPAL]: names.ANA,
      [names.VIA]: names.S3_SERVICE,
    };
    const parameters = {
      CiphertextBlob: metadata[AT_REST.bucketKeyBlob],
      EncryptionContext: { ...added, 'aws:s3:arn': names.bucketArn(object.group) },
    };
    const clock = createClock(this.#clock.now().toISOString());
    return this.#recorded(`bucket key of ${index}`, object.group, clock, (you) =>
      you.send('kms', 'Decrypt', kmsRequest('Decrypt', parameters, headers)),
    );
  }

  #arnOf(key: KmsKeyId): string {
    return this.#there.arns.get(key) ?? `alias/${key}`;
  }

  async #look(): Promise<void> {
    const you = this.#quiet(`look ${this.#orders}`, 'diary');
    for (const key of KMS_KEY_IDS) {
      const arn = this.#there.arns.get(key);
      if (arn) await this.#nodes.look(you, key, arn);
    }
    this.#nodes.own('customer', this.#lost.has('customer'));
    this.#nodes.own('wrapping', this.#lost.has('wrapping'));
  }

  #object(index: number): StoredObject {
    const object = this.#objects[index];
    if (!object) throw new Error(`there is no object ${index}`);
    return object;
  }

  #record(object: StoredObject): StoredRecord {
    const { group, ordinal } = object;
    const record = this.#there.storage.read(`/${group}/${encodeKey(nameOf(object))}`);
    if (!record) throw new Error(`nothing is stored of ${group} ${ordinal}`);
    return record;
  }

  /** The keys of your own that you still have. */
  #own(): OwnKeys {
    const { customerKey, wrappingKey } = this.#there;
    return {
      customer: this.#lost.has('customer') ? undefined : customerKey,
      wrapping: this.#lost.has('wrapping') ? undefined : wrappingKey,
    };
  }

  #actors(group: GroupId): Readonly<Record<string, Actor>> {
    return { ...this.#there.actors, client: this.#there.clients[group] ?? plainClient };
  }

  #quiet(label: string, group: GroupId): Desk {
    const random = seededRandom(`${this.#seed}/keys/${label}`);
    return quietDesk({ random, clock: this.#clock, actors: this.#actors(group) });
  }

  async #recorded(
    label: string,
    group: GroupId,
    clock: ReturnType<typeof createClock>,
    work: Recorded,
  ): Promise<Answered> {
    const random = seededRandom(`${this.#seed}/keys/${label}`);
    const world = createWorld({ random, clock, actors: this.#actors(group) });
    world.chapter(label.startsWith('read') ? 'get' : 'change');
    await work(world.you);
    const trace = world.trace();
    const { flow, variant } = GROUPS[group];
    const scenario = { flow, variant, fault: undefined, seed: this.#seed, own: DEFAULT_OWN };
    const run: Run = { scenario, trace, outside: true };
    const last = trace.steps.at(-1) as Step;
    const { status, code, message } = answerOf(last);
    return { status: Number(status), code, message, run };
  }
}
