// S3's answers: the headers that every answer has, and errors as XML.
import { httpDate } from '../clock';
import { EMPTY } from '../crypto/bytes';
import { response } from '../http';
import type { Refusal } from '../refusal';
import type { Bytes, Desk, Headers, HttpResponse } from '../types';
import { xml } from './xml';

/** 16 upper-case characters, as S3's request ids have. */
function requestId(desk: Desk): string {
  let id = '';
  for (const byte of desk.random(16)) id += 'ABCDEFGHJKMNPQRSTVWXYZ0123456789'.charAt(byte % 32);
  return id;
}

export function answer(
  desk: Desk,
  status: number,
  headers: Headers = {},
  body: Bytes = EMPTY,
): HttpResponse {
  const common = { 'x-amz-request-id': requestId(desk), date: httpDate(desk.now()) };
  return response(status, Object.assign(common, headers), body);
}

/** HEAD errors have no body. (facts §1.3) */
export function refuse(desk: Desk, refusal: Refusal, path: string, method: string): HttpResponse {
  const common = answer(desk, refusal.status, { 'content-type': 'application/xml' });
  if (method === 'HEAD') return common;
  const body = xml({
    Error: {
      Code: refusal.code,
      Message: refusal.message,
      ...refusal.extra,
      Resource: path,
      RequestId: common.headers['x-amz-request-id'],
    },
  });
  return { ...common, body };
}
