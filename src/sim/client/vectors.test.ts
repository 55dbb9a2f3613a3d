// The full vectors of facts §8.8: made for this project from the specification, computed apart from this code.
import { describe, expect, it } from 'vitest';
import { createClock } from '../clock';
import { concat, fromBase64, fromHex, fromUtf8, toBase64, toHex, toUtf8 } from '../crypto/bytes';
import { request, response } from '../http';
import type { Actor, Bytes, Headers, HttpRequest } from '../types';
import { createWorld } from '../world';
import { clientCall } from './calls';
import { encryptionClient, type FormatName } from './encryption-client';
import { aesKeyring, rsaKeyring } from './keyrings';

const WRAPPING_KEY = fromHex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
const DATA_KEY = fromHex('80d90dc4cc7e77d8a6332efa44eba56230a7fe7b89af37d1e501ab2e07c0a163');
const MESSAGE_ID = fromHex('b8ea76bed24c7b85382a148cb9dcd1cfdfb765f55ded4dfa6e0c4c79');
const WRAP_IV = fromHex('a0a1a2a3a4a5a6a7a8a9aaab');
const CONTENT_IV = fromHex('b0b1b2b3b4b5b6b7b8b9babb');
const PLAINTEXT = fromUtf8('Hello, S3 client-side encryption!');

const V3_BODY =
  'ea3eed752d4a93ca63be0353e2e8ef03b263faac066f43ace3e03e1449df8eb5495a915e549f30b914af33f284478353df';
const V2_BODY =
  '9e3ca5512077922d2f1208000974338a0d86656a90b6479aba701dc0d84a42ae80e3c18a7b137263a5060bd03b71342fa0';

/** Serves given bytes in a row and nothing else. */
function serving(bytes: Bytes) {
  let at = 0;
  return (length: number): Bytes => {
    at += length;
    if (at > bytes.length) throw new Error('more random bytes asked for than the vector has');
    return bytes.slice(at - length, at);
  };
}

/** A client between you and an S3 that keeps the last PUT. */
function desk(write: FormatName, random: Bytes, keyring = aesKeyring) {
  const kept: { request?: HttpRequest } = {};
  const s3: Actor = async (message) => {
    if (message.method === 'PUT') {
      kept.request = message;
      return response(200);
    }
    return kept.request ? response(200, kept.request.headers, kept.request.body) : response(404);
  };
  const world = createWorld({
    random: serving(random),
    clock: createClock('2026-11-23T09:00:00.000Z'),
    actors: { client: encryptionClient(keyring, write), s3 },
  });
  return { world, kept };
}

const parameters = { Bucket: 'diary', Key: 'today.txt', WrappingKey: toBase64(WRAPPING_KEY) };

async function put(write: FormatName, random: Bytes): Promise<HttpRequest> {
  const { world, kept } = desk(write, random);
  await world.you.send('client', 'PutObject', clientCall('PutObject', parameters, PLAINTEXT));
  return kept.request as HttpRequest;
}

const metadata = ({ headers }: HttpRequest): Headers =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), value]] : [],
    ),
  );

describe('the V3 format', () => {
  it('is the vector, byte for byte, in body and metadata', async () => {
    const sent = await put('V3', concat(DATA_KEY, WRAP_IV, MESSAGE_ID));
    expect(toHex(sent.body)).toBe(V3_BODY);
    expect(metadata(sent)).toEqual({
      'x-amz-3': 'oKGio6SlpqeoqaqrZsFx6Ym1dWfEVqkpQ5FlvEALp2sbGHW9eQ+NqHhr1GLqgkBAbLHQnzxnq3iXeJUe',
      'x-amz-w': '02',
      'x-amz-c': '115',
      'x-amz-d': '+JgYvAo0bTo0JraOlQm2sq5f4fkEqjKftzYl2w==',
      'x-amz-i': 'uOp2vtJMe4U4KhSMudzRz9+3ZfVd7U36bgxMeQ==',
    });
  });
});

describe('the V2 format', () => {
  it('is the vector, byte for byte, in body and metadata', async () => {
    const sent = await put('V2', concat(DATA_KEY, WRAP_IV, CONTENT_IV));
    expect(toHex(sent.body)).toBe(V2_BODY);
    expect(metadata(sent)).toEqual({
      'x-amz-key-v2':
        'oKGio6SlpqeoqaqrZsFx6Ym1dWfEVqkpQ5FlvEALp2sbGHW9eQ+NqHhr1GKV7tX3Rj/mn4aE3RO1cHFe',
      'x-amz-wrap-alg': 'AES/GCM',
      'x-amz-matdesc': '{}',
      'x-amz-iv': 'sLGys7S1tre4ubq7',
      'x-amz-cek-alg': 'AES/GCM/NoPadding',
      'x-amz-tag-len': '128',
    });
  });
});

describe.each(['V2', 'V3'] as const)('a client that writes %s', (write) => {
  it.each([
    ['V3', V3_BODY, concat(DATA_KEY, WRAP_IV, MESSAGE_ID)],
    ['V2', V2_BODY, concat(DATA_KEY, WRAP_IV, CONTENT_IV)],
  ] as const)('opens the %s vector', async (stored, body, random) => {
    const written = await put(stored, random);
    const { world } = desk(write, new Uint8Array(0));
    await world.you.send('s3', 'PutObject', request('PUT', '/', written.headers, fromHex(body)));
    const answer = await world.you.send('client', 'GetObject', clientCall('GetObject', parameters));
    expect([answer.status, toUtf8(answer.body)]).toEqual([200, toUtf8(PLAINTEXT)]);
    expect(answer.headers['content-length']).toBe('33');
  });
});

describe('the object as it is sent', () => {
  it('is 16 bytes longer, with a CRC-32 of what is sent and not of what was given', async () => {
    const sent = await put('V3', concat(DATA_KEY, WRAP_IV, MESSAGE_ID));
    expect(sent.body).toHaveLength(PLAINTEXT.length + 16);
    expect(sent.headers['content-length']).toBe('49');
    expect(fromBase64(sent.headers['x-amz-checksum-crc32'] as string)).toHaveLength(4);
    expect(sent.headers).not.toHaveProperty('x-amz-server-side-encryption');
  });
});

describe('the RSA keyring', () => {
  it('is not satisfied without a public key', async () => {
    const { world } = desk('V3', new Uint8Array(0), rsaKeyring);
    const call = clientCall('PutObject', parameters, PLAINTEXT);
    const answer = await world.you.send('client', 'PutObject', call);
    expect([answer.status, answer.headers.exception]).toEqual([400, 'S3EncryptionClientException']);
  });
});
