import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appliesTo, matchPrincipal } from './match';
import type { AccessRequest, ConditionBlock, Statement } from './policy';
import { matchesPattern } from './wildcards';

const ANA = 'arn:aws:iam::111122223333:user/ana';
const ROOT = 'arn:aws:iam::111122223333:root';

describe('a wildcard pattern', () => {
  it('without wildcards matches itself only, whatever characters it has', () => {
    const plain = fc
      .string({ unit: 'grapheme-ascii' })
      .map((text) => text.replaceAll(/[*?]/g, '.'));
    fc.assert(
      fc.property(plain, plain, (pattern, value) => {
        expect(matchesPattern(pattern, pattern)).toBe(true);
        expect(matchesPattern(pattern, value)).toBe(pattern === value);
      }),
    );
  });

  it('with * and ? matches what a hand-written matcher matches', () => {
    const matches = (pattern: string, value: string): boolean => {
      if (pattern === '') return value === '';
      const [first, rest] = [pattern[0], pattern.slice(1)];
      if (first === '*') {
        return Array.from({ length: value.length + 1 }, (_, i) => value.slice(i)).some((tail) =>
          matches(rest, tail),
        );
      }
      return value !== '' && (first === '?' || first === value[0]) && matches(rest, value.slice(1));
    };
    const patterns = fc.string({
      unit: fc.constantFrom('a', 'b', '/', '\n', '*', '?'),
      maxLength: 7,
    });
    const values = fc.string({ unit: fc.constantFrom('a', 'b', '/', '\n'), maxLength: 8 });
    fc.assert(
      fc.property(patterns, values, (pattern, value) => {
        expect(matchesPattern(pattern, value)).toBe(matches(pattern, value));
      }),
      { numRuns: 2000 },
    );
  });
});

const statement = (more: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...more,
});
const request = (more: Partial<AccessRequest> = {}): AccessRequest => ({
  principal: ANA,
  action: 's3:PutObject',
  resource: 'arn:aws:s3:::diary/2026/today.txt',
  resourceAccount: '111122223333',
  context: () => ({}),
  ...more,
});

describe('a statement', () => {
  it.each([
    ['s3:*', true],
    ['S3:PUTOBJECT', true],
    ['s3:Put?bject', true],
    ['*', true],
    ['s3:GetObject', false],
    ['s3:PutObjectAcl', false],
    ['kms:*', false],
  ])('about the action %s applies to s3:PutObject: %s', (Action, applies) => {
    expect(appliesTo(statement({ Action }), request())).toBe(applies);
    expect(appliesTo(statement({ Action: ['iam:PassRole', Action] }), request())).toBe(applies);
  });

  it.each([
    ['arn:aws:s3:::diary/*', true],
    ['arn:aws:s3:::diary/2026/today.txt', true],
    ['arn:aws:s3:::*/today.txt', true],
    ['arn:aws:s3:::diary/2026', false],
    ['arn:aws:s3:::DIARY/*', false],
    ['arn:aws:s3:::diary', false],
  ])('about the resource %s applies to diary/2026/today.txt: %s', (Resource, applies) => {
    expect(appliesTo(statement({ Resource }), request())).toBe(applies);
  });
});

describe('a principal', () => {
  it.each([
    ['*', 'direct'],
    [{ AWS: '*' }, 'direct'],
    [{ AWS: ANA }, 'direct'],
    [{ AWS: ['arn:aws:iam::111122223333:user/ben', ANA] }, 'direct'],
    [{ AWS: ROOT }, 'account'],
    [{ AWS: '111122223333' }, 'account'],
    [{ AWS: 'arn:aws:iam::444455556666:root' }, 'none'],
    [{ AWS: 'arn:aws:iam::111122223333:user/ben' }, 'none'],
  ] as const)('written as %j names Ana: %s', (Principal, expected) => {
    expect(matchPrincipal(statement({ Principal }), ANA)).toBe(expected);
  });
});

const holds = (Condition: ConditionBlock, context: Record<string, string>): boolean =>
  appliesTo(statement({ Condition }), request({ context: () => context }));

describe('a condition', () => {
  const KEY = 's3:x-amz-server-side-encryption';
  const have = (value?: string) => (value === undefined ? {} : { [KEY]: value });

  // operator, wanted, present value (undefined: the key is missing), holds
  it.each<[string, string | string[], string | undefined, boolean]>([
    ['StringEquals', 'aws:kms', 'aws:kms', true],
    ['StringEquals', 'aws:kms', 'AWS:KMS', false],
    ['StringEquals', 'aws:kms', undefined, false],
    ['StringEquals', ['AES256', 'aws:kms'], 'aws:kms', true],
    ['StringEquals', ['AES256', 'aws:kms'], 'aws:kms:dsse', false],
    ['StringEqualsIgnoreCase', 'aws:kms', 'AWS:KMS', true],
    ['StringNotEquals', 'aws:kms', 'AES256', true],
    ['StringNotEquals', 'aws:kms', 'aws:kms', false],
    ['StringNotEquals', ['AES256', 'aws:kms'], 'aws:kms', false],
    ['StringNotEquals', ['AES256', 'aws:kms'], 'aws:kms:dsse', true],
    // The pitfall of facts §7: a negated operator holds on a missing key, and so does its IfExists form.
    ['StringNotEquals', 'aws:kms', undefined, true],
    ['StringNotEqualsIfExists', 'aws:kms', undefined, true],
    ['StringNotEqualsIfExists', 'aws:kms', 'AES256', true],
    ['StringNotEqualsIfExists', 'aws:kms', 'aws:kms', false],
    ['StringEqualsIfExists', 'aws:kms', undefined, true],
    ['StringEqualsIfExists', 'aws:kms', 'AES256', false],
    ['StringEqualsIfExists', 'aws:kms', 'aws:kms', true],
    ['StringLike', 'aws:kms*', 'aws:kms:dsse', true],
    ['StringLike', 'aws:kms*', 'AES256', false],
    ['StringLike', 'aws:kms*', undefined, false],
    ['StringNotLike', 'aws:kms*', 'AES256', true],
    ['StringNotLike', 'aws:kms*', 'aws:kms:dsse', false],
    ['StringNotLike', 'aws:kms*', undefined, true],
    [
      'ArnLike',
      'arn:aws:kms:*:111122223333:key/*',
      'arn:aws:kms:eu-west-1:111122223333:key/1',
      true,
    ],
    ['ArnNotLike', 'arn:aws:kms:*:111122223333:key/*', 'arn:aws:kms:eu-west-1:1:key/1', true],
    ['Bool', 'true', 'true', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'false', undefined, false],
    ['BoolIfExists', 'false', undefined, true],
    ['Null', 'true', undefined, true],
    ['Null', 'true', 'aws:kms', false],
    ['Null', 'false', 'aws:kms', true],
    ['Null', 'false', undefined, false],
  ])('%s %j, with %j in the request: %s', (operator, wanted, present, expected) => {
    expect(holds({ [operator]: { [KEY]: wanted } }, have(present))).toBe(expected);
  });

  it('does not depend on the case of its key', () => {
    expect(
      holds({ Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:securetransport': 'true' }),
    ).toBe(true);
  });

  it('needs every key of every operator', () => {
    const block: ConditionBlock = {
      StringEquals: { a: '1', b: '2' },
      Null: { c: 'true' },
    };
    expect(holds(block, { a: '1', b: '2' })).toBe(true);
    expect(holds(block, { a: '1', b: '3' })).toBe(false);
    expect(holds(block, { a: '1', b: '2', c: '3' })).toBe(false);
  });

  it('that lets PUTs without the header through is StringNotEquals and Null together', () => {
    const block: ConditionBlock = {
      StringNotEquals: { [KEY]: 'aws:kms' },
      Null: { [KEY]: 'false' },
    };
    expect(holds(block, have('AES256'))).toBe(true);
    expect(holds(block, have('aws:kms'))).toBe(false);
    expect(holds(block, have())).toBe(false);
  });
});
