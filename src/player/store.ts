// The player: a cursor over a recorded trace, and everything a person can do to it. No pictures here, and nothing of what
// happened: that is in the trace.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Change, FLOWS, LARGEST_ARCHIVED, VANTAGES } from '../flows';
import {
  astray,
  beforeChange,
  type Loaded,
  landing,
  load,
  nearestVisible,
  ordinalOf,
} from './cursor';
import { Superseded, UnreadableFile } from './engine';
import { createForks, idle, sameChanges } from './forks';
import { DEFAULT_DRAFT, MAX_OBJECT_BYTES, ownInputOf, problemsOf } from './own';
import {
  type AddressProblem,
  MAP,
  type Place,
  readAddress,
  writeAddress,
  writeRoom,
} from './place';
import type { Settings } from './settings';
import type { Player, PlayerParts, PlayerState, Typed } from './types';
import { hasOwn, ownAt, ownOf, sameDraft } from './whose';

export function createPlayer({ engine, lab, memory, seed, still }: PlayerParts): Player {
  const remembered = memory.draft() ?? DEFAULT_DRAFT;
  /** Your own data while an address that carries none is open: to come back to. */
  let aside: Typed = { draft: remembered, file: undefined };
  /** What runs came with an address that was followed, and not from here. */
  let isAnothers = false;
  const store = createStore<PlayerState>(() => ({
    place: undefined,
    room: MAP,
    loaded: undefined,
    other: undefined,
    past: [],
    future: [],
    work: { kind: 'none' },
    motion: 'still',
    playing: false,
    settings: memory.settings(),
    draft: remembered,
    file: undefined,
    typed: { draft: memory.typed() ?? remembered, file: undefined },
    sharesOwn: false,
    notice: undefined,
    update: undefined,
  }));
  const { getState, setState } = store;

  const visible = (): readonly number[] => {
    const { place, loaded } = getState();
    return place && loaded ? loaded.visible[place.level] : [];
  };

  /** Puts the cursor on a step that the level shows, and the chapter with it. */
  function put(step: number, motion: PlayerState['motion'] = 'still'): void {
    const { place, loaded } = getState();
    if (!place || !loaded) return;
    const chapter = step < 0 ? undefined : loaded.run.trace.steps[step]?.chapter;
    setState({ place: { ...place, step, chapter }, motion });
  }

  /** An address was followed: what of it cannot be shown as it says is told. */
  let followed = false;

  function land(place: Place, loaded: Loaded): void {
    const to = landing(place, loaded);
    if (followed) tell(astray(place, loaded, to));
    followed = false;
    put(to);
  }

  /** Samples are compared with each other: one seed for all. */
  const sampled = seed();

  /** Another fault was chosen: what came before the change is the same, and one stays there. */
  let keepsPlace = false;

  /** The last world without changes: every fork of it is compared with it. */
  let base: { readonly place: Place; readonly loaded: Loaded } | undefined;
  const baseOf = (place: Place) => (sameWorld(base?.place, place) ? base?.loaded : undefined);

  async function run(): Promise<void> {
    const { place, draft, file } = getState();
    if (!place) return;
    const own = ownInputOf(draft);
    const { flow, variant, fault, seed: from, changes } = place;
    setState({ work: { kind: 'running', part: 0 }, playing: false, motion: 'still' });
    try {
      const order = {
        flow,
        variant,
        fault,
        seed: from,
        own: { ...own, object: file ?? own.object },
      };
      const make = async (changed: readonly Change[]): Promise<Loaded> =>
        load(
          await engine.run({ ...order, changes: changed }, (part) =>
            setState({ work: { kind: 'running', part } }),
          ),
        );
      const plain = baseOf(place) ?? (await make([]));
      base = { place, loaded: plain };
      const forked = changes.length > 0 ? await make(changes) : undefined;
      setState({ work: { kind: 'none' } });
      const now = getState().place;
      if (now) arrive(now, plain, forked);
    } catch (error) {
      if (error instanceof Superseded) return;
      const why = error instanceof UnreadableFile ? 'unreadable' : 'broken';
      setState({ work: { kind: 'failed', why, message: (error as Error).message } });
    }
  }

  function arrive(place: Place, plain: Loaded, forked: Loaded | undefined): void {
    const { kept, problems } = forked
      ? idle(place, forked.run)
      : { kept: place.changes, problems: [] };
    if (problems.length > 0) {
      tell(problems);
      // Another list may mean other steps: what is left runs by itself.
      goTo({ ...place, changes: kept, unchanged: place.unchanged && kept.length > 0 });
      return;
    }
    const shown = forked && !place.unchanged ? forked : plain;
    setState({ loaded: shown, other: forked && (shown === plain ? forked : plain) });
    land(keepsPlace ? beforeChange(place, shown) : place, shown);
    keepsPlace = false;
  }

  function tell(problems: readonly AddressProblem[]): void {
    const { notice } = getState();
    const before = notice?.kind === 'address' ? notice.problems : [];
    if (problems.length > 0)
      setState({ notice: { kind: 'address', problems: [...before, ...problems] } });
  }

  const sameWorld = (a: Place | undefined, b: Place): boolean =>
    a !== undefined &&
    a.flow === b.flow &&
    a.variant === b.variant &&
    a.fault === b.fault &&
    a.seed === b.seed;

  function goTo(place: Place, anew = false): void {
    const { place: before, loaded, other, work } = getState();
    if (anew) base = undefined;
    const fork = !anew && sameWorld(before, place);
    const same = fork && before !== undefined && sameChanges(before.changes, place.changes);
    setState({ place, playing: false, motion: 'still' });
    if (same && loaded && work.kind !== 'running') {
      const shown = before.unchanged === place.unchanged ? loaded : (other ?? loaded);
      if (shown !== loaded) setState({ loaded: shown, other: loaded });
      land(place, shown);
    } else if (!same || work.kind !== 'running') {
      // A fork looks like what was there before it, up to where one stands.
      if (!fork) setState({ loaded: undefined, other: undefined });
      void run();
    }
  }

  let toldNotSaved = false;
  /** Told once: nothing can be done about it, and all else works. */
  function saved(isSaved: boolean): void {
    if (isSaved || toldNotSaved) return;
    toldNotSaved = true;
    setState({ notice: { kind: 'not-saved' } });
  }

  function remember(settings: Settings): void {
    setState({ settings });
    saved(memory.saveSettings(settings));
  }

  const player: Omit<Player, keyof StoreApi<PlayerState>> = {
    open(hash) {
      if (getState().place && hash === player.address()) return;
      const { settings, place: before } = getState();
      const defaults = { level: settings.level, seed: before?.seed ?? seed() };
      const { place, room, recorded, problems } = readAddress(hash, defaults);
      setState({ notice: undefined });
      if (!place) {
        engine.cancel();
        const work = { kind: 'none' } as const;
        const nothing = { loaded: undefined, other: undefined, past: [], future: [] };
        setState({ place: undefined, room, ...nothing, work, playing: false });
        tell(problems);
        return;
      }
      const now = getState();
      const here: Typed = { draft: now.draft, file: now.file };
      const mine = hasOwn(here) && !isAnothers ? here : aside;
      const { own, known } = ownAt(place, recorded, here, mine);
      tell(known ? problems.filter(({ part }) => part !== 'private') : problems);
      const anew = own.file !== now.file || !sameDraft(own.draft, now.draft);
      if (anew) {
        aside = mine;
        isAnothers = typeof place.own === 'object';
        const followed = place.own !== undefined && sameDraft(now.typed.draft, now.draft);
        setState({ ...own, typed: followed ? own : now.typed });
      }
      setState({ sharesOwn: typeof place.own === 'object', past: [], future: [] });
      followed = true;
      goTo({ ...place, own: ownOf(getState()) }, anew);
    },
    address() {
      const state = getState();
      return state.place
        ? writeAddress({ ...state.place, own: ownOf(state) })
        : writeRoom(state.room);
    },
    choose(change) {
      const { place, settings, notice, loaded } = getState();
      const flow = change.flow ?? place?.flow;
      if (!flow) return;
      const otherFlow = flow !== place?.flow;
      const variants = FLOWS[flow].variants;
      const wanted = change.variant ?? (otherFlow ? undefined : place?.variant);
      const variant = variants.find(({ id }) => id === wanted) ?? variants[0];
      const fault = 'fault' in change ? change.fault : place?.fault;
      const onlyView =
        place !== undefined &&
        Object.keys(change).every((name) => name === 'view' || name === 'vantage');
      // What an address said wrong is of no interest in a place that was chosen by hand.
      if (!onlyView && notice?.kind === 'address') setState({ notice: undefined });
      const onlyFault = place !== undefined && Object.keys(change).join() === 'fault';
      keepsPlace = onlyFault;
      if (!onlyView) setState({ past: [], future: [] });
      const kept = onlyFault && loaded ? beforeChange(place, loaded) : place;
      goTo({
        flow,
        variant: variant.id,
        fault: fault && variant.faults.includes(fault) ? fault : undefined,
        seed: place?.seed ?? seed(),
        view: change.view ?? place?.view ?? 'stage',
        vantage: change.vantage ?? place?.vantage ?? VANTAGES[0],
        level: place?.level ?? settings.level,
        changes: onlyView ? place.changes : [],
        unchanged: onlyView && place.unchanged,
        chapter: onlyView ? place.chapter : undefined,
        step: onlyView || onlyFault ? (kept?.step ?? -1) : -1,
        own: ownOf(getState()),
      });
    },
    ...createForks(store, (place) => goTo(place)),
    home: () => player.enter(MAP),
    enter: (room) => player.open(writeRoom(room)),
    again() {
      const { place } = getState();
      if (place) goTo({ ...place, seed: seed(), step: -1, chapter: undefined }, true);
    },
    next() {
      const { place, motion } = getState();
      if (!place) return;
      if (motion === 'forward') {
        setState({ motion: 'still' });
        return;
      }
      const shown = visible();
      const at = place.step < 0 ? 0 : ordinalOf(shown, place.step) + 1;
      const step = shown[at];
      if (step !== undefined) put(step, still() ? 'still' : 'forward');
      else setState({ playing: false });
    },
    previous() {
      const { place } = getState();
      if (!place) return;
      setState({ playing: false });
      if (place.step < 0) return;
      const at = ordinalOf(visible(), place.step);
      put(at <= 0 ? -1 : (visible()[at - 1] as number));
    },
    jump(step) {
      setState({ playing: false });
      put(nearestVisible(visible(), step));
    },
    first: () => player.jump(-1),
    last: () => player.jump(visible().at(-1) ?? -1),
    settled() {
      if (getState().motion !== 'still') setState({ motion: 'still' });
    },
    play() {
      const { place, loaded } = getState();
      if (!place || !loaded) return;
      if (place.step === visible().at(-1)) put(-1);
      setState({ playing: true });
      player.next();
    },
    pause: () => setState({ playing: false }),
    set(change) {
      remember({ ...getState().settings, ...change });
    },
    setLevel(level) {
      const { place, settings, loaded } = getState();
      remember({ ...settings, level });
      if (!place) return;
      setState({ place: { ...place, level }, motion: 'still' });
      if (loaded && place.step >= 0) put(nearestVisible(loaded.visible[level], place.step));
    },
    async sample(flow, variant = FLOWS[flow].variants[0].id, seeded = sampled) {
      const { draft, file } = getState();
      const own = ownInputOf(draft);
      const isSampled = file && file.size <= LARGEST_ARCHIVED;
      const object = isSampled ? new Uint8Array(await file.arrayBuffer()) : own.object;
      const scenario = { flow, variant, fault: undefined, seed: seeded, own: { ...own, object } };
      return lab.ask('run', scenario);
    },
    seed: sampled,
    ask: lab.ask,
    cancel() {
      if (getState().work.kind !== 'running') return;
      engine.cancel();
      setState({ work: { kind: 'failed', why: 'cancelled', message: '' } });
    },
    retry() {
      if (getState().work.kind === 'failed') void run();
    },
    type(typed) {
      setState({ typed });
      memory.saveTyped(typed.draft);
    },
    takeDraft(draft, file) {
      if (file && file.size > MAX_OBJECT_BYTES) {
        setState({ notice: { kind: 'file-too-large', size: file.size } });
        return;
      }
      if (Object.keys(problemsOf(draft)).length > 0) return;
      isAnothers = false;
      setState({ draft, file, typed: { draft, file } });
      saved(memory.saveDraft(draft));
      const { place } = getState();
      if (place) goTo({ ...place, step: -1, chapter: undefined, own: ownOf(getState()) }, true);
    },
    shareOwn: (sharesOwn) => setState({ sharesOwn }),
    dismiss: () => setState({ notice: undefined }),
  };
  return { ...store, ...player };
}
