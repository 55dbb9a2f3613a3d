import { describe, expect, it } from 'vitest';
import { sameBytes } from '../../sim';
import { readBlob } from '../../sim/hsm/blob';
import { runOf } from '../testing/cases';
import { partsOf } from './blob-parts';
import { formsOf } from './forms';

describe('the parts of a sealed thing', () => {
  it('are those that the HSM reads from its blob', async () => {
    const { trace } = await runOf({ flow: 'sse-kms', variant: 'customer-key', fault: undefined });
    const blob = formsOf(trace).get('D1<K1')?.[1];
    const read = blob && readBlob(blob);
    if (!blob || !read) throw new Error('no blob');
    const parts = partsOf(blob, 'D1<K1', false);
    const cut = (name: string) => {
      const part = parts.find((one) => one.name === name);
      return blob.slice(part?.start, part?.end);
    };
    expect(parts.map(({ name }) => name)).toEqual([
      'version',
      'material',
      'nonce',
      'iv',
      'ciphertext',
      'tag',
    ]);
    expect(sameBytes(cut('material'), read.materialId)).toBe(true);
    expect(sameBytes(cut('nonce'), read.nonce)).toBe(true);
    expect(sameBytes(cut('iv'), read.iv)).toBe(true);
    expect(cut('ciphertext').length + cut('tag').length).toBe(read.ciphertext.length);
    expect(parts.at(-1)?.end).toBe(blob.length);
  });

  it('are ciphertext and tag for an object', () => {
    expect(partsOf(new Uint8Array(47), 'O1<D1', false)).toEqual([
      { name: 'ciphertext', start: 0, end: 31 },
      { name: 'tag', start: 31, end: 47 },
    ]);
  });

  it('begin with the iv in a raw AES wrapping', () => {
    expect(partsOf(new Uint8Array(60), 'D1<W1', false).map(({ name }) => name)).toEqual([
      'iv',
      'ciphertext',
      'tag',
    ]);
  });

  it('are none where the layout is not AES-GCM, or where the bytes are too few', () => {
    expect(partsOf(new Uint8Array(40), 'D2<R1', false)).toEqual([]);
    expect(partsOf(new Uint8Array(8), 'O1<D1', true)).toEqual([]);
    expect(partsOf(new Uint8Array(32), 'D1', false)).toEqual([]);
  });
});
