// What KMS asks of the HSM behind it, apart from ciphers: key material made, taken in and destroyed (modelled).
import { jsonBody, readJson, request } from '../http';
import type { Desk, Operation } from '../types';

export interface HsmReply {
  readonly ok: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

export async function askHsm(
  desk: Desk,
  operation: Operation,
  fields: Readonly<Record<string, unknown>>,
): Promise<HsmReply> {
  const message = request('POST', `/${operation}`, {}, jsonBody(fields));
  const answer = await desk.send('hsm', operation, message);
  return { ok: answer.status === 200, body: readJson(answer.body) ?? {} };
}

/** The id of new key material; only the HSM has the bytes. */
export async function newBackingKey(desk: Desk): Promise<string> {
  const { body } = await askHsm(desk, 'CreateBackingKey', {});
  return String(body.KeyMaterialId);
}

export async function destroyBackingKeys(desk: Desk, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await askHsm(desk, 'DestroyBackingKey', { KeyMaterialIds: ids });
}
