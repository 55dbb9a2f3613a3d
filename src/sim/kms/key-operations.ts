// KMS operations on keys: create, describe, list, enable, disable, schedule deletion. (facts §2.3, §2.4)
import { addDays, epochSeconds } from '../clock';
import type { PolicyDocument } from '../iam/policy';
import { kmsKeyArn } from '../names';
import type { Desk } from '../types';
import { awsS3KeyPolicy, defaultKeyPolicy } from './default-policies';
import { newBackingKey } from './hsm-calls';
import { readKeyShape } from './key-shape';
import { AWS_S3_ALIAS, type KeyStore, type KmsKey, keyMetadata, uuid } from './keys';
import type { KmsHandler } from './kms';
import { customerKey } from './named-keys';
import { page } from './pages';
import { integer, optionalText, text } from './parameters';
import { parsePolicy, refuseLockout } from './policy-document';
import { AWS_MANAGED_DAYS, rotateOverdue } from './rotation';
import { invalidState } from './states';
import { readTags } from './tags';

const MAX_DESCRIPTION = 8192;
const PAGE = { usual: 100, max: 1000 };

interface NewKey {
  readonly manager: KmsKey['manager'];
  readonly origin: KmsKey['origin'];
  readonly description: string;
  readonly policy: PolicyDocument;
  readonly policyText: string;
  readonly tags: Map<string, string>;
}

async function createKey(keys: KeyStore, desk: Desk, given: NewKey): Promise<KmsKey> {
  const keyId = uuid(desk.random(16));
  const created = desk.now();
  const key: KmsKey = {
    keyId,
    arn: kmsKeyArn(keyId),
    created,
    materials: [],
    state: given.origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
    deletionDate: undefined,
    rotation:
      given.manager === 'AWS'
        ? { days: AWS_MANAGED_DAYS, next: addDays(created, AWS_MANAGED_DAYS) }
        : undefined,
    onDemandRotations: 0,
    grants: [],
    ...given,
  };
  if (key.origin === 'AWS_KMS') {
    const id = await newBackingKey(desk);
    key.materials.push({ id, state: 'CURRENT', rotation: undefined, imported: undefined });
  }
  keys.add(key);
  return key;
}

/** The AWS managed key for S3, made when it is first needed. */
export async function awsS3Key(keys: KeyStore, desk: Desk): Promise<KmsKey> {
  const existing = keys.aliasTarget(AWS_S3_ALIAS);
  if (existing) return existing;
  const policy = awsS3KeyPolicy();
  const key = await createKey(keys, desk, {
    manager: 'AWS',
    origin: 'AWS_KMS',
    description: 'Default key that protects my S3 objects when no other key is defined',
    policy,
    policyText: JSON.stringify(policy),
    tags: new Map(),
  });
  keys.setAlias(AWS_S3_ALIAS, key.keyId, desk.now());
  return key;
}

export const keyOperations: Readonly<Record<string, KmsHandler>> = {
  async CreateKey({ keys, desk, call }) {
    const { origin } = readKeyShape(call);
    const description = optionalText(call, 'Description', { max: MAX_DESCRIPTION }) ?? '';
    const tags = readTags(call);
    const given = optionalText(call, 'Policy');
    const policy = given === undefined ? defaultKeyPolicy() : parsePolicy(given);
    await call.authoriseAccount();
    if (tags.size > 0) await call.authoriseAccount('*', 'TagResource');
    refuseLockout(call, policy, '*');
    const key = await createKey(keys, desk, {
      manager: 'CUSTOMER',
      origin,
      description,
      policy,
      policyText: given ?? JSON.stringify(policy),
      tags,
    });
    return { KeyMetadata: keyMetadata(key) };
  },

  async DescribeKey({ keys, call }) {
    const key = keys.find(text(call, 'KeyId'), call.account);
    await call.authorise(key);
    return { KeyMetadata: keyMetadata(key) };
  },

  async ListKeys({ keys, call }) {
    await call.authoriseAccount();
    const entries = keys.all().map(({ keyId, arn }) => ({ KeyId: keyId, KeyArn: arn }));
    return page(call, 'Keys', entries, ({ KeyId }) => KeyId, PAGE);
  },

  async UpdateKeyDescription(context) {
    const key = await customerKey(context);
    key.description = text(context.call, 'Description', { max: MAX_DESCRIPTION });
    return undefined;
  },

  async DisableKey(context) {
    const key = await customerKey(context);
    key.state = 'Disabled';
    return undefined;
  },

  async EnableKey(context) {
    const key = await customerKey(context);
    key.state = 'Enabled';
    await rotateOverdue(context.keys, context.desk, key);
    return undefined;
  },

  async ScheduleKeyDeletion(context) {
    const key = await customerKey(context);
    const days = integer(context.call, 'PendingWindowInDays', 30, 7, 30);
    key.state = 'PendingDeletion';
    key.deletionDate = addDays(context.desk.now(), days);
    return {
      KeyId: key.arn,
      DeletionDate: epochSeconds(key.deletionDate),
      KeyState: key.state,
      PendingWindowInDays: days,
    };
  },

  async CancelKeyDeletion(context) {
    const key = await customerKey(context);
    if (key.state !== 'PendingDeletion') throw invalidState(`${key.arn} is not pending deletion.`);
    // A key that has lost its imported material goes back to waiting for it (modelled).
    const lacks = key.origin === 'EXTERNAL' && !key.materials.every((m) => m.imported?.present);
    key.state = lacks || key.materials.length === 0 ? 'PendingImport' : 'Disabled';
    key.deletionDate = undefined;
    return { KeyId: key.arn };
  },
};
