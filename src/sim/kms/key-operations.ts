// KMS operations on keys: create, describe, disable, schedule deletion, rotate, policy. (facts §2.3, §2.4)
import { addDays, epochSeconds } from '../clock';
import { jsonBody, readJson, request } from '../http';
import type { PolicyDocument } from '../iam/policy';
import { kmsKeyArn, PRINCIPAL } from '../names';
import { Refusal } from '../refusal';
import type { Desk } from '../types';
import {
  AWS_S3_ALIAS,
  awsS3KeyPolicy,
  defaultKeyPolicy,
  type KeyStore,
  type KmsKey,
  keyMetadata,
  uuid,
} from './keys';
import type { KmsContext, KmsHandler } from './kms';
import { integer, optionalText, text } from './parameters';

const MAX_ON_DEMAND_ROTATIONS = 25;

async function newBackingKey(desk: Desk): Promise<string> {
  const answer = await desk.send(
    'hsm',
    'CreateBackingKey',
    request('POST', '/CreateBackingKey', {}, jsonBody({})),
  );
  return String(readJson(answer.body)?.KeyMaterialId);
}

async function createKey(
  keys: KeyStore,
  desk: Desk,
  given: { manager: KmsKey['manager']; description: string; policy: PolicyDocument },
): Promise<KmsKey> {
  const keyId = uuid(desk.random(16));
  const key: KmsKey = {
    keyId,
    arn: kmsKeyArn(keyId),
    created: desk.now(),
    materialIds: [await newBackingKey(desk)],
    state: 'Enabled',
    deletionDate: undefined,
    onDemandRotations: 0,
    ...given,
  };
  keys.add(key);
  return key;
}

/** The AWS managed key for S3, made when it is first needed. */
export async function awsS3Key(keys: KeyStore, desk: Desk): Promise<KmsKey> {
  const existing = keys.aliasTarget(AWS_S3_ALIAS);
  if (existing) return existing;
  const key = await createKey(keys, desk, {
    manager: 'AWS',
    description: 'Default key that protects my S3 objects when no other key is defined',
    policy: awsS3KeyPolicy(),
  });
  keys.alias(AWS_S3_ALIAS, key.keyId);
  return key;
}

/** The key a request names, once the caller may do this to it. */
async function namedKey({ keys, call }: KmsContext): Promise<KmsKey> {
  const key = keys.find(text(call, 'KeyId'));
  await call.authorise(key);
  return key;
}

/** As `namedKey`, for changes that AWS managed keys do not take. */
async function customerKey(context: KmsContext): Promise<KmsKey> {
  const key = await namedKey(context);
  if (key.manager === 'AWS') {
    throw new Refusal(
      400,
      'AccessDeniedException',
      `User: ${context.call.headers[PRINCIPAL]} is not authorized to perform: kms:${context.call.operation} on resource: ${key.arn} because no resource-based policy allows the kms:${context.call.operation} action`,
    );
  }
  return key;
}

function refusePending(key: KmsKey): void {
  if (key.state === 'PendingDeletion') {
    throw new Refusal(400, 'KMSInvalidStateException', `${key.arn} is pending deletion.`);
  }
}

async function setState(context: KmsContext, state: 'Enabled' | 'Disabled'): Promise<undefined> {
  const key = await customerKey(context);
  refusePending(key);
  key.state = state;
  return undefined;
}

export const keyOperations: Readonly<Record<string, KmsHandler>> = {
  async CreateKey({ keys, desk, call }) {
    const policy = optionalText(call, 'Policy');
    const key = await createKey(keys, desk, {
      manager: 'CUSTOMER',
      description: optionalText(call, 'Description') ?? '',
      policy: policy ? parsePolicy(policy) : defaultKeyPolicy(),
    });
    return { KeyMetadata: keyMetadata(key) };
  },

  async CreateAlias({ keys, call }) {
    const name = text(call, 'AliasName');
    if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name) || name.startsWith('alias/aws/')) {
      throw new Refusal(400, 'InvalidAliasNameException', `Alias name ${name} is not allowed.`);
    }
    const key = keys.find(text(call, 'TargetKeyId'));
    await call.authorise(key);
    keys.alias(name, key.keyId);
    return undefined;
  },

  DescribeKey: async (context) => ({ KeyMetadata: keyMetadata(await namedKey(context)) }),
  DisableKey: (context) => setState(context, 'Disabled'),
  EnableKey: (context) => setState(context, 'Enabled'),

  async ScheduleKeyDeletion(context) {
    const key = await customerKey(context);
    refusePending(key);
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
    if (key.state !== 'PendingDeletion') {
      throw new Refusal(400, 'KMSInvalidStateException', `${key.arn} is not pending deletion.`);
    }
    key.state = 'Disabled';
    key.deletionDate = undefined;
    return { KeyId: key.arn };
  },

  async RotateKeyOnDemand(context) {
    const key = await customerKey(context);
    if (key.state === 'Disabled')
      throw new Refusal(400, 'DisabledException', `${key.arn} is disabled.`);
    refusePending(key);
    if (key.onDemandRotations >= MAX_ON_DEMAND_ROTATIONS) {
      throw new Refusal(
        400,
        'LimitExceededException',
        'The on-demand rotation limit of this key is reached.',
      );
    }
    key.onDemandRotations++;
    key.materialIds.push(await newBackingKey(context.desk));
    return { KeyId: key.arn };
  },

  GetKeyPolicy: async (context) => ({
    Policy: JSON.stringify((await namedKey(context)).policy),
    PolicyName: 'default',
  }),

  async PutKeyPolicy(context) {
    const key = await customerKey(context);
    key.policy = parsePolicy(text(context.call, 'Policy'));
    return undefined;
  },
};

function parsePolicy(json: string): PolicyDocument {
  try {
    const policy = JSON.parse(json) as PolicyDocument;
    if (Array.isArray(policy.Statement)) return policy;
  } catch {
    // falls through to the one refusal
  }
  throw new Refusal(
    400,
    'MalformedPolicyDocumentException',
    'The policy document is not valid JSON.',
  );
}
