// Signing requests by hand: Signature Version 4 written down from its description, apart from the library that checks it.
// The examples that AWS publishes are checked without it (../signature-v4/published.test.ts).
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { EMPTY, fromUtf8, toHex } from '../crypto/bytes';
import { encodeKey } from '../http';
import { type AccessKey, accessKeyOf } from '../iam/access-keys';
import { ANA } from '../names';
import { bucketHost } from '../s3/address';
import type { Bytes, HttpRequest } from '../types';

export const sha256Of = (data: string | Uint8Array): string =>
  toHex(sha256(typeof data === 'string' ? fromUtf8(data) : data));

function signatureOf(secret: string, scope: string, stringToSign: string): string {
  const under = (key: Uint8Array, data: string): Uint8Array => hmac(sha256, key, fromUtf8(data));
  const key = scope.split('/').reduce(under, fromUtf8(`AWS4${secret}`) as Uint8Array);
  return toHex(under(key, stringToSign));
}

export const SEED = 'signed';
export const NOW = '2026-11-23T09:00:00.000Z';
export const AMZ_NOW = '20261123T090000Z';
export const SCOPE = '20261123/eu-west-1/s3/aws4_request';
export const BUCKET = 'diary';

export interface Sending {
  readonly method?: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Bytes;
  readonly payload?: string;
  readonly amzDate?: string;
  readonly scope?: string;
  readonly by?: AccessKey;
  readonly host?: string;
}

const rfc3986 = (text: string): string => encodeKey(text).replaceAll('/', '%2F');
/** Sorted by what stands in the query, not by what it means. */
const queryOf = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map((pair) => pair.map(rfc3986).join('='))
    .sort()
    .join('&');

const ana = accessKeyOf(SEED, ANA);

/** A request signed in its header. */
export function signed(sending: Sending = {}): HttpRequest {
  const { method = 'GET', key = 'today.txt', query = {}, body = EMPTY, by = ana } = sending;
  const { amzDate = AMZ_NOW, scope = SCOPE, payload = sha256Of(body) } = sending;
  const headers: Record<string, string> = {
    host: sending.host ?? bucketHost(BUCKET),
    'x-amz-date': amzDate,
    'x-amz-content-sha256': payload,
    ...(by.sessionToken ? { 'x-amz-security-token': by.sessionToken } : {}),
    ...sending.headers,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    `/${encodeKey(key)}`,
    queryOf(query),
    ...names.map((name) => `${name}:${(headers[name] as string).trim().replace(/\s+/g, ' ')}`),
    '',
    names.join(';'),
    payload,
  ].join('\n');
  const text = `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${sha256Of(canonical)}`;
  const signature = signatureOf(by.secretAccessKey, scope, text);
  const search = queryOf(query);
  return {
    method,
    path: `/${encodeKey(key)}${search ? `?${search}` : ''}`,
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${by.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    },
    body,
  };
}

/** A presigned URL, as a request. */
export function presigned(sending: Sending & { readonly expires?: string } = {}): HttpRequest {
  const { method = 'GET', key = 'today.txt', body = EMPTY, by = ana, expires = '300' } = sending;
  const { amzDate = AMZ_NOW, scope = SCOPE } = sending;
  const query = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${by.accessKeyId}/${scope}`,
    'X-Amz-Date': amzDate,
    'X-Amz-Expires': expires,
    'X-Amz-SignedHeaders': 'host',
    ...sending.query,
  };
  const host = bucketHost(BUCKET);
  const canonical = `${method}\n/${encodeKey(key)}\n${queryOf(query)}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const text = `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${sha256Of(canonical)}`;
  const signature = signatureOf(by.secretAccessKey, scope, text);
  return {
    method,
    path: `/${encodeKey(key)}?${queryOf(query)}&X-Amz-Signature=${signature}`,
    headers: { host, ...sending.headers },
    body,
  };
}
