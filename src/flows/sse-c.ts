// SSE-C: you make and keep the key, and send it with every request. S3 uses it and forgets it. New buckets block such
// uploads since April 2026, so the administrator unblocks first.
import { type Bytes, drawn, md5Base64, plainClient, toBase64 } from '../sim';
import { getIt, makeBucket, putIt, type Stage, setBucketEncryption } from './stage';
import {
  BUCKET_IS_MADE,
  BUCKET_IS_SET,
  S3_ADMITS_PUT,
  S3_FETCHES,
  S3_STORES,
  YOU_LET_GO,
} from './stories';
import type { Flow } from './types';

/** The three headers that carry a customer key. */
export const customerKeyParameters = (customerKey: Bytes) => ({
  SSECustomerAlgorithm: 'AES256',
  SSECustomerKey: toBase64(customerKey),
  SSECustomerKeyMD5: md5Base64(customerKey),
});

async function makeCustomerKey(stage: Stage): Promise<void> {
  const { you, scenario } = stage;
  const drawnKey = scenario.own.customerKey ?? you.random(32);
  const made = await you.does('generates', 'customer key', drawn('customerKey', drawnKey));
  stage.keep('customer key', made.customerKey);
  Object.assign(stage.putParameters, customerKeyParameters(made.customerKey));
  Object.assign(stage.getParameters, customerKeyParameters(made.customerKey));
}

export const sseC: Flow = {
  id: 'sse-c',
  variants: [
    {
      id: 'unblocked',
      client: () => plainClient,
      faults: [
        'bucket-blocks',
        'wrong-customer-key',
        'no-customer-key',
        'wrong-key-md5',
        'object-bit',
        'bodies-swapped',
        'objects-swapped',
      ],
      async prepare(stage) {
        await makeBucket(stage);
        await setBucketEncryption(stage, { blocksSseC: false });
      },
      async put(stage) {
        await makeCustomerKey(stage);
        return putIt(stage);
      },
      get: getIt,
      story: {
        prepare: [...BUCKET_IS_MADE, ...BUCKET_IS_SET],
        put: [
          'you generates customer key',
          'you -> client PutObject',
          ...S3_ADMITS_PUT,
          's3 hashes customer key',
          's3 encrypts object',
          's3 forgets customer key',
          ...S3_STORES,
          ...YOU_LET_GO,
        ],
        get: [
          'you -> client GetObject',
          ...S3_FETCHES,
          's3 checks customer key',
          's3 decrypts object',
          's3 forgets customer key',
          'client <- s3 GetObject',
          'you <- client GetObject',
        ],
      },
    },
  ],
};
