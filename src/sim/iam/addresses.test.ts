import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInRange } from './addresses';

const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6().filter((text) => !text.includes('.')),
);
/** An address, and ranges that begin near it. */
const cases = fc.tuple(address, fc.option(address), fc.nat(128)).map(([it, other, prefix]) => {
  const network = other ?? it;
  return { it, network, prefix: Math.min(prefix, isIP(network) === 4 ? 32 : 128) };
});

it('finds an address in a range as Node does', () => {
  fc.assert(
    fc.property(cases, ({ it, network, prefix }) => {
      const family = (text: string) => (isIP(text) === 4 ? 'ipv4' : 'ipv6');
      const list = new BlockList();
      list.addSubnet(network, prefix, family(network));
      const expected = family(it) === family(network) && list.check(it, family(it));
      expect(isInRange(it, `${network}/${prefix}`)).toBe(expected);
      expect(isInRange(it, it)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ['203.0.113.256', '0.0.0.0/0'],
  ['203.0.113.9', '203.0.113.0/33'],
  ['203.0.113.9', '203.0.113.0/x'],
  ['203.0.113', '203.0.113.0/24'],
  ['1::2::3', '::/0'],
  ['1:2:3:4:5:6:7:8:9', '::/0'],
  ['', '::/0'],
])('says nothing about %j and %j, of which one is none', (it, range) => {
  expect(isInRange(it, range)).toBeUndefined();
});
