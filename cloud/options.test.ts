import { describe, expect, it } from 'vitest';
import { readOptions, Usage } from './options';

describe('the command line of the endpoint', () => {
  it('has defaults for everything', () => {
    expect(readOptions([])).toEqual({ port: 9000, seed: 'demo', tls: false, strict: false });
  });

  it('takes what is said', () => {
    const args = ['--port', '0', '--seed', 's', '--tls', '--strict-transport', '--open'];
    expect(readOptions(args)).toEqual({
      ...{ port: 0, seed: 's', tls: true, strict: true, live: 'dist' },
    });
    expect(readOptions(['-h'])).toBe('help');
  });

  it.each([
    [['--port', '']],
    [['--port', '1e3']],
    [['--port', '-1']],
    [['--port', '65536']],
    [['--seed', '']],
    [['--colour']],
    [['extra']],
  ])('refuses %j in one sentence', (args) => {
    expect(() => readOptions(args)).toThrow(Usage);
    expect(() => readOptions(args)).toThrow(/^[^\n]+$/);
  });
});
