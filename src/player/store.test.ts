import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_OWN } from '../flows';
import type { Step } from '../sim/types';
import { load, nearestVisible, ordinalOf } from './cursor';
import { UnreadableFile } from './engine';
import { DEFAULT_DRAFT, MAX_OBJECT_BYTES } from './own';
import { createMemory } from './settings';
import { opened, ownDraft, problemsTold, ready, start, stepOf } from './testing/player';

describe('stepping', () => {
  it('visits each step of the level once, and comes back the same way', async () => {
    const { player } = await opened('#/sse-kms?level=standard');
    const shown = player.getState().loaded?.visible.standard ?? [];
    expect(stepOf(player)).toBe(-1);
    const forward: unknown[] = [];
    for (const _ of shown) {
      player.next();
      forward.push(stepOf(player));
    }
    expect(forward).toEqual(shown);
    player.next();
    expect(stepOf(player)).toBe(shown.at(-1));
    const back = shown.map(() => {
      player.previous();
      return stepOf(player);
    });
    expect(back).toEqual([...shown.slice(0, -1).reverse(), -1]);
    player.previous();
    expect(stepOf(player)).toBe(-1);
  });

  it('steps back to exactly what was there, bytes included', async () => {
    const { player } = await opened('#/cse-kms?seed=a&step=20&level=deep');
    const { loaded, place } = player.getState();
    const before = structuredClone(loaded?.run.trace.steps[20]);
    player.next();
    player.previous();
    expect(player.getState().place).toEqual(place);
    expect(player.getState().loaded?.run.trace.steps[20]).toEqual(before);
  });

  it('knows the chapter it is in, and none at rest', async () => {
    const { player } = await opened('#/sse-s3');
    player.last();
    expect(player.getState().place?.chapter).toBe('get');
    player.first();
    expect(player.getState().place).toMatchObject({ step: -1, chapter: undefined });
  });

  it('jumps to the nearest step that is shown', async () => {
    const { player } = await opened('#/sse-kms?level=overview');
    const shown = player.getState().loaded?.visible.overview ?? [];
    const before = shown.find((step, i) => (shown[i + 1] ?? 0) > step + 1) ?? -1;
    player.jump(before + 1);
    expect(stepOf(player)).toBe(before);
    player.jump(1e9);
    expect(stepOf(player)).toBe(shown.at(-1));
    player.jump(-7);
    expect(stepOf(player)).toBe(-1);
  });

  it('finishes a motion under way instead of going on', async () => {
    const { player } = await opened('#/sse-kms', { still: false });
    player.next();
    const first = stepOf(player);
    expect(player.getState().motion).toBe('forward');
    player.next();
    expect(stepOf(player)).toBe(first);
    expect(player.getState().motion).toBe('still');
    player.next();
    expect(stepOf(player)).not.toBe(first);
    player.settled();
    expect(player.getState().motion).toBe('still');
    player.previous();
    expect(player.getState().motion).toBe('still');
  });

  it('moves nothing when motion is unwelcome', async () => {
    const { player } = await opened('#/sse-kms', { still: true });
    player.next();
    expect(player.getState().motion).toBe('still');
  });

  it('stays near its step when the level changes, and remembers the level', async () => {
    const memory = { ...createMemory(), saveSettings: vi.fn(() => true) };
    const { player } = await opened('#/sse-kms?level=deep&step=23', { memory });
    const { visible } = player.getState().loaded ?? { visible: undefined };
    player.setLevel('overview');
    expect(stepOf(player)).toBe(nearestVisible(visible?.overview ?? [], 23));
    expect(memory.saveSettings).toHaveBeenLastCalledWith(
      expect.objectContaining({ level: 'overview' }),
    );
    player.first();
    player.setLevel('deep');
    expect(stepOf(player)).toBe(-1);
  });

  it('plays from the start when at the end, and stops there again', async () => {
    const { player } = await opened('#/sse-s3?level=overview');
    const shown = player.getState().loaded?.visible.overview ?? [];
    player.last();
    player.play();
    expect(player.getState().playing).toBe(true);
    expect(stepOf(player)).toBe(shown[0]);
    for (const _ of shown) player.next();
    expect(player.getState()).toMatchObject({ playing: false, place: { step: shown.at(-1) } });
  });

  it('ends playing when somebody steps by hand', async () => {
    const { player } = await opened('#/sse-s3');
    for (const act of [player.previous, player.first, () => player.jump(3), player.pause]) {
      player.play();
      act();
      expect(player.getState().playing).toBe(false);
    }
  });

  it('costs the same in a long trace', async () => {
    const { loaded } = (await opened('#/sse-kms')).player.getState();
    const one = loaded?.run.trace.steps[11] as Step;
    const steps = Array.from({ length: 500 }, (_, index) => ({
      ...one,
      index,
      depth: 'deep' as const,
    }));
    const trace = { ...loaded?.run.trace, steps, chapters: [{ id: 'put', start: 0, end: 500 }] };
    const { visible } = load({ scenario: loaded?.run.scenario, trace } as never);
    expect(visible.deep).toHaveLength(500);
    expect(visible.overview).toEqual([]);
    const even = visible.deep.filter((index) => index % 2 === 0);
    for (let step = -1; step < 502; step++) {
      const below = step < 0 ? -1 : Math.min(step - (step % 2), 498);
      expect(nearestVisible(even, step)).toBe(below);
      expect(ordinalOf(even, step)).toBe(step >= 0 && step % 2 === 0 && step < 500 ? step / 2 : -1);
    }
  });
});

describe('choosing', () => {
  it('leaves what an address said wrong behind, but not for another view', async () => {
    const { player } = await opened('#/sse-kms?level=expert');
    player.choose({ view: 'transcript' });
    expect(problemsTold(player)).toHaveLength(1);
    player.choose({ flow: 'sse-c' });
    expect(player.getState().notice).toBeUndefined();
  });

  it('keeps a fault where it makes sense, and starts again at rest', async () => {
    const { player } = await opened('#/sse-kms?fault=key-disabled&step=20');
    player.choose({ flow: 'cse-kms' });
    await ready(player);
    expect(player.getState().place).toMatchObject({ fault: 'key-disabled', step: -1 });
    player.choose({ flow: 'sse-c' });
    await ready(player);
    expect(player.getState().place).toMatchObject({ fault: undefined, variant: 'unblocked' });
  });

  it('shows another view of the same step without another run', async () => {
    const { player, engine } = await opened('#/sse-kms?step=20');
    const step = stepOf(player);
    player.choose({ view: 'transcript' });
    expect(player.getState().place).toMatchObject({ view: 'transcript', step });
    expect(engine.orders).toHaveLength(1);
  });

  it('does not begin a long run again for another view or level', async () => {
    const { player, engine } = start();
    engine.held = true;
    player.open('#/sse-kms?step=20&level=deep');
    player.choose({ view: 'transcript' });
    player.setLevel('standard');
    engine.release();
    await ready(player);
    expect(engine.orders).toHaveLength(1);
    expect(player.getState().place).toMatchObject({
      view: 'transcript',
      level: 'standard',
      step: 20,
    });
  });

  it('draws new bytes when asked', async () => {
    const { player } = await opened('#/sse-s3?step=5');
    const before = player.getState();
    player.again();
    await ready(player);
    const after = player.getState();
    expect(after.place?.seed).not.toBe(before.place?.seed);
    expect(after.place?.step).toBe(-1);
    expect(after.loaded?.run.trace.secrets).not.toEqual(before.loaded?.run.trace.secrets);
  });

  it('stays on a step that comes before the change', async () => {
    const { player } = await opened('#/sse-kms?step=17&level=deep&seed=a');
    player.choose({ fault: 'key-disabled' });
    await ready(player);
    expect(player.getState().place?.step).toBe(17);
  });

  it('goes back to just before the change from a step behind it, and there again without', async () => {
    const { player } = await opened('#/sse-kms?level=deep&seed=a');
    player.last();
    player.choose({ fault: 'key-disabled' });
    await ready(player);
    const { loaded: run } = player.getState();
    const change = run?.run.trace.chapters.find(({ id }) => id === 'change');
    expect(player.getState().place?.step).toBe((change?.start ?? 0) - 1);
    player.last();
    player.choose({ fault: undefined });
    await ready(player);
    expect(player.getState().place?.step).toBe((change?.start ?? 0) - 1);
  });
});

describe('running', () => {
  it('shows only the run asked for last', async () => {
    const { player, engine } = start();
    engine.held = true;
    player.open('#/sse-kms');
    expect(player.getState().work).toMatchObject({ kind: 'running', part: 0.5 });
    engine.held = false;
    player.open('#/sse-c');
    await ready(player);
    expect(player.getState().loaded?.run.scenario.flow).toBe('sse-c');
    expect(engine.orders.map(({ flow }) => flow)).toEqual(['sse-kms', 'sse-c']);
  });

  it('forgets a run when one goes home', async () => {
    const { player, engine } = start();
    engine.held = true;
    player.open('#/sse-kms');
    player.home();
    engine.release();
    await Promise.resolve();
    expect(player.getState()).toMatchObject({ place: undefined, work: { kind: 'none' } });
  });

  it('can be cancelled, and tried again', async () => {
    const { player, engine } = start();
    engine.held = true;
    player.cancel();
    expect(player.getState().work.kind).toBe('none');
    player.open('#/sse-kms');
    player.next();
    player.play();
    expect(player.getState()).toMatchObject({ playing: false, place: { step: -1 } });
    player.cancel();
    expect(player.getState().work).toMatchObject({ kind: 'failed', why: 'cancelled' });
    engine.held = false;
    player.retry();
    await ready(player);
    player.retry();
    expect(engine.orders).toHaveLength(2);
  });

  it.each([
    [new UnreadableFile('gone'), 'unreadable'],
    [new Error('bug'), 'broken'],
  ])('says how it failed: %s', async (error, why) => {
    const { player, engine } = start();
    engine.fails = error;
    player.open('#/sse-kms');
    await vi.waitFor(() =>
      expect(player.getState().work).toEqual({ kind: 'failed', why, message: error.message }),
    );
  });
});

describe('own data', () => {
  it('runs with what was typed', async () => {
    const { player } = await opened('#/sse-c?step=9');
    player.takeDraft({ ...ownDraft, customerKey: 'ab'.repeat(32) }, undefined);
    await ready(player);
    const { run } = player.getState().loaded ?? {};
    expect(run?.trace.secrets.find(({ id }) => id === 'C1')?.bytes).toEqual(
      new Uint8Array(32).fill(0xab),
    );
    expect(stepOf(player)).toBe(-1);
  });

  it('runs with a file', async () => {
    const { player, engine } = await opened('#/sse-s3');
    const file = new File(['from a file'], 'mine.txt');
    player.takeDraft(DEFAULT_DRAFT, file);
    await ready(player);
    expect(engine.orders.at(-1)?.own.object).toBe(file);
    expect(player.getState().loaded?.run.scenario.own.object).toEqual(
      new TextEncoder().encode('from a file'),
    );
    expect(player.address()).toContain('own=private');
  });

  it('refuses a file over the limit, and a draft with problems', async () => {
    const { player, engine } = await opened('#/sse-s3');
    const large = Object.defineProperty(new File([], 'big'), 'size', {
      value: MAX_OBJECT_BYTES + 1,
    });
    player.takeDraft(DEFAULT_DRAFT, large);
    expect(player.getState().notice).toEqual({
      kind: 'file-too-large',
      size: MAX_OBJECT_BYTES + 1,
    });
    player.takeDraft({ ...DEFAULT_DRAFT, bucket: 'NO' }, undefined);
    expect(engine.orders).toHaveLength(1);
    expect(engine.orders[0]?.own).toEqual(DEFAULT_OWN);
  });

  it('keeps what is typed and not run, beside what is run', async () => {
    const memory = { ...createMemory(), saveTyped: vi.fn(() => true) };
    const { player } = await opened('#/sse-s3', { memory });
    const typed = { draft: { ...ownDraft, bucket: 'NO' }, file: undefined };
    player.type(typed);
    expect(memory.saveTyped).toHaveBeenCalledWith(typed.draft);
    player.open('#/sse-c?seed=other');
    await ready(player);
    expect(player.getState()).toMatchObject({ typed, draft: DEFAULT_DRAFT });
  });

  it('is told once when the browser does not store it', async () => {
    const { player } = await opened('#/sse-s3', { memory: createMemory() });
    player.takeDraft(ownDraft, undefined);
    expect(player.getState().notice).toEqual({ kind: 'not-saved' });
    await ready(player);
    player.dismiss();
    player.set({ theme: 'dark' });
    expect(player.getState().settings.theme).toBe('dark');
    expect(player.getState().notice).toBeUndefined();
  });
});

describe('a world that forks', () => {
  const keyAt = (player: Awaited<ReturnType<typeof opened>>['player'], step: number) =>
    player.getState().loaded?.run.trace.steps[step]?.key;
  const settled = async (player: Awaited<ReturnType<typeof opened>>['player']) => {
    await vi.waitFor(() => expect(player.getState().work.kind).toBe('none'));
  };
  const what = (player: Awaited<ReturnType<typeof opened>>['player']) =>
    (player.getState().place?.changes ?? []).map(({ at, kind }) => `${at} ${kind}`);

  it('is changed where one stands, undone, redone and reset', async () => {
    const { player } = await opened('#/sse-kms?seed=a&level=deep');
    const plain = player.getState().loaded;
    const at =
      plain?.run.trace.steps.find(({ key }) => key === 'client -> s3 PutObject')?.index ?? 0;
    player.jump(at);
    player.change({ kind: 'flip', bit: 9 });
    await settled(player);
    expect(stepOf(player)).toBe(at);
    expect(keyAt(player, at + 1)).toBe('you flips message');
    expect(player.address()).toContain(`what=${at}.flip.9`);
    player.jump(at + 1);
    player.change({ kind: 'key', to: 'DisableKey' });
    await settled(player);
    expect(what(player)).toEqual([`${at} flip`, `${at + 1} key`]);
    player.undo();
    await settled(player);
    expect(what(player)).toEqual([`${at} flip`]);
    player.undo();
    await settled(player);
    expect(player.getState()).toMatchObject({ place: { changes: [] } });
    expect(player.getState().loaded?.run.trace).toEqual(plain?.run.trace);
    player.redo();
    await settled(player);
    player.redo();
    await settled(player);
    expect(what(player)).toEqual([`${at} flip`, `${at + 1} key`]);
    player.unchange();
    await settled(player);
    expect(what(player)).toEqual([]);
    // The way back has a way back, and ends where one began.
    for (const left of [[`${at} flip`, `${at + 1} key`], [`${at} flip`], [], []]) {
      player.undo();
      await settled(player);
      expect(what(player)).toEqual(left);
    }
  });

  it('goes on from an earlier step without what was changed after it', async () => {
    const { player } = await opened('#/sse-kms?seed=a&level=deep&what=30.key.DisableKey&step=20');
    player.change({ kind: 'bucket', to: 'aws:kms' });
    await settled(player);
    expect(what(player)).toEqual(['20 bucket']);
    player.undo();
    await settled(player);
    expect(what(player)).toEqual(['30 key']);
  });

  it('shows the unchanged history at the same step, and comes back', async () => {
    const address = '#/sse-kms?level=deep&seed=a&what=20.drop&chapter=put&step=20';
    const { player } = await opened(address);
    player.last();
    const changed = player.getState().loaded;
    player.look(true);
    expect(player.getState().loaded?.run.scenario.changes).toEqual([]);
    expect(player.address()).toContain('side=unchanged');
    const { player: again } = await opened(player.address());
    expect(again.getState().loaded?.run.trace).toEqual(player.getState().loaded?.run.trace);
    expect(stepOf(again)).toBe(stepOf(player));
    player.look(false);
    expect(player.getState().loaded).toBe(changed);
  });

  it('tells of changes that change nothing there, and leaves them out', async () => {
    const { player } = await opened('#/sse-kms?seed=a&what=19.flip.99999999*20.stored-swap');
    await settled(player);
    expect(what(player)).toEqual([]);
    expect(problemsTold(player).map(({ part }) => part)).toEqual(['what', 'what']);
  });
});
