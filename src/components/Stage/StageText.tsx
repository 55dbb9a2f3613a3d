// What the drawing says, for whoever does not see it: the messages so far, in order, and which key seals what. The desks
// themselves are text already.

import type { Shown } from '../context';
import { useCaption, useWords } from '../context';
import { useThingName } from '../things';
import type { Scene } from './scene';

export function StageText({ shown, scene }: { readonly shown: Shown; readonly scene: Scene }) {
  const ui = useWords('ui');
  const names = useWords('names');
  const caption = useCaption();
  const name = useThingName();
  const { trace } = shown.run;
  const last = scene.step;
  if (!last) return null;
  const soFar = trace.steps.filter(
    (step) =>
      step.chapter === last.chapter &&
      step.index <= last.index &&
      step.kind !== 'deed' &&
      step.depth === 'overview',
  );
  const present = new Set(
    Object.values(scene.holdings).flatMap((held) => held.map(({ id }) => id)),
  );
  const sealed = trace.sealed.filter(({ id }) => present.has(id));
  return (
    <div className="visually-hidden">
      <h3>{ui('text messages')}</h3>
      <ol>
        {soFar.map((step) => (
          <li key={step.index}>
            {step.kind === 'deed'
              ? ''
              : `${names(`actor ${step.from}`)}, ${names(`actor ${step.to}`)}: `}
            {caption(shown, step)}
          </li>
        ))}
      </ol>
      <h3>{ui('text keys')}</h3>
      <ul>
        {sealed.map(({ id }) => (
          <li key={id}>{name(id)}</li>
        ))}
      </ul>
    </div>
  );
}
