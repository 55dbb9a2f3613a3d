import { base64, hex } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_DRAFT,
  type Draft,
  isDefault,
  isShareable,
  MAX_OBJECT_BYTES,
  MAX_SHARED_CHARACTERS,
  ownInputOf,
  problemsOf,
  readContext,
} from './own';

const draft = (change: Partial<Draft>): Draft => ({ ...DEFAULT_DRAFT, ...change });
const problemIn = (field: keyof Draft, value: string) =>
  problemsOf(draft({ [field]: value }))[field];

describe('a draft', () => {
  it('starts as the example, without problems', () => {
    expect(isDefault(DEFAULT_DRAFT)).toBe(true);
    expect(problemsOf(DEFAULT_DRAFT)).toEqual({});
    expect(isDefault(draft({ customerKey: 'x' }))).toBe(false);
  });

  it('takes no text over the limit, counted in bytes', () => {
    expect(problemIn('text', 'a'.repeat(MAX_OBJECT_BYTES))).toBeUndefined();
    expect(problemIn('text', 'a'.repeat(MAX_OBJECT_BYTES + 1))?.id).toBe('text-too-long');
    expect(problemIn('text', '€'.repeat(MAX_OBJECT_BYTES / 3 + 1))?.id).toBe('text-too-long');
  });

  it.each(['diary', 'a.b-c', '0ab', 'a'.repeat(63)])('takes the bucket name %s', (bucket) => {
    expect(problemIn('bucket', bucket)).toBeUndefined();
  });
  it.each([
    '',
    'ab',
    'Diary',
    'a..b',
    '-abc',
    'abc-',
    'a_b',
    'bücher',
    'a'.repeat(64),
    'a b',
    'abc\n',
  ])('refuses the bucket name %j', (bucket) =>
    expect(problemIn('bucket', bucket)?.id).toBe('bucket-name'),
  );
  it.each(['192.168.5.4', 'xn--abc', 'sthree-abc', 'abc-s3alias', 'abc--ol-s3', 'abc--x-s3'])(
    'refuses the reserved bucket name %s',
    (bucket) => expect(problemIn('bucket', bucket)?.id).toBe('bucket-reserved'),
  );

  it('refuses an object name that is empty, too long, or no text', () => {
    expect(problemIn('key', '')?.id).toBe('key-empty');
    expect(problemIn('key', 'é'.repeat(512))).toBeUndefined();
    expect(problemIn('key', `${'é'.repeat(512)}a`)).toEqual({
      id: 'key-too-long',
      values: { length: '1025' },
    });
    expect(problemIn('key', 'a\ud800b')?.id).toBe('key-form');
    expect(problemIn('key', 'a😀b')).toBeUndefined();
  });

  it.each([
    ['no equals sign', 'context-line', { line: 'no equals sign' }],
    ['=value', 'context-line', { line: '=value' }],
    ['größe=1', 'context-ascii', { line: 'größe=1' }],
    ['AWS:s3=1', 'context-reserved', { name: 'AWS:s3' }],
    ['a=1\n a =2', 'context-repeated', { name: 'a' }],
  ])('refuses the context %j', (context, id, values) => {
    expect(problemIn('context', context)).toEqual({ id, values });
  });
  it.each(['', '\n\n', 'a=', 'a=b=c', '__proto__=x\nconstructor=y'])(
    'takes the context %j',
    (context) => expect(problemIn('context', context)).toBeUndefined(),
  );
  it('refuses a context over 8 KiB', () => {
    expect(problemIn('context', `a=${'b'.repeat(8190)}`)).toBeUndefined();
    expect(problemIn('context', `a=${'b'.repeat(8191)}`)?.id).toBe('context-too-long');
  });
  it('reads the context pair by pair', () => {
    expect(readContext(' a = b=c \n\n__proto__=x')).toEqual(
      Object.fromEntries([
        ['a', 'b=c'],
        ['__proto__', 'x'],
      ]),
    );
  });

  it('takes a customer key as hex or base64, with any spaces', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(bytes, fc.constantFrom(hex, base64), fc.boolean(), (key, codec, spaced) => {
        const text = codec.encode(key);
        const typed = spaced ? ` ${text.replace(/(.{8})/g, '$1 ')}\n` : text;
        expect(problemIn('customerKey', typed)).toBeUndefined();
        expect(ownInputOf(draft({ customerKey: typed })).customerKey).toEqual(new Uint8Array(key));
      }),
    );
    expect(problemIn('customerKey', 'AB'.repeat(32))).toBeUndefined();
  });
  it('refuses a customer key of another length or form', () => {
    expect(problemIn('customerKey', 'ab'.repeat(31))).toEqual({
      id: 'customer-key-length',
      values: { length: '31' },
    });
    expect(problemIn('customerKey', 'AAA=')?.values).toEqual({ length: '2' });
    for (const text of ['abc', 'nö', 'ab'.repeat(31).concat('a'), '!!!!'])
      expect(problemIn('customerKey', text)?.id).toBe('customer-key-form');
    expect(ownInputOf(draft({ customerKey: ' ' })).customerKey).toBeUndefined();
  });

  it('tells every problem at once', () => {
    const bad = draft({ bucket: 'B', key: '', context: 'x', customerKey: 'x' });
    expect(Object.keys(problemsOf(bad)).sort()).toEqual([
      'bucket',
      'context',
      'customerKey',
      'key',
    ]);
  });

  it('goes into an address as long as it is short', () => {
    expect(isShareable(DEFAULT_DRAFT)).toBe(true);
    expect(isShareable(draft({ text: 'a'.repeat(MAX_SHARED_CHARACTERS) }))).toBe(false);
  });
});
