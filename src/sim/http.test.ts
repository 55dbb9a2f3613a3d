import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8 } from './crypto/bytes';
import { encodeKey, readJson } from './http';

describe('an object key in a path', () => {
  it('is encoded as RFC 3986 asks, slashes apart, and decodes to what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        const path = encodeKey(key);
        expect(path).toMatch(/^(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*$/);
        expect(decodeURIComponent(path)).toBe(key);
      }),
    );
  });

  it('leaves nothing reserved, however often it occurs', () => {
    expect(encodeKey("!!''(())** +?#%/é")).toBe(
      '%21%21%27%27%28%28%29%29%2A%2A%20%2B%3F%23%25/%C3%A9',
    );
  });
});

describe('a JSON body', () => {
  it.each(['[]', '"text"', '1', 'null', '{', 'undefined'])('is not %s', (text) => {
    expect(readJson(fromUtf8(text))).toBeUndefined();
  });

  it('is an object, and an empty one when there is nothing', () => {
    expect(readJson(fromUtf8('{"KeyId":"1"}'))).toEqual({ KeyId: '1' });
    expect(readJson(fromUtf8(''))).toEqual({});
  });
});
