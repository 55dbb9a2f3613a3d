// What a learner starts with.
import { fromUtf8 } from '../sim';
import type { OwnInput } from './types';

export const DEFAULT_SEED = 'demo';

export const DEFAULT_OWN: OwnInput = {
  object: fromUtf8('Dear diary, today I was sealed.'),
  bucket: 'diary',
  key: 'today.txt',
  context: { purpose: 'diary' },
  customerKey: undefined,
};
