import { expect, it } from 'vitest';
import type { Bytes, CiphertextBlob, CustomerKey, PlaintextDataKey, WrappingKey } from './types';
import { unreachable } from './types';

// Most of this file is checked by the compiler: a line that compiles where an error is expected fails `tsc`.
const bytes: Bytes = new Uint8Array(32);
const dataKey = bytes as PlaintextDataKey;
const blob = bytes as CiphertextBlob;
const wraps = (key: PlaintextDataKey): number => key.length;

it('does not take one kind of key for another', () => {
  expect(wraps(dataKey)).toBe(32);
  // @ts-expect-error a CiphertextBlob is not a data key
  wraps(blob);
  // @ts-expect-error bare bytes are not a data key
  wraps(bytes);
  // @ts-expect-error a data key is not a customer key
  const customerKey: CustomerKey = dataKey;
  // @ts-expect-error a wrapping key is not a data key
  wraps(bytes as WrappingKey);
  expect(customerKey).toBe(dataKey);
});

it('throws when a case is left after all', () => {
  expect(() => unreachable('a case' as never)).toThrow('unreachable: "a case"');
});
