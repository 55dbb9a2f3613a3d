// What people do in the cse-local scenarios: you make the wrapping key, or the key pair, yourself.
import { aesKeyring, drawn, encryptionClient, rsaKeyPair, rsaKeyring, toBase64 } from '../sim';
import { type Acts, getIt, makeBucket, putIt, type Stage } from './stage';

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

const acts = (client: Acts['client'], makeKey: (stage: Stage) => Promise<void>): Acts => ({
  client,
  prepare: makeBucket,
  async put(stage) {
    await makeKey(stage);
    return putIt(stage);
  },
  get: getIt,
});

export const cseLocalActs = {
  aes: acts(() => encryptionClient(aesKeyring, 'V2'), makeAesKey),
  rsa: acts(() => encryptionClient(rsaKeyring, 'V2'), makeRsaPair),
};
