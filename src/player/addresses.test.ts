import { describe, expect, it } from 'vitest';
import { DEFAULT_DRAFT, MAX_SHARED_CHARACTERS } from './own';
import { createMemory } from './settings';
import { opened, ownDraft, problemsTold, ready, start, stepOf } from './testing/player';

describe('addresses', () => {
  it('opens where somebody else was, with the same bytes', async () => {
    const { player } = await opened('#/sse-kms?variant=bucket-key&fault=key-disabled&seed=k3');
    player.next();
    player.next();
    const other = (await opened(player.address())).player;
    expect(other.address()).toBe(player.address());
    expect(other.getState().loaded?.run.trace).toEqual(player.getState().loaded?.run.trace);
    expect(other.getState().playing).toBe(false);
    expect(other.getState().motion).toBe('still');
  });

  it('lands at the end, and tells, when the step is beyond', async () => {
    const { engine, player } = await opened('#/sse-s3?seed=a&step=999');
    const last = player.getState().loaded?.visible.standard.at(-1);
    expect(stepOf(player)).toBe(last);
    expect(problemsTold(player)).toEqual([{ part: 'step', value: '999' }]);
    player.first();
    player.open('#/sse-s3?seed=a&step=888');
    expect(engine.orders).toHaveLength(1);
    expect(stepOf(player)).toBe(last);
    expect(problemsTold(player)).toEqual([{ part: 'step', value: '888' }]);
    player.dismiss();
    expect(player.getState().notice).toBeUndefined();
  });

  it('keeps what it told when the address it made itself is opened', async () => {
    const { engine, player } = await opened('#/sse-s3?seed=a&level=expert');
    player.open(player.address());
    expect(problemsTold(player)).toEqual([{ part: 'level', value: 'expert' }]);
    expect(engine.orders).toHaveLength(1);
  });

  it('opens a chapter at its first step that is shown', async () => {
    const { player } = await opened('#/sse-kms?chapter=get&level=overview');
    const { loaded, place } = player.getState();
    expect(loaded?.run.trace.steps[place?.step ?? -1]?.chapter).toBe('get');
  });

  it('goes to the map for an unknown scheme, and tells', () => {
    const { player, engine } = start();
    player.open('#/nothing');
    expect(player.getState().place).toBeUndefined();
    expect(problemsTold(player)).toEqual([{ part: 'flow', value: 'nothing' }]);
    expect(engine.orders).toEqual([]);
    expect(player.address()).toBe('#/');
  });

  it('keeps own data out until it is shared', async () => {
    const { player } = await opened('#/sse-kms');
    player.takeDraft(ownDraft, undefined);
    await ready(player);
    expect(player.address()).toContain('own=private');
    expect(player.address()).not.toContain('my+own');
    player.shareOwn(true);
    expect(player.address()).toContain('text=my+own+text');
    const other = (await opened(player.address())).player;
    expect(other.getState()).toMatchObject({ draft: ownDraft, sharesOwn: true });
    player.takeDraft({ ...ownDraft, text: 'x'.repeat(MAX_SHARED_CHARACTERS) }, undefined);
    expect(player.address()).toContain('own=private');
  });

  it('tells that own data is missing, but not to whoever still has it', async () => {
    const stranger = await opened('#/sse-kms?own=private');
    expect(problemsTold(stranger.player)).toEqual([{ part: 'private', value: '' }]);
    const memory = { ...createMemory(), draft: () => ownDraft };
    const { player, engine } = await opened('#/sse-kms?own=private', { memory });
    expect(player.getState().notice).toBeUndefined();
    expect(engine.orders[0]?.own.object).toEqual(new TextEncoder().encode('my own text'));
  });

  it('shows the example again for a record of it, and own data on the way back', async () => {
    const { player } = await opened('#/sse-kms?seed=a');
    const example = player.address();
    player.takeDraft(ownDraft, new File(['bytes'], 'mine.bin'));
    await ready(player);
    const own = player.address();
    player.open(example);
    await ready(player);
    expect(player.getState()).toMatchObject({ draft: DEFAULT_DRAFT, file: undefined });
    expect(player.address()).toBe(example);
    player.open(own);
    await ready(player);
    expect(player.getState().draft).toEqual(ownDraft);
    expect(player.getState().file?.name).toBe('mine.bin');
    expect(player.getState().notice).toBeUndefined();
    player.open('#/sse-s3');
    await ready(player);
    expect(player.getState().draft).toEqual(ownDraft);
  });
});

const told = async (address: string): Promise<string[]> =>
  problemsTold((await opened(address)).player).map(({ part, value }) => `${part} ${value}`);

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

  it.each([
    ['chapter=change', 'chapter change'],
    ['fault=no-generate&chapter=get', 'chapter get'],
    ['level=deep&level=overview', 'repeated level'],
    [`own=shared&text=${'x'.repeat(MAX_SHARED_CHARACTERS)}`, 'own '],
  ])('says that it could not be followed: %.40s', async (parameters, problem) => {
    expect(await told(`#/sse-kms?seed=a&${parameters}`)).toEqual([problem]);
  });

  it('leaves one’s own data where it was, to come back to', async () => {
    const { player } = start();
    player.open('#/sse-kms?seed=a');
    await ready(player);
    player.takeDraft({ ...DEFAULT_DRAFT, text: 'mine' }, undefined);
    await ready(player);
    const mine = player.address();
    for (const text of ['a stranger’s', 'another stranger’s']) {
      player.open(`#/sse-kms?seed=a&own=shared&text=${encodeURIComponent(text)}`);
      await ready(player);
      expect(player.getState().draft.text).toBe(text);
    }
    player.open('#/sse-s3?seed=b&own=private');
    await ready(player);
    expect(player.getState().draft.text).toBe('mine');
    player.open(mine);
    await ready(player);
    expect(player.getState().draft.text).toBe('mine');
    expect(player.getState().notice).toBeUndefined();
  });

  it('does not take a stranger’s data for one’s own where there is none', async () => {
    const { player } = start();
    player.open('#/sse-kms?seed=a&own=shared&text=theirs');
    await ready(player);
    player.open('#/sse-kms?seed=a&own=private');
    await ready(player);
    expect(player.getState().draft).toEqual(DEFAULT_DRAFT);
    expect(player.getState().notice).toMatchObject({ problems: [{ part: 'private' }] });
  });

  it('says nothing when all of it is shown', async () => {
    expect(await told('#/sse-kms?chapter=put&step=15&level=deep&seed=a')).toEqual([]);
  });
});
