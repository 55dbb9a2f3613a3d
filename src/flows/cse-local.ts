// Client-side encryption with a wrapping key that you make and keep. No KMS in the flow: the client makes the data key
// itself and wraps it under your key. Lose the wrapping key and the object is lost.
import { aesKeyring, drawn, encryptionClient, rsaKeyPair, rsaKeyring, toBase64 } from '../sim';
import { getIt, makeBucket, putIt, type Stage } from './stage';
import type { Flow, Variant } from './types';

async function makeAesKey(stage: Stage): Promise<void> {
  const { you } = stage;
  const made = await you.does('generates', 'wrapping key', drawn('wrappingKey', you.random(32)));
  stage.keep('wrapping key', made.wrappingKey);
  stage.putParameters.WrappingKey = toBase64(made.wrappingKey);
  stage.getParameters.WrappingKey = toBase64(made.wrappingKey);
}

async function makeRsaPair(stage: Stage): Promise<void> {
  const { you } = stage;
  const pair = await you.does(
    'generates',
    'key pair',
    rsaKeyPair((length) => you.random(length)),
  );
  stage.keep('wrapping key', pair.privateKey);
  stage.putParameters.WrappingPublicKey = toBase64(pair.publicKey);
  stage.getParameters.WrappingKey = toBase64(pair.privateKey);
}

const variant = (id: 'aes' | 'rsa'): Variant => ({
  id,
  client: () => encryptionClient(id === 'aes' ? aesKeyring : rsaKeyring, 'V2'),
  faults: ['wrapping-key-lost', 'object-bit', 'data-key-bit', 'bodies-swapped', 'objects-swapped'],
  prepare: makeBucket,
  async put(stage) {
    await (id === 'aes' ? makeAesKey(stage) : makeRsaPair(stage));
    return putIt(stage);
  },
  get: getIt,
  story: { prepare: [], put: [], get: [] },
});

export const cseLocal: Flow = { id: 'cse-local', variants: [variant('aes'), variant('rsa')] };
