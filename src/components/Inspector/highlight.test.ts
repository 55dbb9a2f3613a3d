import { describe, expect, it } from 'vitest';
import { formsOf, nameOf } from '../../flows';
import { runOf } from '../../flows/testing/cases';
import type { Bytes } from '../../sim/types';
import { toBase64, toHex } from './bytes';
import { apart, needlesOf, segmentsOf } from './highlight';

const bytes = (length: number, first = 1): Bytes =>
  Uint8Array.from({ length }, (_, i) => (first + i * 7) % 256);
const KEY = bytes(32);
const BLOB = bytes(109, 90);
const FORMS = new Map([
  ['D1', [KEY]],
  ['D1<K1', [BLOB.slice(61), BLOB]],
  ['O1', [new TextEncoder().encode('hi')]],
]);
const needles = needlesOf(FORMS, ['D1', 'D1<K1', 'O1']);

describe('what is marked in a text', () => {
  it('is a key in base64, with what stands around it left unmarked', () => {
    expect(segmentsOf(`{"Plaintext":"${toBase64(KEY)}"}`, needles)).toEqual([
      { text: '{"Plaintext":"' },
      { text: toBase64(KEY), id: 'D1' },
      { text: '"}' },
    ]);
  });

  it('is a key in hex, in either case', () => {
    expect(segmentsOf(toHex(KEY).toUpperCase(), needles)).toEqual([
      { text: toHex(KEY).toUpperCase(), id: 'D1' },
    ]);
  });

  it('is the whole blob and not the ciphertext at its end', () => {
    const found = segmentsOf(toBase64(BLOB), needles);
    expect(found).toEqual([{ text: toBase64(BLOB), id: 'D1<K1' }]);
  });

  it('is every occurrence', () => {
    const text = `${toBase64(KEY)} and ${toBase64(KEY)}`;
    expect(segmentsOf(text, needles).filter(({ id }) => id === 'D1')).toHaveLength(2);
  });

  it('is a very short object only where it is all there is', () => {
    expect(segmentsOf('hi', needles)).toEqual([{ text: 'hi', id: 'O1' }]);
    expect(segmentsOf('this', needles)).toEqual([{ text: 'this' }]);
  });

  it('leaves the text itself as it was', () => {
    const text = `a ${toHex(KEY)} b ${toBase64(BLOB)} ${'x'.repeat(200)} c`;
    const pieces = apart(segmentsOf(text, needles));
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.some((piece) => piece.text === 'x'.repeat(200))).toBe(true);
  });
});

describe('the bytes behind the names of a trace', () => {
  it('are the ciphertext and the blob of what the HSM wrapped', async () => {
    const { trace } = await runOf({ flow: 'sse-kms', variant: 'customer-key', fault: undefined });
    expect(
      formsOf(trace)
        .get('D1<K1')
        ?.map((form) => form.length),
    ).toEqual([48, 109]);
  });

  it('tell the changed bytes from the unchanged', async () => {
    const fault = 'object-bit';
    const { trace } = await runOf({ flow: 'sse-kms', variant: 'customer-key', fault });
    const flips = trace.steps.find((step) => step.key === 'storage flips stored object');
    if (flips?.kind !== 'deed') throw new Error('no flip');
    expect(nameOf(trace, flips, flips.inputs.before as Bytes)).toBe('O1<D1');
    expect(nameOf(trace, flips, flips.outputs.after as Bytes)).toBe('O1<D1~');
  });
});
