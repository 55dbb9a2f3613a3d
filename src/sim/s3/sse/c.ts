// SSE-C. You send the key with every request. S3 encrypts with it, keeps a randomly salted HMAC of it to recognise it
// again, and forgets it. (facts §5) Modelled, as AWS does not publish it: the key encrypts the object directly, and the
// HMAC is HMAC-SHA-256 keyed with a random 32-byte salt.
import { equalConstantTime, fromBase64, toBase64 } from '../../crypto/bytes';
import { hmac } from '../../crypto/mac';
import { Refusal } from '../../refusal';
import type { Bytes, Desk, Headers, Work } from '../../types';
import { type Choice, readCustomerKey } from '../choose';
import { asksForCustomerKey, C_ALGORITHM, C_KEY_MD5 } from '../headers';
import { openLayers } from './layers';
import { encryptObject } from './object';
import { AT_REST, atRest, type SseScheme } from './scheme';

const SALT_BYTES = 32;

/** HMAC-SHA-256 of the customer key, keyed with the salt; recorded under those names. */
const saltedHmac = (salt: Bytes, customerKey: Bytes): Work<{ mac: Bytes }> => ({
  ...hmac({ key: salt, data: customerKey }),
  inputs: { salt, customerKey },
});

/** The same HMAC again, compared in constant time; throws S3's refusal when it is another key. */
function sameKey(salt: Bytes, key: Bytes, expected: Bytes): Work<{ mac: Bytes }> {
  const work = saltedHmac(salt, key);
  return {
    ...work,
    inputs: { ...work.inputs, expected },
    async run() {
      const { mac } = await work.run();
      if (!equalConstantTime(mac, expected)) {
        throw new Refusal(
          403,
          'AccessDenied',
          'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
        );
      }
      return { mac };
    },
  };
}

async function admit(metadata: Headers, request: Headers, desk: Desk): Promise<void> {
  if (!asksForCustomerKey(request)) {
    throw new Refusal(
      400,
      'InvalidRequest',
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    );
  }
  const { customerKey } = readCustomerKey(request, 'optional');
  desk.holds('customer key', customerKey);
  const salt = fromBase64(atRest(metadata, 'customerKeySalt'));
  const expected = fromBase64(atRest(metadata, 'customerKeyMac'));
  await desk.does('checks', 'customer key', sameKey(salt, customerKey, expected));
}

export const sseC: SseScheme<Extract<Choice, { scheme: 'SSE-C' }>> = {
  name: 'SSE-C',

  async seal(object, { customerKey }, _place, desk) {
    desk.holds('customer key', customerKey);
    const salt = desk.random(SALT_BYTES);
    const { mac } = await desk.does('hashes', 'customer key', saltedHmac(salt, customerKey));
    const { iv, ciphertext } = await encryptObject(desk, customerKey, object);
    desk.forgets('customer key', customerKey);
    return {
      body: ciphertext,
      atRest: {
        [AT_REST.iv]: toBase64(iv),
        [AT_REST.customerKeySalt]: toBase64(salt),
        [AT_REST.customerKeyMac]: toBase64(mac),
      },
    };
  },

  admit,

  open: ({ body, metadata }, request, place, desk) =>
    sseC.unlock(metadata, request, place, desk, (keys) => openLayers(desk, keys, body, metadata)),

  async begin({ customerKey }, _place, desk) {
    desk.holds('customer key', customerKey);
    const salt = desk.random(SALT_BYTES);
    const { mac } = await desk.does('hashes', 'customer key', saltedHmac(salt, customerKey));
    desk.forgets('customer key', customerKey);
    return {
      [AT_REST.customerKeySalt]: toBase64(salt),
      [AT_REST.customerKeyMac]: toBase64(mac),
    };
  },

  async unlock(_metadata, request, _place, desk, work) {
    const { customerKey } = readCustomerKey(request, 'optional');
    try {
      return await work([customerKey]);
    } finally {
      desk.forgets('customer key', customerKey);
    }
  },

  /** The MD5 is computed from the key in this very request; nothing of it is kept. */
  describe: (_metadata, request) => ({
    [C_ALGORITHM]: 'AES256',
    [C_KEY_MD5]: readCustomerKey(request, 'optional').md5,
  }),
};
