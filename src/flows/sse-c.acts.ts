// What people do in the sse-c scenario: the administrator unblocks the bucket, you make a key and send it each time.
import { type Bytes, drawn, given, md5Base64, plainClient, toBase64 } from '../sim';
import { type Acts, getIt, makeBucket, putIt, type Stage, setBucketEncryption } from './stage';

/** The three headers that carry a customer key. */
export const customerKeyParameters = (customerKey: Bytes) => ({
  SSECustomerAlgorithm: 'AES256',
  SSECustomerKey: toBase64(customerKey),
  SSECustomerKeyMD5: md5Base64(customerKey),
});

async function makeCustomerKey(stage: Stage): Promise<void> {
  const { you, scenario } = stage;
  const own = scenario.own.customerKey;
  const made = await you.does(
    'generates',
    'customer key',
    own ? given('customerKey', own) : drawn('customerKey', you.random(32)),
  );
  stage.keep('customer key', made.customerKey);
  Object.assign(stage.putParameters, customerKeyParameters(made.customerKey));
  Object.assign(stage.getParameters, customerKeyParameters(made.customerKey));
}

const unblocked: Acts = {
  client: () => plainClient,
  async prepare(stage) {
    await makeBucket(stage);
    await setBucketEncryption(stage, { blocksSseC: false });
  },
  async put(stage) {
    await makeCustomerKey(stage);
    return putIt(stage);
  },
  get: getIt,
};

export const sseCActs = { unblocked };
