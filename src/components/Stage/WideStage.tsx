// The wide stage: zones, desks, the ways gone, the message in flight, and the caption at its arrow.
import { useMemo } from 'react';
import { ACTORS } from '../../flows';
import type { Shown } from '../context';
import { usePlayed, usePlayer, useWords } from '../context';
import { CaptionCard } from './CaptionCard';
import { Desk } from './Desk';
import { captionPlace, layoutStage, wayOf, ZONES } from './layout';
import { Packet } from './Packet';
import styles from './Stage.module.css';
import type { Scene } from './scene';
import { Ways } from './Ways';

/** Last part of an object's name, short enough for a desk. */
const shortName = (key: string): string => {
  const last = key.split('/').filter(Boolean).at(-1) ?? key;
  return last.length > 18 ? `${last.slice(0, 10)}…${last.slice(-6)}` : last;
};

interface WideStageProps {
  readonly size: { readonly width: number; readonly height: number };
  readonly shown: Shown;
  readonly scene: Scene;
  readonly isPresented?: boolean;
}

export function WideStage({ size, shown, scene, isPresented = false }: WideStageProps) {
  const names = useWords('names');
  const player = usePlayer();
  const moving = usePlayed((s) => s.motion === 'forward');
  const speed = usePlayed((s) => s.settings.speed);
  const { width, height } = size;
  const layout = useMemo(
    () => layoutStage(width, height, isPresented),
    [width, height, isPresented],
  );
  const { step } = scene;
  const way = useMemo(
    () =>
      step && step.kind !== 'deed'
        ? wayOf(layout, step.from, step.to, step.kind === 'response')
        : undefined,
    [layout, step],
  );
  const place = useMemo(
    () => captionPlace(layout, way ?? (step?.kind === 'deed' ? step.actor : 'client')),
    [layout, way, step],
  );
  const objectName = shortName(shown.run.scenario.own.key);
  return (
    <div className={styles.wide} data-presented={isPresented || undefined}>
      {ZONES.map((zone) => {
        const { x: left, y: top, width: w, height: h } = layout.zones[zone];
        return (
          <div
            key={zone}
            className={styles.zone}
            data-zone={zone}
            style={{ left, top, width: w, height: h }}
          >
            <h2 className={styles.zoneName}>{names(`zone ${zone}`)}</h2>
          </div>
        );
      })}
      <Ways
        size={size}
        layout={layout}
        scene={scene}
        way={way}
        leader={place.leader}
        isPresented={isPresented}
      />
      {ACTORS.map((actor) => (
        <Desk
          key={actor}
          actor={actor}
          rect={layout.desks[actor]}
          holdings={scene.holdings[actor]}
          inPlay={scene.inPlay.has(actor)}
          takesPart={scene.takesPart.has(actor)}
          failed={
            step?.failed === true &&
            (step.kind === 'deed' ? step.actor === actor : step.from === actor)
          }
          arriving={moving}
          compact={layout.compact}
          isPresented={isPresented}
          objectName={objectName}
        />
      ))}
      <CaptionCard shown={shown} scene={scene} box={place.box} />
      {moving && step && (
        <Packet
          key={step.index}
          step={step}
          ids={scene.cargo.outputs}
          way={way}
          speed={speed}
          onLanded={player.settled}
        />
      )}
    </div>
  );
}
