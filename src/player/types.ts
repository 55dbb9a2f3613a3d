// What the player is to everybody else: its state, and what a person can do. No behaviour.
import type { StoreApi } from 'zustand/vanilla';
import type { Change, FlowId, Run, VariantId, What } from '../flows';
import type { Depth } from '../sim/types';
import type { Loaded } from './cursor';
import type { Engine } from './engine';
import type { Lab } from './lab';
import type { Draft } from './own';
import type { AddressProblem, Place, Room } from './place';
import type { Memory, Settings } from './settings';

export type Work =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly part: number }
  | {
      readonly kind: 'failed';
      readonly why: 'unreadable' | 'broken' | 'cancelled';
      readonly message: string;
    };

export type Notice =
  | { readonly kind: 'address'; readonly problems: readonly AddressProblem[] }
  | { readonly kind: 'not-saved' }
  | { readonly kind: 'file-too-large'; readonly size: number };

export interface Typed {
  readonly draft: Draft;
  readonly file: File | undefined;
}

export interface PlayerState {
  /** Undefined: a room, and no scenario. */
  readonly place: Place | undefined;
  readonly room: Room;
  readonly loaded: Loaded | undefined;
  /** Of a world with changes, the history that is not shown. */
  readonly other: Loaded | undefined;
  /** Lists of changes that were there before, and that were undone: the last one is next. */
  readonly past: readonly (readonly Change[])[];
  readonly future: readonly (readonly Change[])[];
  readonly work: Work;
  /** `forward` while the last step's motion is under way; a key pressed then finishes it. */
  readonly motion: 'still' | 'forward';
  readonly playing: boolean;
  readonly settings: Settings;
  /** What runs use. */
  readonly draft: Draft;
  readonly file: File | undefined;
  /** What is typed and picked, but perhaps not run yet; it outlives the panel, and its text the page. */
  readonly typed: Typed;
  readonly sharesOwn: boolean;
  readonly notice: Notice | undefined;
  /** Loads a newer version of the page; undefined when there is none. */
  readonly update: (() => void) | undefined;
}

export interface Player extends StoreApi<PlayerState> {
  /** Goes to an address, as typed or followed. */
  open(hash: string): void;
  address(): string;
  choose(change: Partial<Pick<Place, 'flow' | 'variant' | 'fault' | 'view' | 'vantage'>>): void;
  /** Changes the world at a step of the history that is shown, and runs on from there. What was changed after it goes. */
  change(what: What, at?: number): void;
  undo(): void;
  redo(): void;
  /** Takes all changes back. */
  unchange(): void;
  /** Looks at the history without the changes, or with them, at the same step. */
  look(unchanged: boolean): void;
  home(): void;
  /** Goes to a room, or to another place in it. */
  enter(room: Room): void;
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
  /**
   * Runs a flow, its first variant unless told, with what runs use now, and leaves what is shown as it is. Several runs are
   * kept at once: in place of a large file the text is used.
   */
  sample(flow: FlowId, variant?: VariantId, seed?: string): Promise<Run>;
  /** What is tried without a seed of its own in the address takes this one, all visit long. */
  readonly seed: string;
  /** Asks a lab, beside the runs. */
  readonly ask: Lab['ask'];
  /** Ends a run that takes too long. */
  cancel(): void;
  /** Runs again after a run that ended without a trace. */
  retry(): void;
  type(typed: Typed): void;
  /** Takes what was typed and runs it; the problems are found with `problemsOf`. */
  takeDraft(draft: Draft, file: File | undefined): void;
  shareOwn(share: boolean): void;
  dismiss(): void;
}

export interface PlayerParts {
  readonly engine: Engine;
  readonly lab: Lab;
  readonly memory: Memory;
  /** A fresh seed. */
  seed(): string;
  /** True when motion is unwelcome. */
  still(): boolean;
}
