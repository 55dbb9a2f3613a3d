// The hierarchy against the world it was read from: what it says can be read is what a GET gives, before and after whatever
// is done; what it says a leaked key opens is what comes out of really trying.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectsOf, hierarchyAfter, layersAt, openLayersOf, readableNow } from './effect';
import { GROUP_IDS, GROUPS, groupsOf, KMS_KEY_IDS, OWN_KEY_IDS } from './groups';
import { type KeyOrder, readOrder, WAITS, type Wait, writeOrder } from './types';
import { Vault } from './vault';

const COUNT = 16;

async function filled(seed = 'demo', count = COUNT): Promise<Vault> {
  const vault = await Vault.open(seed);
  await vault.grow(count);
  return vault;
}

async function reallyOpens(vault: Vault): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < vault.count; i++) found.push((await vault.opens(i)) ? 1 : 0);
  return found;
}

const anyOrder: fc.Arbitrary<KeyOrder> = fc.oneof(
  fc.record({
    do: fc.constantFrom('disable', 'enable', 'rotate', 'schedule', 'cancel'),
    key: fc.constantFrom(...KMS_KEY_IDS),
  }),
  fc.record({
    do: fc.constant('wait' as const),
    wait: fc.constantFrom(...(Object.keys(WAITS) as Wait[])),
  }),
  fc.record({ do: fc.constant('lose' as const), key: fc.constantFrom(...OWN_KEY_IDS) }),
  fc.record({ do: fc.constant('put' as const), group: fc.constantFrom(...GROUP_IDS) }),
  fc.record({
    do: fc.constant('move' as const),
    object: fc.nat(COUNT - 1),
    way: fc.constantFrom('update', 'copy'),
    to: fc.constantFrom(...KMS_KEY_IDS),
  }),
) as fc.Arbitrary<KeyOrder>;

describe('what is stored', () => {
  it('begins with the objects of a smaller world, byte for byte', async () => {
    const [small, large] = [await filled('demo', 9), await filled('demo', 12)];
    for (let i = 0; i < 9; i++) expect(large.atRest(i)).toEqual(small.atRest(i));
    expect(await reallyOpens(large)).toEqual(Array(12).fill(1));
  });

  it('has one of each group first, then the shares that are promised', () => {
    expect([...groupsOf(8)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const counts = GROUP_IDS.map(() => 0);
    for (const at of groupsOf(1008)) counts[at] = (counts[at] as number) + 1;
    for (const [at, id] of GROUP_IDS.entries())
      expect(Math.abs((counts[at] as number) - GROUPS[id].share * 10 - 1)).toBeLessThanOrEqual(1);
  });
});

describe('what an order does', () => {
  it('is what GETs then give, whatever is done in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOrder, { minLength: 1, maxLength: 6 }), async (orders) => {
        const vault = await filled();
        for (const order of orders) {
          const before = vault.hierarchy();
          const rows = vault.rows();
          const reads = await reallyOpens(vault);
          expect([...readableNow(before, rows)]).toEqual(reads);
          const { of } = effectsOf(before, rows, order);
          await vault.carryOut(order);
          const then = await reallyOpens(vault);
          for (const [i, read] of reads.entries()) {
            const foretold = of[i] === 1 ? 0 : of[i] === 2 ? 1 : read;
            expect([i, order, then[i]]).toEqual([i, order, foretold]);
          }
          expect([...readableNow(vault.hierarchy(), vault.rows())]).toEqual(then);
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('foretells how many are lost late, with the bucket keys that S3 still keeps', async () => {
    const vault = await filled();
    const { late } = effectsOf(vault.hierarchy(), vault.rows(), { do: 'disable', key: 'archive' });
    expect(late).toBeGreaterThan(0);
    await vault.carryOut({ do: 'disable', key: 'archive' });
    const at = await reallyOpens(vault);
    await vault.carryOut({ do: 'wait', wait: '5m' });
    const then = await reallyOpens(vault);
    expect(at.filter((one, i) => one === 1 && then[i] === 0)).toHaveLength(late);
  });
});

describe('a leaked key', () => {
  const nodes = ['diary.1', 'archive.1', 'aws/s3.1', 'bucket.1', 'root', 'customer', 'wrapping'];
  const pairs = [
    ...nodes.map((one) => [one]),
    ['root', 'diary.1'],
    ['root', 'wrapping'],
    ['o0'],
    ['o5'],
    ['o5', 'root'],
  ];
  it.each(pairs.map((one) => [one]))('%s opens what it is said to open', async (leaks) => {
    const vault = await filled();
    for (const node of leaks) await vault.carryOut({ do: 'leak', node });
    const hierarchy = vault.hierarchy();
    expect(hierarchy.leaked).toEqual(leaks);
    const rows = vault.rows();
    const open = openLayersOf(hierarchy, rows);
    for (let i = 0; i < vault.count; i++)
      expect([i, (await vault.tryLeaked(i)).isOpen]).toEqual([i, open[i] === layersAt(rows, i)]);
  });
});

it('a key that nobody can use does not leak, and is not said to', async () => {
  const vault = await filled();
  await vault.carryOut({ do: 'disable', key: 'diary' });
  for (const node of ['diary.1', 'o0']) {
    const { counts } = effectsOf(vault.hierarchy(), vault.rows(), { do: 'leak', node });
    expect(counts).toMatchObject({ open: 0, half: 0 });
    await vault.carryOut({ do: 'leak', node });
    expect(vault.hierarchy().leaked).toEqual([]);
  }
});

describe('rotation', () => {
  it('seals new data keys with new key material and leaves the old ones to the old', async () => {
    const vault = await filled();
    const before = vault.rows();
    await vault.carryOut({ do: 'rotate', key: 'diary' });
    await vault.carryOut({ do: 'put', group: 'diary' });
    const { nodes } = vault.hierarchy();
    const after = vault.rows();
    expect([...after.under.slice(0, COUNT)]).toEqual([...before.under]);
    expect(nodes[after.under[COUNT] as number]?.id).toBe('diary.2');
    expect(nodes.find(({ id }) => id === 'diary.1')).toMatchObject({ isCurrent: false });
    expect(await reallyOpens(vault)).toEqual(Array(COUNT + 1).fill(1));
  });
});

describe('moving an object to another key', () => {
  it('keeps the bytes with UpdateObjectEncryption, and writes them anew with CopyObject', async () => {
    for (const way of ['update', 'copy'] as const) {
      const vault = await filled();
      const { moved, answered } = await vault.carryOut({
        do: 'move',
        object: 0,
        way,
        to: 'archive',
      });
      expect(answered?.status).toBe(200);
      const same = String(moved?.before.body) === String(moved?.after.body);
      expect([way, same]).toEqual([way, way === 'update']);
      const { nodes } = vault.hierarchy();
      expect(nodes[vault.rows().under[0] as number]?.id).toMatch(/^(archive|bucket)\.1$/);
    }
  });
});

it('orders are written and read back', () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      expect(readOrder(writeOrder(order))).toEqual(order);
    }),
  );
  for (const text of [
    '',
    'disable',
    'disable.x',
    'wait.8d',
    'leak.x',
    'move.1.update',
    'put.',
    '__proto__.x',
  ])
    expect(readOrder(text)).toBeUndefined();
});

it('what is said of a key is what an order makes of it', async () => {
  const vault = await filled();
  for (const order of [
    { do: 'disable', key: 'diary' },
    { do: 'schedule', key: 'diary' },
    { do: 'wait', wait: '7d' },
  ] as const) {
    const foretold = hierarchyAfter(vault.hierarchy(), order).nodes.find(
      ({ id }) => id === 'diary',
    );
    await vault.carryOut(order);
    const node = vault.hierarchy().nodes.find(({ id }) => id === 'diary');
    expect(node).toMatchObject({ state: (foretold as { state: string }).state });
  }
});
