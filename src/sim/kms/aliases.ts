// Aliases: names that can be pointed at another key. The right to change one is asked of the alias and of the key.
// Source: KMS API, CreateAlias, UpdateAlias, DeleteAlias, ListAliases.
import { epochSeconds } from '../clock';
import { aliasArn } from '../names';
import { Refusal } from '../refusal';
import type { KmsCall } from './authorise';
import { type KeyStore, type KmsKey, notFound } from './keys';
import type { KmsHandler } from './kms';
import { refuseChange } from './named-keys';
import { page } from './pages';
import { optionalText, patterned, text, validation } from './parameters';

const RESERVED = 'alias/aws/';
const PAGE = { usual: 50, max: 100 };

/** Which of KMS's refusals belongs to which fault is in part modelled. */
function aliasName(call: KmsCall): string {
  const name = patterned(call, 'AliasName', /^[a-zA-Z0-9:/_-]+$/);
  if (!name.startsWith('alias/')) {
    throw validation(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name === 'alias/' || name.includes(':') || name.length > 256) {
    throw new Refusal(400, 'InvalidAliasNameException', `Alias name ${name} is not allowed.`);
  }
  return name;
}

function newName(call: KmsCall): string {
  const name = aliasName(call);
  if (!name.startsWith(RESERVED)) return name;
  throw new Refusal(400, 'InvalidAliasNameException', `Alias name ${name} is not allowed.`);
}

function target(keys: KeyStore, call: KmsCall): KmsKey {
  const reference = text(call, 'TargetKeyId');
  if (/^(arn:.*:)?alias\//.test(reference)) {
    throw validation('Aliases must refer to keys. Not aliases');
  }
  return keys.find(reference, call.account);
}

function existing(keys: KeyStore, name: string): KmsKey {
  const key = keys.aliasTarget(name);
  if (key) return key;
  throw notFound(`Alias ${aliasArn(name)} is not found.`);
}

export const aliasOperations: Readonly<Record<string, KmsHandler>> = {
  async CreateAlias(context) {
    const { keys, desk, call } = context;
    const name = newName(call);
    const key = target(keys, call);
    await call.authoriseAlias(aliasArn(name));
    await call.authorise(key);
    refuseChange(context, key);
    if (keys.aliasTarget(name)) {
      throw new Refusal(
        400,
        'AlreadyExistsException',
        `An alias with the name ${aliasArn(name)} already exists`,
      );
    }
    keys.setAlias(name, key.keyId, desk.now());
    return undefined;
  },

  async UpdateAlias(context) {
    const { keys, desk, call } = context;
    const name = newName(call);
    const before = existing(keys, name);
    const after = target(keys, call);
    await call.authoriseAlias(aliasArn(name));
    await call.authorise(before);
    await call.authorise(after);
    refuseChange(context, after);
    keys.setAlias(name, after.keyId, desk.now());
    return undefined;
  },

  async DeleteAlias(context) {
    const { keys, call } = context;
    const name = aliasName(call);
    const key = existing(keys, name);
    await call.authoriseAlias(aliasArn(name));
    await call.authorise(key);
    refuseChange(context, key);
    keys.removeAlias(name);
    return undefined;
  },

  async ListAliases({ keys, call }) {
    await call.authoriseAccount();
    const reference = optionalText(call, 'KeyId');
    const only =
      reference === undefined ? undefined : keys.findByKeyId(reference, call.account).keyId;
    const entries = keys
      .aliases()
      .filter(({ keyId }) => only === undefined || keyId === only)
      .map(({ name, keyId, created, updated }) => ({
        AliasName: name,
        AliasArn: aliasArn(name),
        TargetKeyId: keyId,
        CreationDate: epochSeconds(created),
        LastUpdatedDate: epochSeconds(updated),
      }));
    return page(call, 'Aliases', entries, ({ AliasName }) => AliasName, PAGE);
  },
};
