// The other window of a presentation: both stand at the same place, whichever of them moves. A browser without a channel
// has no other window, and loses nothing else.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Player } from '../../player';
import { usePlayer } from '../context';
import {
  type Message,
  type Role,
  readMessage,
  stepOf,
  withoutView,
  withView,
  writeMessage,
} from './messages';
import { nameOf, OTHER, pairFor, VIEW_OF } from './pair';

export interface Other {
  /** Somebody answered, and did not say goodbye since. */
  readonly isThere: boolean;
  /** The screen of the room is black. */
  readonly isBlack: boolean;
  sayBlack(isBlack: boolean): void;
  /** Opens the other window; false: the browser kept it shut. */
  open(): boolean;
  /** For a link that does the same, when the browser keeps windows shut. */
  readonly address: () => string;
  readonly target: string;
}

/** Run and step: a window that followed is where the other is, and has nothing to say of it. */
function markOf(hash: string): string {
  const { run, step } = stepOf(hash);
  return `${run} ${step}`;
}

/** Goes where the other went: one step on with its motion, anywhere else at once. */
function follow(player: Player, role: Role, hash: string): void {
  const here = stepOf(player.address());
  const there = stepOf(hash);
  const { loaded, place, motion } = player.getState();
  const visible = (place && loaded?.visible[place.level]) || [];
  const next = visible[place && place.step >= 0 ? visible.indexOf(place.step) + 1 : 0];
  if (role === 'audience' && here.run === there.run && there.step >= 0 && next === there.step) {
    if (motion === 'forward') player.next();
    player.next();
  } else player.open(withView(hash, VIEW_OF[role]));
}

export function useOther(role: Role): Other {
  const player = usePlayer();
  const [pair] = useState(() => pairFor(role));
  const [isThere, setThere] = useState(false);
  const [isBlack, setBlack] = useState(false);
  const channel = useRef<BroadcastChannel>(undefined);
  const black = useRef(false);
  black.current = isBlack;

  const say = useCallback(
    (said: Message['said']) => channel.current?.postMessage(writeMessage({ role, said })),
    [role],
  );

  useEffect(() => {
    if (typeof BroadcastChannel !== 'function') return;
    const line = new BroadcastChannel(`sealed-presentation-${pair}`);
    channel.current = line;
    let last = markOf(player.address());
    /** What changes then was said by the other. */
    let following = false;
    const sayPlace = (): void => {
      const { draft, file } = player.getState();
      const hash = withoutView(player.address());
      last = markOf(hash);
      say({ kind: 'place', hash, draft, file });
    };
    line.onmessage = ({ data }) => {
      const message = readMessage(data);
      if (!message || message.role === role) return;
      const { said } = message;
      setThere(said.kind !== 'bye');
      if (said.kind === 'ask') {
        say({ kind: 'here' });
        say({ kind: 'black', isBlack: black.current });
        sayPlace();
      } else if (said.kind === 'black') setBlack(said.isBlack);
      else if (said.kind === 'place') {
        const { draft, file } = player.getState();
        const isOther =
          JSON.stringify(draft) !== JSON.stringify(said.draft) || file?.size !== said.file?.size;
        last = markOf(said.hash);
        following = true;
        if (isOther) player.takeDraft(said.draft, said.file);
        if (last !== markOf(player.address())) follow(player, role, said.hash);
        following = false;
      }
    };
    say({ kind: 'ask' });
    const stop = player.subscribe(() => {
      // In another view it is no presentation any more.
      if (following || player.getState().place?.view !== VIEW_OF[role]) return;
      if (markOf(player.address()) !== last) sayPlace();
    });
    const leave = (): void => say({ kind: 'bye' });
    addEventListener('pagehide', leave);
    return () => {
      leave();
      removeEventListener('pagehide', leave);
      stop();
      line.close();
      channel.current = undefined;
    };
  }, [player, role, pair, say]);

  const other = OTHER[role];
  const address = useCallback(
    () => `${location.pathname}${location.search}${withView(player.address(), VIEW_OF[other])}`,
    [player, other],
  );
  const target = nameOf(other, pair);
  return {
    isThere,
    isBlack,
    sayBlack(next) {
      setBlack(next);
      say({ kind: 'black', isBlack: next });
    },
    open: () => window.open(address(), target, 'popup,width=1280,height=800') !== null,
    address,
    target,
  };
}
