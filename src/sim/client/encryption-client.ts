// Client-side encryption as the S3 Encryption Client does it. (facts §8)
//   PUT  get a data key and its encrypted form; encrypt the object; forget the data key; send the ciphertext to S3 with
//        everything needed to open it again in x-amz-meta-* headers, except the key.
//   GET  fetch ciphertext and metadata; have the data key unwrapped; check; decrypt; forget.
import { toBase64 } from '../crypto/bytes';
import { parseContext } from '../crypto/context';
import { META_PREFIX } from '../s3/headers';
import type { Actor, Bytes, Desk, Headers, HttpRequest, HttpResponse } from '../types';
import { answerCall, ClientException, calledOperation } from './calls';
import { decode, decryptObject, type Format, V2, V3 } from './formats';
import { type Keyring, refuseOtherAlgorithm, type WrappedDataKey } from './keyrings';
import { otherRequest, putRequest } from './s3-requests';

export type FormatName = 'V2' | 'V3';

export function encryptionClient(keyring: Keyring, write: FormatName): Actor {
  const format = write === 'V3' ? V3 : V2;

  async function put(desk: Desk, call: HttpRequest): Promise<HttpResponse> {
    const wrapped = await keyring.make(desk, format, call.headers);
    const { body, metadata } = await format.encrypt(desk, wrapped.dataKey, call.body);
    desk.forgets('data key', wrapped.dataKey);
    const all = { ...keyMetadata(keyring, write, wrapped), ...metadata };
    return desk.send('s3', 'PutObject', putRequest(call.headers, body, all));
  }

  async function get(desk: Desk, call: HttpRequest): Promise<HttpResponse> {
    const answer = await desk.send('s3', 'GetObject', otherRequest('GET', call.headers));
    if (answer.status !== 200) return answer;
    const metadata = withoutPrefix(answer.headers);
    const stored = readKeyMetadata(metadata);
    if (keyring.usesKmsContext) refuseOtherAlgorithm(stored.context, stored.format);
    const dataKey = await keyring.recover(
      desk,
      stored.format,
      call.headers,
      stored.encryptedDataKey,
      stored.context,
    );
    desk.holds('data key', dataKey);
    try {
      return withBody(
        answer,
        await decryptObject(desk, stored.format, dataKey, answer.body, metadata),
      );
    } finally {
      desk.forgets('data key', dataKey);
    }
  }

  return (call, desk) =>
    answerCall(() => {
      const operation = calledOperation(call);
      if (operation === 'PutObject') return put(desk, call);
      if (operation === 'GetObject') return get(desk, call);
      if (operation === 'HeadObject')
        return desk.send('s3', operation, otherRequest('HEAD', call.headers));
      if (operation === 'DeleteObject')
        return desk.send('s3', operation, otherRequest('DELETE', call.headers));
      throw new Error(`the client does not know ${operation}`);
    });
}

/** S3's answer with the object in the place of what S3 has. */
export const withBody = (answer: HttpResponse, object: Bytes): HttpResponse => ({
  ...answer,
  headers: { ...answer.headers, 'content-length': String(object.length) },
  body: object,
});

/** Where the key of an object is written: what the keyring made, and how. */
export function keyMetadata(keyring: Keyring, write: FormatName, wrapped: WrappedDataKey): Headers {
  const encrypted = toBase64(wrapped.encryptedDataKey);
  const context = asciiJson(wrapped.context);
  if (write === 'V2') {
    return {
      'x-amz-key-v2': encrypted,
      'x-amz-wrap-alg': keyring.wrapAlgorithm.v2,
      'x-amz-matdesc': context,
    };
  }
  return {
    'x-amz-3': encrypted,
    'x-amz-w': keyring.wrapAlgorithm.v3,
    ...(keyring.usesKmsContext ? { 'x-amz-t': context } : {}),
  };
}

interface StoredKey {
  readonly format: Format;
  readonly encryptedDataKey: Bytes;
  readonly context: Readonly<Record<string, string>>;
}

/** What only one version writes. x-amz-iv and x-amz-matdesc are of V1 and V2 alike. (facts §8.2) */
const ONLY_IN = [
  ['x-amz-key'],
  ['x-amz-key-v2', 'x-amz-wrap-alg', 'x-amz-cek-alg', 'x-amz-tag-len'],
  ['x-amz-3', 'x-amz-w', 'x-amz-c', 'x-amz-d', 'x-amz-i', 'x-amz-t', 'x-amz-m'],
];
const BEFORE_V3 = ['x-amz-iv', 'x-amz-matdesc'];

/** An object is of one version: who mixes them wants one to be read with the checks of another. */
export function refuseTwoVersions(metadata: Headers): void {
  const has = (name: string): boolean => metadata[name] !== undefined;
  const [, , ofV3 = []] = ONLY_IN;
  const isMixed = ofV3.some(has) && BEFORE_V3.some(has);
  if (isMixed || ONLY_IN.filter((names) => names.some(has)).length > 1)
    throw new ClientException('The object carries content metadata of more than one version');
}

function readKeyMetadata(metadata: Headers): StoredKey {
  refuseTwoVersions(metadata);
  const v3 = metadata['x-amz-3'] !== undefined;
  if (!v3 && metadata['x-amz-key-v2'] === undefined) {
    throw new ClientException('The object carries no content metadata of the S3 Encryption Client');
  }
  const context = parseContext(metadata[v3 ? 'x-amz-t' : 'x-amz-matdesc'] ?? '{}');
  if (!context) throw new ClientException('The stored encryption context is not readable');
  const format = v3 ? V3 : V2;
  return {
    format,
    encryptedDataKey: decode(metadata, v3 ? 'x-amz-3' : 'x-amz-key-v2'),
    context,
  };
}

/** An object's user metadata, by its bare names. */
export const withoutPrefix = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(META_PREFIX))
      .map(([name, value]) => [name.slice(META_PREFIX.length), value]),
  );

/** JSON with everything outside ASCII escaped: S3 would otherwise rewrite the header (RFC 2047). */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
