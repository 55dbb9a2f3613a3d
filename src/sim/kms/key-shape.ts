// What kind of key CreateKey is to make. Here are symmetric keys of one Region, with key material of KMS or imported;
// the rest of what KMS knows is refused by name (modelled).
import type { KmsCall } from './authorise';
import type { KmsKey } from './keys';
import { flag, optionallyChosen, optionalText, unsupported, validation } from './parameters';

const KEY_SPECS = [
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'SYMMETRIC_DEFAULT',
  'HMAC_224',
  'HMAC_256',
  'HMAC_384',
  'HMAC_512',
  'SM2',
  'ML_DSA_44',
  'ML_DSA_65',
  'ML_DSA_87',
  'ML_KEM_512',
  'ML_KEM_768',
  'ML_KEM_1024',
  'ECC_NIST_EDWARDS25519',
] as const;
const KEY_USAGES = [
  'SIGN_VERIFY',
  'ENCRYPT_DECRYPT',
  'GENERATE_VERIFY_MAC',
  'KEY_AGREEMENT',
  'ENCAPSULATE_DECAPSULATE',
] as const;
const ORIGINS = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;

export function readKeyShape(call: KmsCall): Pick<KmsKey, 'origin'> {
  const spec = optionallyChosen(call, 'KeySpec', KEY_SPECS);
  const olderName = optionallyChosen(call, 'CustomerMasterKeySpec', KEY_SPECS);
  if (spec !== undefined && olderName !== undefined && spec !== olderName) {
    throw validation('You cannot specify KeySpec and CustomerMasterKeySpec in the same request.');
  }
  const keySpec = spec ?? olderName ?? 'SYMMETRIC_DEFAULT';
  const usage = optionallyChosen(call, 'KeyUsage', KEY_USAGES);
  if (keySpec !== 'SYMMETRIC_DEFAULT' && usage === undefined) {
    throw validation(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  }
  if (keySpec !== 'SYMMETRIC_DEFAULT') throw unsupported(`KeySpec ${keySpec} is not supported.`);
  if (usage !== undefined && usage !== 'ENCRYPT_DECRYPT') {
    throw validation(`KeyUsage ${usage} is not compatible with KeySpec ${keySpec}`);
  }
  const origin = optionallyChosen(call, 'Origin', ORIGINS) ?? 'AWS_KMS';
  if (origin !== 'AWS_KMS' && origin !== 'EXTERNAL') {
    throw unsupported(`Origin ${origin} is not supported.`);
  }
  if (flag(call, 'MultiRegion')) throw unsupported('Multi-Region keys are not supported.');
  const store = optionalText(call, 'CustomKeyStoreId') ?? optionalText(call, 'XksKeyId');
  if (store !== undefined) throw unsupported('Custom key stores are not supported.');
  return { origin };
}
