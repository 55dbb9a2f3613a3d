// Tags of a key: at most 50, of 1 to 128 characters, with values of at most 256. Source: KMS API, TagResource.
import { Refusal } from '../refusal';
import type { KmsCall } from './authorise';
import type { KmsHandler } from './kms';
import { customerKey, namedKey } from './named-keys';
import { page } from './pages';
import { records, texts } from './parameters';

const MAX_TAGS = 50;
const MAX_KEY = 128;
const MAX_VALUE = 256;
const RESERVED = /^aws:/i;
const PAGE = { usual: 50, max: 50 };

/** KMS gives one exception for tags it does not take; its words are modelled. */
const tagRefusal = (message: string): Refusal => new Refusal(400, 'TagException', message);

export function readTags(call: KmsCall): Map<string, string> {
  const tags = new Map<string, string>();
  for (const { TagKey, TagValue } of records(call, 'Tags', 200)) {
    if (typeof TagKey !== 'string' || TagKey.length < 1 || TagKey.length > MAX_KEY) {
      throw tagRefusal(`A tag key has 1 to ${MAX_KEY} characters.`);
    }
    if (typeof TagValue !== 'string' || TagValue.length > MAX_VALUE) {
      throw tagRefusal(`A tag value has at most ${MAX_VALUE} characters.`);
    }
    if (RESERVED.test(TagKey)) throw tagRefusal('Tag keys that begin with aws: are reserved.');
    if (tags.has(TagKey)) throw tagRefusal('A tag key is given twice.');
    tags.set(TagKey, TagValue);
  }
  refuseTooMany(tags.size);
  return tags;
}

function refuseTooMany(count: number): void {
  if (count <= MAX_TAGS) return;
  throw new Refusal(400, 'LimitExceededException', `A key has at most ${MAX_TAGS} tags.`);
}

export const tagOperations: Readonly<Record<string, KmsHandler>> = {
  async TagResource(context) {
    const added = readTags(context.call);
    const key = await customerKey(context);
    refuseTooMany(new Set([...key.tags.keys(), ...added.keys()]).size);
    for (const [name, value] of added) key.tags.set(name, value);
    return undefined;
  },

  async UntagResource(context) {
    const names = texts(context.call, 'TagKeys', 1, 200);
    const key = await customerKey(context);
    for (const name of names) key.tags.delete(name);
    return undefined;
  },

  async ListResourceTags(context) {
    const key = await namedKey(context);
    const entries = [...key.tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    return page(context.call, 'Tags', entries, ({ TagKey }) => TagKey, PAGE);
  },
};
