// The player: a cursor over a recorded trace, and everything a person can do to it. No pictures here, and nothing of what
// happened: that is in the trace.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { FLOWS } from '../flows';
import type { Depth } from '../sim/types';
import { type Loaded, landing, load, nearestVisible, ordinalOf } from './cursor';
import { type Engine, Superseded, UnreadableFile } from './engine';
import {
  DEFAULT_DRAFT,
  type Draft,
  isDefault,
  MAX_OBJECT_BYTES,
  ownInputOf,
  problemsOf,
} from './own';
import { type AddressProblem, type Place, readAddress, writeAddress } from './place';
import type { Memory, Settings } from './settings';

export type Work =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly part: number }
  | { readonly kind: 'failed'; readonly why: 'unreadable' | 'broken'; readonly message: string };

export type Notice =
  | { readonly kind: 'address'; readonly problems: readonly AddressProblem[] }
  | { readonly kind: 'not-saved' }
  | { readonly kind: 'file-too-large'; readonly size: number };

export interface PlayerState {
  /** Undefined: the map of the schemes. */
  readonly place: Place | undefined;
  readonly loaded: Loaded | undefined;
  readonly work: Work;
  /** `forward` while the last step's motion is under way; a key pressed then finishes it. */
  readonly motion: 'still' | 'forward';
  readonly playing: boolean;
  readonly settings: Settings;
  readonly draft: Draft;
  readonly file: File | undefined;
  readonly sharesOwn: boolean;
  readonly notice: Notice | undefined;
}

export interface Player extends StoreApi<PlayerState> {
  /** Goes to an address, as typed or followed. */
  open(hash: string): void;
  address(): string;
  choose(change: Partial<Pick<Place, 'flow' | 'variant' | 'fault' | 'view'>>): void;
  home(): void;
  again(): void;
  next(): void;
  previous(): void;
  jump(step: number): void;
  first(): void;
  last(): void;
  settled(): void;
  play(): void;
  pause(): void;
  set(change: Partial<Settings>): void;
  setLevel(level: Depth): void;
  /** Takes what was typed and runs it; the problems are found with `problemsOf`. */
  useDraft(draft: Draft, file: File | undefined): void;
  shareOwn(share: boolean): void;
  dismiss(): void;
}

export interface PlayerParts {
  readonly engine: Engine;
  readonly memory: Memory;
  /** A fresh seed. */
  seed(): string;
  /** True when motion is unwelcome. */
  still(): boolean;
}

const ownOf = ({ draft, file, sharesOwn }: PlayerState): Place['own'] => {
  if (isDefault(draft) && !file) return undefined;
  return sharesOwn && !file ? draft : 'private';
};

export function createPlayer({ engine, memory, seed, still }: PlayerParts): Player {
  const store = createStore<PlayerState>(() => ({
    place: undefined,
    loaded: undefined,
    work: { kind: 'none' },
    motion: 'still',
    playing: false,
    settings: memory.settings(),
    draft: memory.draft() ?? DEFAULT_DRAFT,
    file: undefined,
    sharesOwn: false,
    notice: undefined,
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

  async function run(): Promise<void> {
    const { place, draft, file } = getState();
    if (!place) return;
    const own = ownInputOf(draft);
    const { flow, variant, fault, seed: from } = place;
    setState({ work: { kind: 'running', part: 0 }, playing: false, motion: 'still' });
    try {
      const order = {
        flow,
        variant,
        fault,
        seed: from,
        own: { ...own, object: file ?? own.object },
      };
      const made = await engine.run(order, (part) => setState({ work: { kind: 'running', part } }));
      const loaded = load(made);
      const now = getState().place;
      setState({ loaded, work: { kind: 'none' } });
      if (!now) return;
      const beyond = now.step >= made.trace.steps.length;
      if (beyond) tell([{ part: 'step', value: String(now.step) }]);
      put(landing(now, loaded));
    } catch (error) {
      if (error instanceof Superseded) return;
      const why = error instanceof UnreadableFile ? 'unreadable' : 'broken';
      setState({ work: { kind: 'failed', why, message: (error as Error).message } });
    }
  }

  function tell(problems: readonly AddressProblem[]): void {
    const { notice } = getState();
    const before = notice?.kind === 'address' ? notice.problems : [];
    if (problems.length > 0)
      setState({ notice: { kind: 'address', problems: [...before, ...problems] } });
  }

  const sameRun = (a: Place | undefined, b: Place): boolean =>
    a !== undefined &&
    a.flow === b.flow &&
    a.variant === b.variant &&
    a.fault === b.fault &&
    a.seed === b.seed;

  function goTo(place: Place, anew = false): void {
    const before = getState();
    setState({ place, playing: false, motion: 'still' });
    if (!anew && before.loaded && sameRun(before.place, place)) put(landing(place, before.loaded));
    else {
      setState({ loaded: undefined });
      void run();
    }
  }

  function remember(settings: Settings): void {
    setState({ settings });
    if (!memory.saveSettings(settings)) setState({ notice: { kind: 'not-saved' } });
  }

  const player: Omit<Player, keyof StoreApi<PlayerState>> = {
    open(hash) {
      const { settings, place: before } = getState();
      const defaults = { level: settings.level, seed: before?.seed ?? seed() };
      const { place, problems } = readAddress(hash, defaults);
      setState({ notice: undefined });
      if (!place) {
        engine.cancel();
        setState({ place: undefined, loaded: undefined, work: { kind: 'none' }, playing: false });
        tell(problems);
        return;
      }
      let anew = false;
      if (place.own === 'private') {
        // Our own page, reloaded, still has what was typed; somebody else's has not.
        const known = !isDefault(getState().draft) || getState().file !== undefined;
        tell(known ? problems.filter(({ part }) => part !== 'private') : problems);
      } else {
        tell(problems);
        if (place.own && JSON.stringify(place.own) !== JSON.stringify(getState().draft)) {
          setState({ draft: place.own, file: undefined, sharesOwn: true });
          anew = true;
        }
      }
      goTo({ ...place, own: ownOf(getState()) }, anew);
    },
    address() {
      const state = getState();
      return state.place ? writeAddress({ ...state.place, own: ownOf(state) }) : '#/';
    },
    choose(change) {
      const { place, settings } = getState();
      const flow = change.flow ?? place?.flow;
      if (!flow) return;
      const otherFlow = flow !== place?.flow;
      const variants = FLOWS[flow].variants;
      const wanted = change.variant ?? (otherFlow ? undefined : place?.variant);
      const variant = variants.find(({ id }) => id === wanted) ?? variants[0];
      const fault = 'fault' in change ? change.fault : place?.fault;
      const onlyView = place !== undefined && Object.keys(change).every((name) => name === 'view');
      goTo({
        flow,
        variant: variant.id,
        fault: fault && variant.faults.includes(fault) ? fault : undefined,
        seed: place?.seed ?? seed(),
        view: change.view ?? place?.view ?? 'stage',
        level: place?.level ?? settings.level,
        chapter: onlyView ? place.chapter : undefined,
        step: onlyView ? place.step : -1,
        own: ownOf(getState()),
      });
    },
    home: () => player.open('#/'),
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
    },
    previous() {
      const { place } = getState();
      if (!place || place.step < 0) return;
      const at = ordinalOf(visible(), place.step);
      put(at <= 0 ? -1 : (visible()[at - 1] as number));
    },
    jump: (step) => put(nearestVisible(visible(), step)),
    first: () => put(-1),
    last: () => put(visible().at(-1) ?? -1),
    settled() {
      if (getState().motion !== 'still') setState({ motion: 'still' });
    },
    play() {
      const { place } = getState();
      if (place && place.step === visible().at(-1)) put(-1);
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
    useDraft(draft, file) {
      if (file && file.size > MAX_OBJECT_BYTES) {
        setState({ notice: { kind: 'file-too-large', size: file.size } });
        return;
      }
      if (Object.keys(problemsOf(draft)).length > 0) return;
      setState({ draft, file });
      if (!memory.saveDraft(draft)) setState({ notice: { kind: 'not-saved' } });
      const { place } = getState();
      if (place) goTo({ ...place, step: -1, chapter: undefined, own: ownOf(getState()) }, true);
    },
    shareOwn: (sharesOwn) => setState({ sharesOwn }),
    dismiss: () => setState({ notice: undefined }),
  };
  return { ...store, ...player };
}
