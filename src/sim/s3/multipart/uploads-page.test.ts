import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Upload, Uploads } from './uploads';
import { pageOfUploads } from './uploads-page';

const upload = (key: string, id: string): Upload => ({
  id,
  key,
  initiated: new Date(0),
  scheme: 'AES256',
  asked: {},
  atRest: {},
  about: {},
  checksumAlgorithm: undefined,
  checksumType: 'FULL_OBJECT',
  parts: new Map(),
});

const keys = fc.array(fc.string({ unit: fc.constantFrom('a', '/', 'é', '😀'), minLength: 1 }), {
  maxLength: 12,
});

it('pages of any size, one after the other, are the whole list', () => {
  fc.assert(
    fc.property(keys, fc.constantFrom('', '/', 'é'), fc.nat(6), (all, delimiter, more) => {
      const uploads = new Uploads();
      for (const [i, key] of all.entries()) uploads.add(upload(key, String(i)));
      const sorted = uploads.all();
      const asked = { prefix: '', delimiter, keyMarker: '', idMarker: '', size: more + 1 };
      const whole = pageOfUploads(sorted, { ...asked, size: 1000 });
      const found = { uploads: [] as Upload[], commonPrefixes: [] as string[] };
      let page = pageOfUploads(sorted, asked);
      for (;;) {
        found.uploads.push(...page.uploads);
        found.commonPrefixes.push(...page.commonPrefixes);
        const { next } = page;
        if (!next) break;
        page = pageOfUploads(sorted, { ...asked, keyMarker: next.key, idMarker: next.id });
      }
      expect(found.uploads).toEqual(whole.uploads);
      expect(found.commonPrefixes).toEqual(whole.commonPrefixes);
      const rolledUp = all.filter((key) => delimiter !== '' && key.includes(delimiter));
      expect(whole.uploads).toHaveLength(all.length - rolledUp.length);
      expect(new Set(whole.commonPrefixes).size).toBe(whole.commonPrefixes.length);
    }),
  );
});
