import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, fromUtf8, toHex } from './bytes';
import { counterModeKdf, hkdfSha512, hmac } from './mac';

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('HMAC-SHA-256', () => {
  it('gives RFC 4231 test case 2', async () => {
    const { mac } = await hmac({
      key: fromUtf8('Jefe'),
      data: fromUtf8('what do ya want for nothing?'),
    }).run();
    expect(toHex(mac)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('is what OpenSSL computes, for any key and data', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.uint8Array({ maxLength: 200 }),
        async (key, data) => {
          const { mac } = await hmac({ key, data }).run();
          expect(Buffer.from(mac)).toEqual(createHmac('sha256', key).update(data).digest());
        },
      ),
    );
  });
});

describe('the counter-mode KDF', () => {
  it('is HMAC over counter, label, zero byte, nonce and length (SP 800-108 §4.1)', async () => {
    await fc.assert(
      fc.asyncProperty(bytesOf(32), bytesOf(16), async (key, nonce) => {
        const { derivedKey } = await counterModeKdf({ key, nonce }).run();
        const expected = createHmac('sha256', key)
          .update('00000001', 'hex')
          .update('Sealed KMS per-call key')
          .update('00', 'hex')
          .update(nonce)
          .update('00000100', 'hex')
          .digest();
        expect(Buffer.from(derivedKey)).toEqual(expected);
      }),
    );
  });
});

describe('HKDF-SHA-512', () => {
  it('is what OpenSSL computes, for any key, salt, info and length', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytesOf(32),
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 40 }),
        fc.integer({ min: 1, max: 200 }),
        async (key, salt, info, length) => {
          const { okm } = await hkdfSha512({ key, salt, info, length }).run();
          expect(Buffer.from(okm)).toEqual(
            Buffer.from(hkdfSync('sha512', key, salt, info, length)),
          );
        },
      ),
    );
  });

  // Known answers of the S3 Encryption Client for Go, v4/internal/key_derivation_test.go (facts §8.8)
  it.each([
    {
      dataKey: '80d90dc4cc7e77d8a6332efa44eba56230a7fe7b89af37d1e501ab2e07c0a163',
      messageId: 'b8ea76bed24c7b85382a148cb9dcd1cfdfb765f55ded4dfa6e0c4c79',
      contentKey: '6dd14f546cc006e639126e83f5d4d1b118576bb5df97f38c6fb3a1db87bbc338',
      commitment: 'f89818bc0a346d3a3426b68e9509b6b2ae5fe1f904aa329fb73625db',
    },
    {
      dataKey: '501afb8227d22e75e68010414b8abdaf3064c081e8e922dafef4992036394d60',
      messageId: '61a00b4981a5aacfd136c55cb726e32d2a547dc7600a7d4675c69127',
      contentKey: 'e14786a714748d1d2c3a4a6816dec56ddf1881bbeabb4f39420ffb9f63700b2f',
      commitment: '5c1e73e47f6fe3a70d6d094283aceaa76d2975feb829212d88f0afc1',
    },
  ])('derives the content key and commitment of data key $dataKey', async (vector) => {
    const key = fromHex(vector.dataKey);
    const salt = fromHex(vector.messageId);
    const okm = async (label: string, length: number) => {
      const info = fromHex(`0073${Buffer.from(label).toString('hex')}`);
      return toHex((await hkdfSha512({ key, salt, info, length }).run()).okm);
    };
    expect(await okm('DERIVEKEY', 32)).toBe(vector.contentKey);
    expect(await okm('COMMITKEY', 28)).toBe(vector.commitment);
  });
});
