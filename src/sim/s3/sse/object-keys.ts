// Asking S3's own key manager to wrap and unwrap an object key. Used by SSE-S3 and by the outer layer of DSSE-KMS.
import { fromBase64, toBase64 } from '../../crypto/bytes';
import { drawn } from '../../crypto/works';
import { jsonBody, readJson, request } from '../../http';
import type { Bytes, Desk, Operation } from '../../types';
import { damaged } from './object';

async function ask(
  desk: Desk,
  operation: Operation,
  body: object,
): Promise<Record<string, unknown>> {
  const answer = await desk.send(
    's3-keys',
    operation,
    request('POST', `/${operation}`, {}, jsonBody(body)),
  );
  if (answer.status !== 200) throw damaged();
  return readJson(answer.body) ?? {};
}

/** A fresh 32-byte object key, and the 40 bytes it becomes under the root key (base64). */
export async function newObjectKey(desk: Desk): Promise<{ objectKey: Bytes; wrapped: string }> {
  const { objectKey } = await desk.does(
    'generates',
    'object key',
    drawn('objectKey', desk.random(32)),
  );
  desk.holds('data key', objectKey);
  const { WrappedObjectKey } = await ask(desk, 'WrapObjectKey', { ObjectKey: toBase64(objectKey) });
  return { objectKey, wrapped: String(WrappedObjectKey) };
}

export async function unwrapObjectKey(desk: Desk, wrapped: string): Promise<Bytes> {
  const { ObjectKey } = await ask(desk, 'UnwrapObjectKey', { WrappedObjectKey: wrapped });
  return fromBase64(String(ObjectKey));
}
