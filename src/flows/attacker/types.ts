// What an attack is: where somebody stands, what they have there, what they tried, and whether they read the object.
import type { Bytes } from '../../sim';

export const VANTAGES = [
  'wire-tls',
  'wire',
  'disk',
  'bucket',
  'memory',
  'credentials',
  'credentials-no-kms',
  'kms',
  'client',
] as const;
export type VantageId = (typeof VANTAGES)[number];

export interface Have {
  /** What it was called where it was found: a header, a field of a body, "body", the id of a secret. */
  readonly name: string;
  readonly bytes: Bytes;
  /** The step of the run that shows it; -1: it came out of the attack itself. */
  readonly step: number;
  /** Of what came out of the attack: the attempt. */
  readonly attempt: number;
}

export const WAYS = ['S3', 'KMS', 'AES-GCM', 'AES key wrap', 'RSA-OAEP', 'HKDF'] as const;

export interface Attempt {
  /** Whom or what: an actor that is asked, or an algorithm. */
  readonly way: (typeof WAYS)[number];
  /** Index of the key among what is had; and of what it was tried on. */
  readonly key: number | undefined;
  readonly on: number | undefined;
  readonly isOpen: boolean;
  /** Status and code of an actor's answer. */
  readonly answer: string | undefined;
}

/** What the verdict rests on; its words are in the catalogue under `why <reason>`. */
type Reason = 'plain' | 'S3 opens it' | 'opened' | 'sizes only' | 'refused' | 'no key' | 'nothing';

export interface Attack {
  readonly vantage: VantageId;
  /** The step at which memory is looked into. */
  readonly at: number;
  readonly haves: readonly Have[];
  readonly attempts: readonly Attempt[];
  readonly reads: boolean;
  readonly why: Reason;
  /** Index of what is the object, in the clear. */
  readonly object: number | undefined;
  /** The first answer that refused. */
  readonly refusal: string | undefined;
  /** Steps of the run at which something passed by that could be seen. */
  readonly seen: readonly number[];
}
