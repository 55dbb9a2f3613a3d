// At which level a step is first shown. Levels change how many steps are seen, never what happened.
import type { Deed, DeedKey, Depth, MessageKey, StepKey, Thing } from './types';

const MESSAGE: Partial<Record<`${'you' | 'hsm' | 's3-keys' | 'storage'}`, Depth>> = {
  hsm: 'standard',
  's3-keys': 'standard',
};

const DEED_DEPTH: Partial<Record<`${Deed} ${Thing}`, Depth>> = {
  'encrypts object': 'overview',
  'decrypts object': 'overview',
  'generates data key': 'standard',
  'generates object key': 'standard',
  'wraps data key': 'standard',
  'wraps object key': 'standard',
  'unwraps data key': 'standard',
  'unwraps object key': 'standard',
  'authorises request': 'standard',
  'checks customer key': 'standard',
  'hashes customer key': 'standard',
  'checks key commitment': 'standard',
  'commits key commitment': 'standard',
  'derives content key': 'standard',
  'forgets data key': 'standard',
  'forgets object key': 'standard',
  'forgets customer key': 'standard',
  'forgets object': 'standard',
  'forgets wrapping key': 'overview',
  'changes identity policy': 'overview',
  'flips stored object': 'overview',
  'flips encrypted data key': 'overview',
  'swaps stored object': 'overview',
  'swaps whole stored object': 'overview',
  'changes encryption context': 'overview',
  'changes request': 'overview',
  'drops message': 'overview',
  'repeats message': 'overview',
  'flips message': 'overview',
  'changes message': 'overview',
  'generates customer key': 'overview',
  'generates wrapping key': 'overview',
  'generates key pair': 'overview',
};

/** What your own client does with keys is the point of client-side encryption, and has no message to show it. */
const CLIENT_KEY_WORK: readonly string[] = [
  'generates data key',
  'wraps data key',
  'unwraps data key',
];

const known = new Map<StepKey, { readonly done: Depth; readonly failed: Depth }>();

/** A failed deed is what a fault is about: it is shown at every level. */
export function defaultDepth(key: StepKey, failed: boolean): Depth {
  let depths = known.get(key);
  if (!depths) {
    depths = { done: depthOf(key, false), failed: depthOf(key, true) };
    known.set(key, depths);
  }
  return failed ? depths.failed : depths.done;
}

function depthOf(key: StepKey, failed: boolean): Depth {
  const message = /^(\S+) (->|<-) (\S+) (\S+)$/.exec(key as MessageKey);
  if (message) {
    const [, near, , far] = message as unknown as [string, string, string, string];
    if (key === 'you <- client GetObject') return 'overview'; // how it ends
    if (near === 'you' && far === 'client') return 'standard';
    return MESSAGE[far as keyof typeof MESSAGE] ?? 'overview';
  }
  const [, actor, deed, thing] = /^(\S+) (\S+) (.+)$/.exec(key as DeedKey) as unknown as [
    string,
    string,
    Deed,
    Thing,
  ];
  if (key === 'kms authorises request') return 'overview'; // the second lock, and the point of KMS
  if (failed || (actor === 'client' && CLIENT_KEY_WORK.includes(`${deed} ${thing}`)))
    return 'overview';
  return DEED_DEPTH[`${deed} ${thing}`] ?? 'deep';
}
