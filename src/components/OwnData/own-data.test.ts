import { describe, expect, it } from 'vitest';
import { DEFAULT_DRAFT } from '../../player';
import { secureAddresses } from '../Insecure/webcrypto';
import { entryOf } from '../Notice/useNotice';
import { largeSize } from '../useSize';
import { fieldsOf, usable } from './fields';

const SSE_KMS = { flow: 'sse-kms', variant: 'aws-s3' } as const;

describe('the fields of own data', () => {
  it('are those that the scheme uses', () => {
    expect(fieldsOf(undefined)).toEqual(['text', 'key', 'bucket']);
    expect(fieldsOf({ flow: 'sse-s3', variant: 'default' })).toEqual(fieldsOf(undefined));
    expect(fieldsOf(SSE_KMS)).toContain('context');
    expect(fieldsOf({ flow: 'sse-kms', variant: 'bucket-key' })).not.toContain('context');
    expect(fieldsOf({ flow: 'sse-c', variant: 'unblocked' }).at(-1)).toBe('customerKey');
  });

  it('that are not shown stand as they last ran', () => {
    const typed = { ...DEFAULT_DRAFT, text: 'mine', context: 'half typed', customerKey: 'abc' };
    const last = { ...DEFAULT_DRAFT, context: 'a=b' };
    expect(usable(typed, last, fieldsOf(undefined))).toEqual({ ...last, text: 'mine' });
    expect(usable(typed, last, fieldsOf(SSE_KMS)).context).toBe('half typed');
  });
});

describe('sizes', () => {
  it('take the unit that fits', () => {
    expect(largeSize(1023)).toBeUndefined();
    expect(largeSize(1536)).toEqual({ amount: 1.5, unit: 'KiB' });
    expect(largeSize(64 * 1024 ** 2)).toEqual({ amount: 64, unit: 'MiB' });
    expect(largeSize(3 * 1024 ** 4)).toEqual({ amount: 3072, unit: 'GiB' });
  });
});

describe('notices', () => {
  it('tell a step past the end from one that is no number', () => {
    expect(entryOf({ part: 'step', value: '999' })).toBe('address step beyond');
    expect(entryOf({ part: 'step', value: '1e3' })).toBe('address step');
    expect(entryOf({ part: 'seed', value: 'X' })).toBe('address seed');
  });
});

describe('an insecure page', () => {
  const at = (address: string) => secureAddresses(new URL(address) as unknown as Location);
  it('names the addresses where it would work', () => {
    expect(at('http://10.0.0.7:4173/app/')).toEqual([
      'https://10.0.0.7:4173/app/',
      'http://localhost:4173/app/',
      'http://127.0.0.1:4173/app/',
    ]);
    expect(at('http://localhost/')).toEqual(['http://localhost/', 'http://127.0.0.1/']);
    expect(at('https://example.org/')).toEqual([]);
  });
});
