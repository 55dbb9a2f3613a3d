// What a presentation asks of the browser: the whole screen, a screen that stays awake, a pointer out of the way. Each is
// a wish: a browser that refuses changes nothing else.
import { useCallback, useEffect, useRef, useState } from 'react';

const quietly = (wish: Promise<unknown> | undefined): void => void wish?.catch(() => undefined);

const isFull = (): boolean => document.fullscreenElement !== null;

/** Must follow a press: browsers ask for that. */
export const fillScreen = (): void => quietly(document.documentElement.requestFullscreen?.());
const emptyScreen = (): void => {
  if (isFull()) quietly(document.exitFullscreen());
};

/** `onLeft` hears when Esc ended the full screen: the browser keeps that key to itself. */
export function useFullScreen(onLeft: () => void): { readonly toggle: () => void } {
  const isOurs = useRef(false);
  useEffect(() => {
    const changed = (): void => {
      if (!isFull() && !isOurs.current) onLeft();
      isOurs.current = false;
    };
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, [onLeft]);
  useEffect(
    () => () => {
      isOurs.current = true;
      emptyScreen();
    },
    [],
  );
  const toggle = useCallback(() => {
    if (!isFull()) return fillScreen();
    isOurs.current = true;
    emptyScreen();
  }, []);
  return { toggle };
}

/** Asks again whenever the page is seen again: the lock is lost when it is hidden. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const ask = (): void => {
      if (document.visibilityState !== 'visible') return;
      quietly(
        navigator.wakeLock?.request('screen').then((given) => {
          if (isOver) quietly(given.release());
          else lock = given;
        }),
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', ask);
      quietly(lock?.release());
    };
  }, []);
}

const IDLE_AFTER = 2500;

/** True while the pointer has not moved for a while. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = (event: PointerEvent): void => {
      if (event.movementX === 0 && event.movementY === 0 && event.type === 'pointermove') return;
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), IDLE_AFTER);
    };
    addEventListener('pointermove', moved);
    return () => {
      removeEventListener('pointermove', moved);
      clearTimeout(timer);
    };
  }, []);
  return isIdle;
}
