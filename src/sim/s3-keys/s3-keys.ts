// S3's own key manager, for SSE-S3 and for the second layer of DSSE-KMS. AWS documents that each object has a unique
// key, itself encrypted with a root key that is rotated regularly; where and how is not published, so this actor, its
// interface and AES key wrap as the way of wrapping are modelled. (facts §4)
//   WrapObjectKey    32-byte object key → 40 bytes, RFC 3394 under the root key
//   UnwrapObjectKey  and back
import { aesKeyUnwrap, aesKeyWrap } from '../crypto/aes';
import { fromBase64, toBase64 } from '../crypto/bytes';
import { DecryptionFailed } from '../crypto/failure';
import { drawn } from '../crypto/works';
import { jsonBody, readJson, response } from '../http';
import type { Actor, Bytes, Desk } from '../types';

export function createS3Keys(): Actor {
  let rootKey: Bytes | undefined;

  async function root(desk: Desk): Promise<Bytes> {
    if (rootKey) return rootKey;
    ({ rootKey } = await desk.does('generates', 'root key', drawn('rootKey', desk.random(32))));
    desk.holds('root key', rootKey);
    desk.keeps('root key', [rootKey]);
    return rootKey;
  }

  return async (request, desk) => {
    const body = readJson(request.body) ?? {};
    const key = await root(desk);
    if (request.path === '/WrapObjectKey') {
      const plaintext = fromBase64(String(body.ObjectKey));
      const { ciphertext } = await desk.does('wraps', 'object key', aesKeyWrap({ key, plaintext }));
      return response(200, {}, jsonBody({ WrappedObjectKey: toBase64(ciphertext) }));
    }
    try {
      const ciphertext = fromBase64(String(body.WrappedObjectKey));
      const { plaintext } = await desk.does(
        'unwraps',
        'object key',
        aesKeyUnwrap({ key, ciphertext }),
      );
      return response(200, {}, jsonBody({ ObjectKey: toBase64(plaintext) }));
    } catch (error) {
      if (!(error instanceof DecryptionFailed)) throw error;
      return response(400, {}, jsonBody({ Refused: true }));
    }
  };
}
