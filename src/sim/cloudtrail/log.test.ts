// Records against the shape that the facts give (§4, §10), and against what must never be in a log.
import { beforeEach, describe, expect, it } from 'vitest';
import { fromUtf8, toBase64, toHex } from '../crypto/bytes';
import { ACCOUNT_ID, ANA, REGION } from '../names';
import { createScene, customerKeyHeaders, type Scene } from '../testing/scene';
import type { Headers } from '../types';
import { cloudTrailOf, loggedCalls } from './log';

const SSE = 'x-amz-server-side-encryption';
const KMS_KEY = 'x-amz-server-side-encryption-aws-kms-key-id';
const object = fromUtf8('Dear diary, this must not be in any log.');
const customerKey = Uint8Array.from({ length: 32 }, (_, i) => 7 * i + 1);

let scene: Scene;
let arn: string;
let before: number;
beforeEach(async () => {
  scene = await createScene();
  await scene.configure({ blocksSseC: false });
  arn = await scene.createKey();
  before = scene.world.trace().steps.length;
});
const stepsSince = () => scene.world.trace().steps.slice(before);
const records = (dataEvents = false) => cloudTrailOf(stepsSince(), dataEvents).Records;
const putAndGet = async (put: Headers, get: Headers = {}) => {
  await scene.put('a', object, put);
  await scene.get('a', get);
};

describe('the log of a run', () => {
  it('with SSE-S3 has no event of KMS, and by default none at all', async () => {
    await putAndGet({});
    expect(records()).toEqual([]);
    expect(records(true).map((one) => [one.eventSource, one.eventName])).toEqual([
      ['s3.amazonaws.com', 'PutObject'],
      ['s3.amazonaws.com', 'GetObject'],
    ]);
  });

  it('with SSE-KMS has what S3 asked of KMS in the name of the caller, as AWS writes it', async () => {
    await putAndGet({ [SSE]: 'aws:kms', [KMS_KEY]: arn });
    const [generated, decrypted] = records();
    const encryptionContext = { 'aws:s3:arn': 'arn:aws:s3:::diary/a' };
    expect(generated).toMatchObject({
      eventVersion: '1.11',
      eventSource: 'kms.amazonaws.com',
      eventName: 'GenerateDataKey',
      userIdentity: { type: 'IAMUser', arn: ANA, accountId: ACCOUNT_ID, invokedBy: 'AWS Internal' },
      sourceIPAddress: 'AWS Internal',
      userAgent: 'AWS Internal',
      awsRegion: REGION,
      requestParameters: { encryptionContext, keySpec: 'AES_256', keyId: arn },
      responseElements: null,
      readOnly: true,
      resources: [{ accountId: ACCOUNT_ID, type: 'AWS::KMS::Key', ARN: arn }],
      eventType: 'AwsApiCall',
      managementEvent: true,
      eventCategory: 'Management',
    });
    expect(generated?.additionalEventData?.keyMaterialId).toMatch(/^[0-9a-f]{64}$/);
    expect(generated?.eventTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(decrypted).toMatchObject({
      eventName: 'Decrypt',
      requestParameters: { encryptionContext, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
      resources: [{ ARN: arn }],
    });
  });

  it.each<[string, Headers, string]>([
    ['nothing asked for', {}, 'Default_SSE_S3'],
    ['SSE-S3', { [SSE]: 'AES256' }, 'SSE_S3'],
    ['SSE-KMS', { [SSE]: 'aws:kms' }, 'SSE_KMS'],
    ['SSE-C', customerKeyHeaders(customerKey), 'SSE_C'],
  ])('says how an object was encrypted: %s', async (_, headers, applied) => {
    await scene.put('a', object, headers);
    const [put] = records(true).filter(({ eventName }) => eventName === 'PutObject');
    expect(put?.additionalEventData).toMatchObject({ SSEApplied: applied });
    expect(put).toMatchObject({ managementEvent: false, eventCategory: 'Data', readOnly: false });
  });

  it("tells a bucket's default from a wish", async () => {
    await scene.configure({ algorithm: 'aws:kms', kmsKeyId: arn });
    await scene.put('a', object);
    const [put] = records(true).filter(({ eventName }) => eventName === 'PutObject');
    expect(put?.additionalEventData).toMatchObject({ SSEApplied: 'Default_SSE_KMS' });
  });

  it('with a bucket key has one event for many objects, about the bucket', async () => {
    const headers = {
      [SSE]: 'aws:kms',
      [KMS_KEY]: arn,
      'x-amz-server-side-encryption-bucket-key-enabled': 'true',
    };
    for (const key of ['a', 'b', 'c']) await scene.put(key, object, headers);
    expect(records().map(({ requestParameters }) => requestParameters?.encryptionContext)).toEqual([
      { 'aws:s3:arn': 'arn:aws:s3:::diary' },
    ]);
  });

  it('has refusals with their code and text: of KMS, and of S3 who passes it on', async () => {
    await scene.kms('DisableKey', { KeyId: arn });
    await scene.put('a', object, { [SSE]: 'aws:kms', [KMS_KEY]: arn });
    expect(records(true).map((one) => [one.eventName, one.errorCode, one.errorMessage])).toEqual([
      ['DisableKey', undefined, undefined],
      ['GenerateDataKey', 'DisabledException', `${arn} is disabled.`],
      ['PutObject', 'KMS.DisabledException', `${arn} is disabled.`],
    ]);
  });

  it('never has an object, a key or a ciphertext', async () => {
    await putAndGet({ [SSE]: 'aws:kms', [KMS_KEY]: arn });
    await putAndGet(customerKeyHeaders(customerKey), customerKeyHeaders(customerKey));
    await scene.kms('Encrypt', { KeyId: arn, Plaintext: toBase64(object) });
    const text = JSON.stringify(records(true));
    const { secrets, steps } = scene.world.trace();
    const blobs = steps.flatMap((step) =>
      step.kind === 'response' && step.from === 'kms'
        ? [String(JSON.parse(new TextDecoder().decode(step.message.body)).CiphertextBlob)]
        : [],
    );
    for (const { bytes } of [...secrets, { bytes: object }, { bytes: customerKey }])
      for (const form of [toBase64(bytes), toHex(bytes), new TextDecoder().decode(bytes)])
        expect(text).not.toContain(form);
    for (const blob of blobs.filter((one) => one.length > 20)) expect(text).not.toContain(blob);
  });

  it('is the same for the same recording, and each record has an id of its own', async () => {
    await putAndGet({ [SSE]: 'aws:kms', [KMS_KEY]: arn });
    expect(records(true)).toEqual(records(true));
    const ids = records(true).map(({ eventID }) => eventID);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('grows with the steps: a call is on record when it is answered', async () => {
    await putAndGet({ [SSE]: 'aws:kms', [KMS_KEY]: arn });
    const all = loggedCalls(stepsSince(), true);
    for (const { step } of all) {
      const upTo = scene.world.trace().steps.slice(before, step + 1);
      expect(loggedCalls(upTo, true)).toEqual(all.filter((one) => one.step <= step));
    }
  });
});
