// Data keys that older clients wrapped: read only, and only by a client that is told to. (facts §8.5)
//   kms       KMS, the material description as context
//   AESWrap   RFC 3394                                        AES  AES-ECB, Java's default for "AES"; V1 with an AES key
//   RSA       PKCS #1 v1.5, Java's default; V1 with RSA       RSA/ECB/OAEPWithSHA-256AndMGF1Padding
import { aesKeyUnwrap } from '../crypto/aes';
import {
  aesEcbDecrypt,
  rsaOaepSha256Mgf1Sha1Decrypt,
  rsaPkcs1Decrypt,
} from '../crypto/legacy-ciphers';
import type { Bytes, Desk, Headers, Work } from '../types';
import { ClientException } from './calls';
import type { ContentMetadata } from './content-metadata';
import { V2 } from './formats';
import { type Keyring, unwrapping, wrappingKey } from './keyrings';

type Unwrap = (key: Bytes, ciphertext: Bytes) => Work<{ plaintext: Bytes }>;

const UNWRAPS: Readonly<Record<string, Unwrap>> = {
  AESWrap: (key, ciphertext) => aesKeyUnwrap({ key, ciphertext }),
  AES: (key, ciphertext) => aesEcbDecrypt({ key, ciphertext }),
  RSA: (privateKey, ciphertext) => rsaPkcs1Decrypt({ privateKey, ciphertext }),
  'RSA/ECB/OAEPWithSHA-256AndMGF1Padding': (privateKey, ciphertext) =>
    rsaOaepSha256Mgf1Sha1Decrypt({ privateKey, ciphertext }),
};
const LEGACY = ['kms', ...Object.keys(UNWRAPS)];

/** V1 does not write how it wrapped: the kind of key tells. */
const algorithmOf = ({ wrapAlgorithm }: ContentMetadata, keyring: Keyring): string =>
  wrapAlgorithm ?? (keyring.wrapAlgorithm.v2.startsWith('RSA') ? 'RSA' : 'AES');

export const isLegacyWrap = (found: ContentMetadata, keyring: Keyring): boolean =>
  LEGACY.includes(algorithmOf(found, keyring));

export function recoverLegacy(
  desk: Desk,
  keyring: Keyring,
  parameters: Headers,
  found: ContentMetadata,
): Promise<Bytes> {
  const algorithm = algorithmOf(found, keyring);
  if (algorithm === 'kms') {
    if (!keyring.usesKmsContext)
      throw new ClientException('The keyring cannot unwrap a data key that KMS wrapped');
    return keyring.recover(desk, V2, parameters, found.encryptedDataKey, found.context);
  }
  const unwrap = UNWRAPS[algorithm] as Unwrap;
  const isRsa = algorithm.startsWith('RSA');
  if (keyring.usesKmsContext || isRsa !== keyring.wrapAlgorithm.v2.startsWith('RSA'))
    throw new ClientException(
      `The keyring cannot unwrap a data key that was wrapped with ${algorithm}`,
    );
  return unwrapping(async () => {
    const work = unwrap(wrappingKey(parameters), found.encryptedDataKey);
    return (await desk.does('unwraps', 'data key', work)).plaintext;
  });
}
