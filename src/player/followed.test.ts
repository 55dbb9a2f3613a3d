import { describe, expect, it, vi } from 'vitest';
import { runScenario } from '../flows';
import type { Engine } from './engine';
import { createMemory } from './settings';
import { createPlayer } from './store';

const engine: Engine = {
  cancel() {},
  run: ({ own, ...order }) =>
    runScenario({ ...order, own: { ...own, object: own.object as Uint8Array<ArrayBuffer> } }),
};

const start = () =>
  createPlayer({ engine, memory: createMemory(), seed: () => 'followed', still: () => true });

const loaded = (player: ReturnType<typeof start>) =>
  vi.waitFor(() => expect(player.getState().loaded).toBeDefined());

const told = async (address: string): Promise<string[]> => {
  const player = start();
  player.open(address);
  await loaded(player);
  const { notice } = player.getState();
  return notice?.kind === 'address'
    ? notice.problems.map(({ part, value }) => `${part} ${value}`)
    : [];
};

describe('an address that is followed', () => {
  it('says of a part that means nothing that it was left out', async () => {
    expect(await told('#/sse-s3?level=deep&seed=a&foo=1&foo=2&__proto__=x')).toEqual([
      'unknown foo',
      'unknown __proto__',
    ]);
  });

  it('says that its step belongs to another chapter than it names', async () => {
    expect(await told('#/sse-s3?chapter=get&step=5&level=deep&seed=a')).toEqual([
      'other-chapter get',
    ]);
  });

  it('says that its level does not show its step, and shows the one before', async () => {
    expect(await told('#/sse-kms?chapter=put&step=15&level=overview&seed=a')).toEqual([
      'hidden-step 15',
    ]);
  });

  it('says nothing when all of it is shown', async () => {
    expect(await told('#/sse-kms?chapter=put&step=15&level=deep&seed=a')).toEqual([]);
  });
});

describe('choosing what goes wrong', () => {
  it('stays on a step that comes before the change', async () => {
    const player = start();
    player.open('#/sse-kms?step=17&level=deep&seed=a');
    await loaded(player);
    player.choose({ fault: 'key-disabled' });
    await loaded(player);
    expect(player.getState().place?.step).toBe(17);
  });

  it('goes back to just before the change from a step behind it, and there again without', async () => {
    const player = start();
    player.open('#/sse-kms?level=deep&seed=a');
    await loaded(player);
    player.last();
    player.choose({ fault: 'key-disabled' });
    await loaded(player);
    const { loaded: run } = player.getState();
    const change = run?.run.trace.chapters.find(({ id }) => id === 'change');
    expect(player.getState().place?.step).toBe((change?.start ?? 0) - 1);
    player.last();
    player.choose({ fault: undefined });
    await loaded(player);
    expect(player.getState().place?.step).toBe((change?.start ?? 0) - 1);
  });
});
