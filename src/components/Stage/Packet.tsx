// The message in flight with its cargo. Only transforms move. A deed has no way to go: it takes a short moment and lands.
import * as m from 'framer-motion/m';
import { useEffect } from 'react';
import type { Step } from '../../sim/types';
import { CargoRow } from './CaptionCard';
import type { Point } from './layout';
import styles from './Stage.module.css';

/** Seconds at normal speed. */
const FLIGHT = 0.52;
const DEED = 0.36;
/** Milliseconds beyond its time after which a flight counts as landed. */
const GRACE = 250;

interface PacketProps {
  readonly step: Step;
  readonly ids: readonly string[];
  readonly way: readonly Point[] | undefined;
  readonly speed: number;
  readonly onLanded: () => void;
}

/** Parts of the way at its corners, 0 to 1. */
function timesOf(way: readonly Point[]): number[] {
  const lengths = way.map((p, i) => {
    const q = way[i - 1];
    return q ? Math.hypot(p.x - q.x, p.y - q.y) : 0;
  });
  const total = lengths.reduce((sum, one) => sum + one, 0) || 1;
  let gone = 0;
  return lengths.map((one) => {
    gone += one;
    return gone / total;
  });
}

export function Packet({ step, ids, way, speed, onLanded }: PacketProps) {
  const seconds = (way ? FLIGHT : DEED) / speed;
  useEffect(() => {
    // The flight's own end may never be told (a hidden tab, features not loaded yet): land all the same.
    const timer = setTimeout(onLanded, seconds * 1000 + GRACE);
    return () => clearTimeout(timer);
  }, [seconds, onLanded]);
  const first = way?.[0];
  if (!way || !first) return null;
  return (
    <m.div
      className={styles.packet}
      aria-hidden="true"
      initial={{ x: first.x, y: first.y }}
      animate={{ x: way.map(({ x }) => x), y: way.map(({ y }) => y) }}
      transition={{ duration: seconds, times: timesOf(way), ease: 'easeInOut' }}
      onAnimationComplete={onLanded}
    >
      <span className={styles.packetBody} data-failed={step.failed || undefined}>
        {ids.length > 0 ? (
          <CargoRow ids={ids} size={22} />
        ) : (
          <span className={styles.dots}>{step.failed ? '✕' : '···'}</span>
        )}
      </span>
    </m.div>
  );
}
