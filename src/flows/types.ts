// What is taught, as data: flows, their variants, the faults that can be switched on, and a learner's own input.
import type { Bytes, StepKey, Trace } from '../sim';
import type { CaptionId } from '../words/types';

export const FLOW_IDS = ['cse-kms', 'cse-local', 'sse-s3', 'sse-kms', 'dsse-kms', 'sse-c'] as const;
export type FlowId = (typeof FLOW_IDS)[number];

export const VARIANT_IDS = {
  'cse-kms': ['v2', 'v3'],
  'cse-local': ['aes', 'rsa'],
  'sse-s3': ['default', 'header'],
  'sse-kms': ['customer-key', 'aws-s3', 'bucket-default', 'bucket-key'],
  'dsse-kms': ['customer-key'],
  'sse-c': ['unblocked'],
} as const satisfies Record<FlowId, readonly [string, ...string[]]>;
export type VariantId = (typeof VARIANT_IDS)[FlowId][number];

export const FAULT_IDS = [
  'key-disabled',
  'key-pending-deletion',
  'no-decrypt',
  'no-generate',
  'wrong-context',
  'object-bit',
  'data-key-bit',
  'bodies-swapped',
  'objects-swapped',
  'wrong-customer-key',
  'no-customer-key',
  'wrong-key-md5',
  'bucket-blocks',
  'wrapping-key-lost',
] as const;
export type FaultId = (typeof FAULT_IDS)[number];

/** What a learner brings. Everything has a default. */
export interface OwnInput {
  readonly object: Bytes;
  readonly bucket: string;
  /** The object's name in the bucket. */
  readonly key: string;
  readonly context: Readonly<Record<string, string>>;
  /** 32 bytes; drawn from the world's randomness when absent. */
  readonly customerKey: Bytes | undefined;
}

export const KEY_CHANGES = ['DisableKey', 'EnableKey', 'ScheduleKeyDeletion'] as const;
export const POLICIES = ['identity', 'bucket', 'key'] as const;
export type PolicyId = (typeof POLICIES)[number];
export const BUCKET_CHANGES = ['AES256', 'aws:kms', 'aws:kms:dsse', 'blocks', 'allows'] as const;

/** What somebody changes in a world that runs. Bits are counted from the first of the first byte, lowest first. */
export type What =
  /** The message that is step `at`, on its way. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'replay' }
  | { readonly kind: 'flip'; readonly bit: number }
  /** An empty value takes the header away. */
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  /** What is at rest, after step `at`. */
  | { readonly kind: 'stored-flip'; readonly bit: number }
  | { readonly kind: 'stored-swap' }
  | { readonly kind: 'stored-back' }
  /** What an administrator does then. */
  | { readonly kind: 'key'; readonly to: (typeof KEY_CHANGES)[number] }
  | { readonly kind: 'bucket'; readonly to: (typeof BUCKET_CHANGES)[number] }
  | { readonly kind: 'policy'; readonly of: PolicyId; readonly json: string };

/** The world forks here: up to step `at` it is the one without the change. */
export type Change = What & { readonly at: number };

/** Everything that decides a run. The same scenario gives the same trace, byte for byte, on every machine. */
export interface Scenario {
  readonly flow: FlowId;
  readonly variant: VariantId;
  readonly fault: FaultId | undefined;
  readonly seed: string;
  readonly own: OwnInput;
  /** In the order of their steps, as they are in the world with the changes before. */
  readonly changes?: readonly Change[];
}

/** With what a deed can be verified outside of Sealed. */
export const TOOLS = ['openssl', 'node', 'python'] as const;
export type Tool = (typeof TOOLS)[number];

export interface Run {
  readonly scenario: Scenario;
  readonly trace: Trace;
  /** A request that somebody sent to the endpoint: it belongs to no flow, whatever the scenario says. */
  readonly outside?: boolean;
}

/** What must be seen, in order: a step, or a step with a caption of its own. */
export type StoryLine = StepKey | readonly [StepKey, CaptionId];
export type Story = readonly StoryLine[];

export interface Variant {
  readonly id: VariantId;
  /** Steps shown at the Deep level only, because they are not what this flow teaches. */
  readonly deep?: readonly StepKey[];
  /** Of your own data, what means something here beside the object and its names. */
  readonly takes?: readonly ('context' | 'customerKey')[];
  /** Faults that make sense here, in the order they are offered. */
  readonly faults: readonly FaultId[];
  readonly story: { readonly prepare: Story; readonly put: Story; readonly get: Story };
}

export interface Flow {
  readonly id: FlowId;
  readonly variants: readonly [Variant, ...Variant[]];
}
