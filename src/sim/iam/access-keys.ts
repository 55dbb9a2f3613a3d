// Access keys of principals, derived from a world's seed: the same seed gives the same keys. Repeatable classroom keys,
// never for real data.   material i = HMAC-SHA-256( "sealed access key:" ‖ seed, i ‖ ":" ‖ principal )
//   access key id      AKIA, of temporary credentials ASIA, and 16 characters of base32 (facts: the shapes are AWS's)
//   secret access key  40 characters of base64
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base32 } from '@scure/base';
import { fromUtf8, toBase64 } from '../crypto/bytes';

export interface AccessKey {
  readonly principal: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials only. */
  readonly sessionToken?: string;
  readonly expires?: Date;
}

const derive = (seed: string, principal: string, what: string): Uint8Array =>
  hmac(sha256, fromUtf8(`sealed access key:${seed}`), fromUtf8(`${what}:${principal}`));

export const accessKeyOf = (seed: string, principal: string): AccessKey => ({
  principal,
  accessKeyId: `AKIA${base32.encode(derive(seed, principal, 'id').subarray(0, 10))}`,
  secretAccessKey: toBase64(derive(seed, principal, 'secret').subarray(0, 30)),
});

/** Temporary credentials, as STS hands them out; one set for each principal and time of expiry. */
export function sessionOf(seed: string, principal: string, expires: Date): AccessKey {
  const what = (part: string): string => `session ${part} ${expires.toISOString()}`;
  return {
    principal,
    accessKeyId: `ASIA${base32.encode(derive(seed, principal, what('id')).subarray(0, 10))}`,
    secretAccessKey: toBase64(derive(seed, principal, what('secret')).subarray(0, 30)),
    sessionToken: toBase64(derive(seed, principal, what('token'))),
    expires,
  };
}
