import { createCipheriv, createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aesGcmDecrypt,
  aesGcmEncrypt,
  aesGcmEncryptInto,
  aesKeyUnwrap,
  aesKeyWrap,
  GCM_TAG_BYTES,
} from './aes';
import { fromHex, toHex } from './bytes';
import { DecryptionFailed } from './failure';

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

// McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", appendix B, the cases with 256-bit keys.
const KEY = 'feffe9928665731c6d6a8f9467308308'.repeat(2);
const IV = 'cafebabefacedbaddecaf888';
const PLAINTEXT =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72' +
  '1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255';
const CIPHERTEXT =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa' +
  '8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad';
const GCM_CASES = [
  {
    name: '13: nothing at all',
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    aad: '',
    plaintext: '',
    ciphertext: '',
    tag: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    name: '14: one block of zeros',
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    aad: '',
    plaintext: '00'.repeat(16),
    ciphertext: 'cea7403d4d606b6e074ec5d3baf39d18',
    tag: 'd0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    name: '15: four blocks',
    key: KEY,
    iv: IV,
    aad: '',
    plaintext: PLAINTEXT,
    ciphertext: CIPHERTEXT,
    tag: 'b094dac5d93471bdec1a502270e3cc6c',
  },
  {
    name: '16: a partial block and additional data',
    key: KEY,
    iv: IV,
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext: PLAINTEXT.slice(0, 120),
    ciphertext: CIPHERTEXT.slice(0, 120),
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
];

describe('AES-256-GCM', () => {
  it.each(GCM_CASES)('seals and opens GCM test case $name', async (vector) => {
    const key = fromHex(vector.key);
    const iv = fromHex(vector.iv);
    const aad = fromHex(vector.aad);
    const plaintext = fromHex(vector.plaintext);
    const { ciphertext } = await aesGcmEncrypt({ key, iv, aad, plaintext }).run();
    expect(toHex(ciphertext)).toBe(vector.ciphertext + vector.tag);
    const opened = await aesGcmDecrypt({ key, iv, aad, ciphertext }).run();
    expect(toHex(opened.plaintext)).toBe(vector.plaintext);
  });

  const sealed = fc.record({
    key: bytesOf(32),
    iv: bytesOf(12),
    aad: fc.uint8Array({ maxLength: 100 }),
    plaintext: fc.uint8Array({ maxLength: 300 }),
  });

  it('makes the bytes that OpenSSL makes, for any key, iv, aad and plaintext', async () => {
    await fc.assert(
      fc.asyncProperty(sealed, async ({ key, iv, aad, plaintext }) => {
        const cipher = createCipheriv('aes-256-gcm', key, iv);
        cipher.setAAD(aad);
        const expected = Buffer.concat([
          cipher.update(plaintext),
          cipher.final(),
          cipher.getAuthTag(),
        ]);
        const { ciphertext } = await aesGcmEncrypt({ key, iv, aad, plaintext }).run();
        expect(Buffer.from(ciphertext)).toEqual(expected);
        expect(ciphertext).toHaveLength(plaintext.length + GCM_TAG_BYTES);
      }),
    );
  });

  it('lets OpenSSL open what it sealed behind a head', async () => {
    await fc.assert(
      fc.asyncProperty(sealed, fc.uint8Array({ maxLength: 70 }), async (input, head) => {
        const { ciphertext, blob } = await aesGcmEncryptInto({ ...input, head }).run();
        expect(Buffer.from(blob)).toEqual(Buffer.concat([head, ciphertext]));
        const opener = createDecipheriv('aes-256-gcm', input.key, input.iv);
        opener.setAAD(input.aad);
        opener.setAuthTag(ciphertext.subarray(-GCM_TAG_BYTES));
        const opened = Buffer.concat([
          opener.update(ciphertext.subarray(0, -GCM_TAG_BYTES)),
          opener.final(),
        ]);
        expect(opened).toEqual(Buffer.from(input.plaintext));
      }),
    );
  });

  it('refuses to open when one bit of key, iv, aad, ciphertext or tag is another', async () => {
    const parts = ['key', 'iv', 'aad', 'ciphertext'] as const;
    await fc.assert(
      fc.asyncProperty(sealed, fc.constantFrom(...parts), fc.nat(), async (input, part, where) => {
        const { ciphertext } = await aesGcmEncrypt(input).run();
        const changed = { ...input, ciphertext };
        const target = new Uint8Array(changed[part]);
        fc.pre(target.length > 0);
        const at = where % (target.length * 8);
        target[at >> 3] = (target[at >> 3] as number) ^ (1 << (at & 7));
        const opening = aesGcmDecrypt({ ...changed, [part]: target }).run();
        await expect(opening).rejects.toThrow(new DecryptionFailed());
      }),
    );
  });

  it('fails alike for a ciphertext that is too short to hold a tag', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytesOf(32),
        bytesOf(12),
        fc.uint8Array({ maxLength: 15 }),
        async (key, iv, ciphertext) => {
          const opening = aesGcmDecrypt({ key, iv, aad: new Uint8Array(0), ciphertext }).run();
          await expect(opening).rejects.toThrow(DecryptionFailed);
        },
      ),
    );
  });
});

describe('AES key wrap', () => {
  const KEK = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
  it.each([
    {
      name: '4.3: 128 bits of key data',
      data: '00112233445566778899aabbccddeeff',
      wrapped: '64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7',
    },
    {
      name: '4.6: 256 bits of key data',
      data: '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f',
      wrapped: '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
    },
  ])('wraps and unwraps as RFC 3394 §$name', async ({ data, wrapped }) => {
    const key = fromHex(KEK);
    const { ciphertext } = await aesKeyWrap({ key, plaintext: fromHex(data) }).run();
    expect(toHex(ciphertext)).toBe(wrapped);
    const { plaintext } = await aesKeyUnwrap({ key, ciphertext }).run();
    expect(toHex(plaintext)).toBe(data);
  });

  it('makes the bytes that OpenSSL makes, for any 32-byte key under any other', async () => {
    await fc.assert(
      fc.asyncProperty(bytesOf(32), bytesOf(32), async (key, plaintext) => {
        const wrap = createCipheriv('id-aes256-wrap', key, Buffer.alloc(8, 0xa6));
        const expected = Buffer.concat([wrap.update(plaintext), wrap.final()]);
        const { ciphertext } = await aesKeyWrap({ key, plaintext }).run();
        expect(Buffer.from(ciphertext)).toEqual(expected);
        const back = await aesKeyUnwrap({ key, ciphertext }).run();
        expect(Buffer.from(back.plaintext)).toEqual(Buffer.from(plaintext));
      }),
    );
  });

  it('refuses to unwrap when a bit is another, or the length is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(bytesOf(32), fc.uint8Array({ maxLength: 64 }), async (key, ciphertext) => {
        await expect(aesKeyUnwrap({ key, ciphertext }).run()).rejects.toThrow(DecryptionFailed);
      }),
    );
  });
});
