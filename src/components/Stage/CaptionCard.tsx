// The caption, in words, with the cargo it speaks of; for a deed, what went in and what came out.
import { Fragment } from 'react';
import type { Shown } from '../context';
import { useCaption, useWords } from '../context';
import { Glyph } from '../glyphs/Glyph';
import { lookOf } from '../things';
import type { Rect } from './layout';
import styles from './Stage.module.css';
import type { Scene } from './scene';

export function CargoRow({
  ids,
  size = 26,
}: {
  readonly ids: readonly string[];
  readonly size?: number;
}) {
  return ids.slice(0, 5).map((id, i) => {
    const look = lookOf(id);
    return (
      <Fragment key={id}>
        {i > 0 && <span className={styles.plus}>+</span>}
        <span className={styles.cargo}>
          <Glyph look={look} size={size} />
          <b>
            {look.short}
            {look.under && <span className={styles.in}>·{look.under}</span>}
          </b>
        </span>
      </Fragment>
    );
  });
}

export function Cargo({ scene }: { readonly scene: Scene }) {
  const { step, cargo } = scene;
  const { inputs, outputs } = cargo;
  if (!step || inputs.length + outputs.length === 0) return null;
  if (step.kind === 'deed' && step.deed === 'forgets') return null;
  return (
    <div className={styles.cargoRow} aria-hidden="true">
      <CargoRow ids={inputs} />
      {outputs.length > 0 && inputs.length > 0 && <span className={styles.becomes}>→</span>}
      <CargoRow ids={outputs} />
      {step.kind === 'deed' && step.failed && <span className={styles.cross}>✕</span>}
    </div>
  );
}

/** The first sentence or half-sentence stands out. */
function Sentence({ text }: { readonly text: string }) {
  const end = /[.:!?](?=\s|$)/.exec(text)?.index ?? text.length;
  return (
    <>
      <b className={styles.first}>{text.slice(0, end + 1)}</b>
      {text.slice(end + 1)}
    </>
  );
}

export function CaptionCard({
  shown,
  scene,
  box,
}: {
  readonly shown: Shown;
  readonly scene: Scene;
  readonly box: Rect;
}) {
  const caption = useCaption();
  const flows = useWords('flows');
  const ui = useWords('ui');
  const { step } = scene;
  const { scenario, outside } = shown.run;
  return (
    <div
      className={styles.captionPlace}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
    >
      <div className={styles.caption} data-failed={step?.failed || undefined}>
        <Cargo scene={scene} />
        <p>
          {step ? (
            <Sentence text={caption(shown, step)} />
          ) : (
            <>
              {!outside && <b>{flows(`line ${scenario.flow}`)}</b>} {ui('rest hint')}
            </>
          )}
        </p>
      </div>
    </div>
  );
}
