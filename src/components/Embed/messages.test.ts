import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameLine, readCommand, readEmbed } from './messages';

describe('a command from a host', () => {
  it('is read when it is one of this version', () => {
    expect(readCommand({ sealed: 1, do: 'next' })).toEqual({ do: 'next' });
    expect(readCommand({ sealed: 1, do: 'open', hash: '#/sse-c' })).toEqual({
      do: 'open',
      hash: '#/sse-c',
    });
    expect(readCommand({ sealed: 1, do: 'theme', theme: 'dark' })).toEqual({
      do: 'theme',
      theme: 'dark',
    });
    expect(readCommand({ sealed: 1, do: 'level', level: 'deep' })).toEqual({
      do: 'level',
      level: 'deep',
    });
  });

  it('is refused when it is not, and not noticed when it is for somebody else', () => {
    for (const bad of [
      { sealed: 2, do: 'next' },
      { sealed: 1, do: 'delete' },
      { sealed: 1, do: 'open', hash: 'https://elsewhere.example' },
      { sealed: 1, do: 'open', hash: `#/${'x'.repeat(200_000)}` },
      { sealed: 1, do: 'theme', theme: 'neon' },
      { sealed: 1, do: '__proto__' },
    ])
      expect(readCommand(bad)).toBe('refused');
    for (const other of [undefined, null, 'next', 7, {}, { do: 'next' }, []])
      expect(readCommand(other)).toBeUndefined();
  });

  it('whatever it is, is read without a throw', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => void readCommand(data)),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (what, hash) => {
        const read = readCommand({ sealed: 1, do: what, hash });
        if (typeof read === 'object' && read.do === 'open') expect(read.hash).toMatch(/^#\//);
      }),
    );
  });
});

it('the host is named by its origin, and by nothing else', () => {
  const hostOf = (text: string) => readEmbed(`?embed=${encodeURIComponent(text)}`).host;
  expect(hostOf('https://school.example/course?x=1')).toBe('https://school.example');
  for (const text of ['', '*', 'null', 'school.example', 'javascript:alert(1)', 'data:,x'])
    expect(hostOf(text)).toBeUndefined();
  expect(readEmbed('?embed&theme=dark&level=overview')).toEqual({
    host: undefined,
    theme: 'dark',
    level: 'overview',
  });
});

it('the line for a page cannot be broken out of', () => {
  const line = frameLine('https://sealed.example/', '#/sse-s3?text="><script>&x', 'a "title"');
  expect(line.match(/"/g)?.length).toBe(12);
  expect(line).toContain('&quot;>');
  expect(line).toContain('?embed#/sse-s3');
});
