// With whose authority S3 calls KMS: the caller's, in a forward access session.
import { describe, expect, it } from 'vitest';
import { type DeedStep, names, type RequestStep, type Step } from '../sim';
import { ALL, named, runOf, SOUND } from './testing/cases';

const KMS_FLOWS = ['sse-kms', 'dsse-kms'];
const isCall = (step: Step): step is RequestStep =>
  step.kind === 'request' && step.from === 's3' && step.to === 'kms';

const principalOf = ({ message }: RequestStep) => message.headers[names.PRINCIPAL];

describe.each(named(ALL.filter(({ flow }) => KMS_FLOWS.includes(flow))))('%s', (_, one) => {
  it('has S3 call KMS as the one who called S3, and name itself as the way', async () => {
    const { steps } = (await runOf(one)).trace;
    const calls = steps.filter(isCall);
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) {
      const outer = steps.findLast(
        (step): step is RequestStep =>
          step.index < call.index && step.kind === 'request' && step.to === 's3',
      );
      expect(outer && principalOf(outer)).toBe(names.ANA);
      expect(principalOf(call)).toBe(names.ANA);
      expect(call.message.headers[names.VIA]).toBe(names.S3_SERVICE);
    }
  });

  it('has KMS decide about the caller before anything else is done with a key that exists', async () => {
    const { steps } = (await runOf(one)).trace;
    for (const call of steps.filter(isCall)) {
      const inside = steps
        .slice(call.index + 1)
        .filter(({ key }) => !/BackingKey|backing key/.test(key));
      const decision = inside[0] as DeedStep;
      expect(decision.key).toBe('kms authorises request');
      expect(decision.facts).toMatchObject({
        principal: names.ANA,
        action: `kms:${call.operation}`,
        via: names.S3_SERVICE,
      });
    }
  });
});

describe('elsewhere', () => {
  it.each(named(SOUND.filter(({ flow }) => !KMS_FLOWS.includes(flow))))(
    '%s: S3 does not call KMS',
    async (_, one) => {
      expect((await runOf(one)).trace.steps.filter(isCall)).toEqual([]);
    },
  );

  it('the client of cse-kms calls KMS itself, as you, through nobody', async () => {
    const cse = SOUND.filter(({ flow }) => flow === 'cse-kms');
    for (const one of cse) {
      const calls = (await runOf(one)).trace.steps.filter(
        (step): step is RequestStep =>
          step.kind === 'request' && step.from === 'client' && step.to === 'kms',
      );
      expect(calls.map(({ operation }) => operation)).toEqual(['GenerateDataKey', 'Decrypt']);
      for (const call of calls) {
        expect(principalOf(call)).toBe(names.ANA);
        expect(call.message.headers[names.VIA]).toBeUndefined();
      }
    }
  });
});

describe('the encryption context that KMS is given', () => {
  const contextsOf = async (variant: string, flow = 'sse-kms') => {
    const one = SOUND.find((c) => c.flow === flow && c.variant === variant);
    const { steps } = (await runOf(one as (typeof SOUND)[number])).trace;
    return steps
      .filter((s): s is RequestStep => s.kind === 'request' && s.to === 'kms' && s.from !== 'you')
      .map(({ message }) => JSON.parse(Buffer.from(message.body).toString()).EncryptionContext);
  };
  const OBJECT_ARN = { 'aws:s3:arn': 'arn:aws:s3:::diary/today.txt' };

  it('has the object’s ARN and your pairs', async () => {
    const both = { ...OBJECT_ARN, purpose: 'diary' };
    expect(await contextsOf('customer-key')).toEqual([both, both]);
    expect(await contextsOf('aws-s3')).toEqual([both, both]);
    expect(await contextsOf('customer-key', 'dsse-kms')).toEqual([both, both]);
  });

  it('has the object’s ARN alone when only the bucket asks for KMS', async () => {
    expect(await contextsOf('bucket-default')).toEqual([OBJECT_ARN, OBJECT_ARN]);
  });

  it('has the bucket’s ARN, once for two objects, with a bucket key', async () => {
    expect(await contextsOf('bucket-key')).toEqual([{ 'aws:s3:arn': 'arn:aws:s3:::diary' }]);
  });

  it('has your pairs and the name of the cipher, but no object’s name, from the client', async () => {
    const v2 = { purpose: 'diary', 'aws:x-amz-cek-alg': 'AES/GCM/NoPadding' };
    const v3 = { purpose: 'diary', 'aws:x-amz-cek-alg': '115' };
    expect(await contextsOf('v2', 'cse-kms')).toEqual([v2, v2]);
    expect(await contextsOf('v3', 'cse-kms')).toEqual([v3, v3]);
  });
});
