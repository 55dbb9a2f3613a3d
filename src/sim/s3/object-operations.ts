// S3 operations on objects. PUT: authorise, check the body, choose the encryption, seal, write. GET: authorise, read,
// admit, open. (facts §1)
import { httpDate } from '../clock';
import { toHex } from '../crypto/bytes';
import { crc32Base64, md5Hex } from '../crypto/checksums';
import { looked } from '../crypto/works';
import { definedHeaders, encodeKey, request } from '../http';
import { PRINCIPAL } from '../names';
import { Refusal } from '../refusal';
import type { Bytes, Desk, Headers } from '../types';
import { type Choice, chooseEncryption } from './choose';
import { CHECKSUM_CRC32, META_PREFIX, SSE } from './headers';
import { answer } from './responses';
import type { S3Context, S3Handler } from './s3';
import {
  AT_REST,
  atRest,
  type Place,
  type SealedObject,
  type SseScheme,
  type Stored,
} from './sse/scheme';

const diskPath = ({ bucketName, key }: S3Context): string => `/${bucketName}/${encodeKey(key)}`;

const placeOf = ({ bucketName, key, request }: S3Context): Place => ({
  bucket: bucketName,
  key,
  principal: request.headers[PRINCIPAL] ?? 'anonymous',
});

const schemeOf = (context: S3Context, name: string): SseScheme =>
  context.schemes[name as Choice['scheme']] as SseScheme;

const userMetadata = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith(META_PREFIX)));

/** Verifies the checksum a client sent along, over the bytes as they arrived. */
async function checkUpload(desk: Desk, headers: Headers, body: Bytes): Promise<void> {
  const sent = headers[CHECKSUM_CRC32];
  if (sent === undefined) return;
  const computed = crc32Base64(body);
  const refusal =
    sent === computed
      ? undefined
      : new Refusal(
          400,
          'BadDigest',
          'The CRC32 you specified did not match the calculated checksum.',
        );
  await desk.does('checks', 'upload', looked('CRC-32', { sent, computed }, refusal, { body }));
}

/** MD5 of the object for SSE-S3; for the other schemes AWS says only that it is not that: random here (modelled). */
const newEtag = (desk: Desk, scheme: Choice['scheme'], object: Bytes): string =>
  `"${scheme === 'AES256' ? md5Hex(object) : toHex(desk.random(16))}"`;

async function seal(context: S3Context, choice: Choice): Promise<SealedObject> {
  return schemeOf(context, choice.scheme).seal(
    context.request.body,
    choice,
    placeOf(context),
    context.desk,
  );
}

const putObject: S3Handler = async (context) => {
  const { desk, request: incoming } = context;
  await context.authorise('s3:PutObject');
  const bucket = context.bucket();
  await checkUpload(desk, incoming.headers, incoming.body);
  const choice = chooseEncryption(incoming.headers, bucket);
  await desk.does(
    'chooses',
    'encryption',
    looked('request header, else bucket default', { scheme: choice.scheme, asked: choice.asked }),
  );
  const etag = newEtag(desk, choice.scheme, incoming.body);
  const sealed = await seal(context, choice);
  const metadata = definedHeaders({
    [AT_REST.scheme]: choice.scheme,
    ...sealed.atRest,
    [AT_REST.length]: String(incoming.body.length),
    etag,
    'last-modified': httpDate(desk.now()),
    'content-type': incoming.headers['content-type'] ?? 'binary/octet-stream',
    ...userMetadata(incoming.headers),
  });
  await desk.send(
    'storage',
    'WriteObject',
    request('PUT', diskPath(context), metadata, sealed.body),
  );
  const checksum = incoming.headers[CHECKSUM_CRC32];
  return answer(
    desk,
    200,
    definedHeaders({
      etag,
      ...schemeOf(context, choice.scheme).describe(metadata, incoming.headers),
      ...(checksum ? { [CHECKSUM_CRC32]: checksum, 'x-amz-checksum-type': 'FULL_OBJECT' } : {}),
    }),
  );
};

/** What is stored, once the caller may read it and brings what its scheme asks for. */
async function admitted(
  context: S3Context,
  method: 'GET' | 'HEAD',
): Promise<Stored & { scheme: SseScheme }> {
  const { desk, request: incoming } = context;
  if (incoming.headers[SSE] !== undefined) {
    throw new Refusal(
      400,
      'InvalidArgument',
      'x-amz-server-side-encryption header is not supported for this operation.',
      {
        ArgumentName: SSE,
        ArgumentValue: incoming.headers[SSE],
      },
    );
  }
  await context.authorise('s3:GetObject');
  context.bucket();
  const operation = method === 'GET' ? 'ReadObject' : 'ReadMetadata';
  const found = await desk.send('storage', operation, request(method, diskPath(context)));
  if (found.status !== 200) {
    throw new Refusal(404, 'NoSuchKey', 'The specified key does not exist.', { Key: context.key });
  }
  const scheme = schemeOf(context, atRest(found.headers, 'scheme'));
  refuseNeedlessKey(scheme, incoming.headers);
  await scheme.admit(found.headers, incoming.headers, desk);
  return { body: found.body, metadata: found.headers, scheme };
}

function refuseNeedlessKey(scheme: SseScheme, headers: Headers): void {
  const brought = Object.keys(headers).some((name) =>
    name.startsWith('x-amz-server-side-encryption-customer-'),
  );
  if (scheme.name !== 'SSE-C' && brought) {
    throw new Refusal(
      400,
      'InvalidRequest',
      'The encryption parameters are not applicable to this object.',
    );
  }
}

const objectHeaders = (
  { metadata, scheme }: Stored & { scheme: SseScheme },
  incoming: Headers,
): Headers =>
  definedHeaders({
    'content-length': atRest(metadata, 'length'),
    'content-type': metadata['content-type'],
    etag: metadata.etag,
    'last-modified': metadata['last-modified'],
    ...scheme.describe(metadata, incoming),
    ...userMetadata(metadata),
  });

const getObject: S3Handler = async (context) => {
  const stored = await admitted(context, 'GET');
  const incoming = context.request.headers;
  const object = await stored.scheme.open(stored, incoming, placeOf(context), context.desk);
  return answer(context.desk, 200, objectHeaders(stored, incoming), object);
};

const headObject: S3Handler = async (context) => {
  const stored = await admitted(context, 'HEAD');
  return answer(context.desk, 200, objectHeaders(stored, context.request.headers));
};

const deleteObject: S3Handler = async (context) => {
  await context.authorise('s3:DeleteObject');
  context.bucket();
  await context.desk.send('storage', 'EraseObject', request('DELETE', diskPath(context)));
  return answer(context.desk, 204);
};

export const objectOperations: Readonly<Record<string, S3Handler>> = {
  PUT: putObject,
  GET: getObject,
  HEAD: headObject,
  DELETE: deleteObject,
};
