// Where each fault ends: the check that catches it and what S3, KMS or the client then says, or that nothing notices.
// Codes and texts are AWS's own where it is known how they read; the rest is named in the table as modelled.
import { describe, expect, it } from 'vitest';
import { answerOf } from './captions';
import { variantOf } from './outline';
import { FAULTY, inChapter, named, returnedBy, runOf } from './testing/cases';
import { FAULT_IDS, type FaultId, type Run } from './types';
import { type CheckId, verdictOf } from './verdict';

const ANA = 'arn:aws:iam::111122223333:user/ana';

interface Answer {
  readonly status: number;
  readonly code: string;
  /** `<arn>` stands for the ARN of the KMS key. */
  readonly text: string;
}
type Outcome = 'yours' | 'another' | readonly [by: CheckId, at: string, answer: Answer];

const notAuthorised = (action: string) =>
  `User: ${ANA} is not authorized to perform: kms:${action} on resource: <arn> because no identity-based policy allows the kms:${action} action`;
const answer = (status: number, code: string, text = ''): Answer => ({ status, code, text });

// As S3 passes on what KMS says.
const DISABLED = answer(400, 'KMS.DisabledException', '<arn> is disabled.');
const PENDING = answer(400, 'KMS.KMSInvalidStateException', '<arn> is pending deletion.');
const DENIED = (action: string) => answer(403, 'AccessDenied', notAuthorised(action));
const INVALID = answer(400, 'KMS.InvalidCiphertextException');
// Not published; modelled.
const INTERNAL = answer(
  500,
  'InternalError',
  'We encountered an internal error. Please try again.',
);
/** The exception of the client library; its texts for a refusal of KMS are modelled. */
const thrown = (text: string) => answer(400, 'S3EncryptionClientException', text);
const kmsRefused = (operation: string, text: string) => thrown(`KMS refused ${operation}: ${text}`);

const S3_TAG: Outcome = ['s3-tag', 's3 decrypts object', INTERNAL];

const sse = (kms: boolean): Partial<Record<FaultId, Outcome>> => ({
  'key-disabled': ['key-state', 'kms checks key state', DISABLED],
  'key-pending-deletion': ['key-state', 'kms checks key state', PENDING],
  'no-decrypt': ['kms-policies', 'kms authorises request', DENIED('Decrypt')],
  'no-generate': ['kms-policies', 'kms authorises request', DENIED('GenerateDataKey')],
  'wrong-context': ['hsm-tag', 'hsm unwraps data key', INVALID],
  'object-bit': S3_TAG,
  'data-key-bit': ['hsm-tag', 'hsm unwraps data key', INVALID],
  'bodies-swapped': S3_TAG,
  'objects-swapped': kms ? ['hsm-tag', 'hsm unwraps data key', INVALID] : 'another',
});

const cseKms: Partial<Record<FaultId, Outcome>> = {
  'key-disabled': [
    'key-state',
    'kms checks key state',
    kmsRefused('Decrypt', 'DisabledException: <arn> is disabled.'),
  ],
  'key-pending-deletion': [
    'key-state',
    'kms checks key state',
    kmsRefused('Decrypt', 'KMSInvalidStateException: <arn> is pending deletion.'),
  ],
  'no-decrypt': [
    'kms-policies',
    'kms authorises request',
    kmsRefused('Decrypt', `AccessDeniedException: ${notAuthorised('Decrypt')}`),
  ],
  'no-generate': [
    'kms-policies',
    'kms authorises request',
    kmsRefused('GenerateDataKey', `AccessDeniedException: ${notAuthorised('GenerateDataKey')}`),
  ],
  'wrong-context': [
    'hsm-tag',
    'hsm unwraps data key',
    kmsRefused('Decrypt', 'InvalidCiphertextException'),
  ],
  'data-key-bit': [
    'hsm-tag',
    'hsm unwraps data key',
    kmsRefused('Decrypt', 'InvalidCiphertextException'),
  ],
  'object-bit': S3_TAG,
  'bodies-swapped': S3_TAG,
  'objects-swapped': 'another',
};

const cseLocal: Partial<Record<FaultId, Outcome>> = {
  'wrapping-key-lost': [
    'no-key',
    'you <- client GetObject',
    thrown('No wrapping key: the encrypted data key cannot be unwrapped'),
  ],
  'data-key-bit': [
    'wrap-integrity',
    'client unwraps data key',
    thrown('Unable to unwrap data key'),
  ],
  'object-bit': S3_TAG,
  'bodies-swapped': S3_TAG,
  'objects-swapped': 'another',
};

const sseS3: Partial<Record<FaultId, Outcome>> = {
  'object-bit': S3_TAG,
  'data-key-bit': ['wrap-integrity', 's3-keys unwraps object key', INTERNAL],
  'bodies-swapped': S3_TAG,
  'objects-swapped': 'another',
  'no-decrypt': 'yours',
};

const EXPECTED: Readonly<Record<string, Partial<Record<FaultId, Outcome>>>> = {
  'cse-kms/v2': cseKms,
  'cse-kms/v3': cseKms,
  'cse-local/aes': cseLocal,
  'cse-local/rsa': cseLocal,
  'sse-s3/default': sseS3,
  'sse-s3/header': sseS3,
  'sse-kms/customer-key': sse(true),
  'sse-kms/aws-s3': { ...sse(true), 'no-decrypt': 'yours', 'no-generate': 'yours' },
  'sse-kms/bucket-default': sse(true),
  'sse-kms/bucket-key': {
    ...sse(false),
    'key-disabled': 'yours',
    'key-pending-deletion': 'yours',
    'no-decrypt': 'yours',
    'wrong-context': 'yours',
    'data-key-bit': ['wrap-integrity', 's3 unwraps object key', INTERNAL],
  },
  'dsse-kms/customer-key': sse(true),
  'sse-c/unblocked': {
    'bucket-blocks': [
      'blocked-encryption',
      's3 authorises request',
      answer(
        403,
        'AccessDenied',
        `User: ${ANA} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::diary/today.txt" because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`,
      ),
    ],
    'wrong-customer-key': [
      'customer-key-hmac',
      's3 checks customer key',
      answer(
        403,
        'AccessDenied',
        'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
      ),
    ],
    'no-customer-key': [
      'request-headers',
      'client <- s3 GetObject',
      answer(
        400,
        'InvalidRequest',
        'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
      ),
    ],
    'wrong-key-md5': [
      'request-headers',
      'client <- s3 GetObject',
      answer(
        400,
        'InvalidArgument',
        'The calculated MD5 hash of the key did not match the hash that was provided.',
      ),
    ],
    'object-bit': S3_TAG,
    'bodies-swapped': S3_TAG,
    'objects-swapped': 'another',
  },
};

/** The ARN of the KMS key, from the answer to whoever made or used it. */
function keyArnIn(run: Run): string {
  const bodies = run.trace.steps.map((s) => (s.kind === 'response' ? s.message.body : []));
  const texts = bodies.map((body) => Buffer.from(body).toString());
  return texts.map((t) => /arn:aws:kms:[\w-]+:\d+:key\/[\w-]+/.exec(t)?.[0]).find(Boolean) ?? '';
}

describe.each(named(FAULTY))('%s', (_, one) => {
  const outcome = EXPECTED[`${one.flow}/${one.variant}`]?.[one.fault];

  it('ends as it must', async () => {
    const run = await runOf(one);
    const { steps } = run.trace;
    const last = steps.at(-1);
    if (outcome === undefined) throw new Error('no outcome is expected');
    if (typeof outcome === 'string') {
      expect(verdictOf(run)).toEqual({ kind: 'unnoticed', object: outcome, step: last?.index });
      expect(steps.filter(({ failed }) => failed)).toEqual([]);
      const back = Buffer.from(returnedBy(run) ?? []).toString();
      expect(back === 'Dear diary, today I was sealed.').toBe(outcome === 'yours');
      return;
    }
    const [by, at, said] = outcome;
    const verdict = verdictOf(run);
    expect(verdict).toMatchObject({ kind: 'caught', by });
    const failed = steps[verdict?.step ?? -1];
    expect(failed).toMatchObject({ key: at, failed: true });
    expect(steps.slice(0, failed?.index).some((step) => step.failed)).toBe(false);
    expect(last?.failed).toBe(true);
    expect(returnedBy(run)).toBeUndefined();
    const { status, code, message } = answerOf(last as (typeof steps)[number]);
    const text = said.text.replace('<arn>', keyArnIn(run));
    expect({ status: Number(status), code, text: message }).toEqual({ ...said, text });
  });

  it('says nothing of a failed decryption but that it failed', async () => {
    const failed = (await runOf(one)).trace.steps.find((step) => step.failed);
    if (failed?.kind !== 'deed' || !/decrypts|unwraps/.test(failed.deed)) return;
    expect({ outputs: failed.outputs, facts: failed.facts }).toEqual({ outputs: {}, facts: {} });
  });

  it('is a change to the world alone: the chapters around it begin as they do without it', async () => {
    const { steps, chapters } = (await runOf(one)).trace;
    const at = chapters.findIndex(({ id }) => id === 'change');
    const change = chapters[at];
    expect(change && change.end > change.start).toBe(true);
    const sound = (await runOf({ ...one, fault: undefined })).trace.steps;
    const before = steps.slice(0, change?.start);
    expect(before).toEqual(sound.slice(0, change?.start));
    // What is done to the world is no failure yet.
    expect(steps.slice(change?.start, change?.end).filter(({ failed }) => failed)).toEqual([]);
  });
});

describe('the table of outcomes', () => {
  it('has every fault of every variant, and no other', () => {
    const listed = Object.entries(EXPECTED).flatMap(([variant, faults]) =>
      Object.keys(faults).map((fault) => `${variant} ${fault}`),
    );
    const possible = FAULTY.map(({ flow, variant, fault }) => `${flow}/${variant} ${fault}`);
    const aws = ['sse-kms/aws-s3 key-disabled', 'sse-kms/aws-s3 key-pending-deletion'];
    // The AWS managed key cannot be disabled or deleted, so that is not offered.
    expect(listed.filter((name) => !aws.includes(name)).sort()).toEqual(possible.sort());
  });

  it('has every fault there is', () => {
    expect([...new Set(FAULTY.map(({ fault }) => fault))].sort()).toEqual([...FAULT_IDS].sort());
  });

  it('offers each fault once', () => {
    for (const one of FAULTY) {
      const { faults } = variantOf(one);
      expect(new Set(faults).size).toBe(faults.length);
    }
  });

  it('never sends S3 on to the disks with an upload that was refused', async () => {
    for (const one of FAULTY.filter(({ fault }) => /no-generate|bucket-blocks/.test(fault))) {
      const run = await runOf(one);
      const wrote = run.trace.steps.some(({ key }) => key === 's3 -> storage WriteObject');
      expect(wrote).toBe(one.variant === 'aws-s3');
      if (!wrote) expect(inChapter(run, 'get')).toEqual([]);
    }
  });
});
