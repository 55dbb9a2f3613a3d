// "Where am I?": the scenario, the step, who holds what now, and what can be done next.
import { useCaption, usePlayed, usePlayer, useShown, useWords } from '../context';
import { Dialog } from '../Dialog/Dialog';
import { KeyCap } from '../Help/KeyCap';
import { actorLines } from '../Transcript/keys';
import { headingOf } from '../Transcript/text';
import { type Teller, useTeller } from '../Transcript/useTeller';
import { sentenceOf } from './sentences';
import styles from './WhereAmI.module.css';

type Way = 'next' | 'previous' | 'first' | 'transcript';

function holding(reads: readonly string[], sealed: readonly string[], tell: Teller): string {
  const all = (ids: readonly string[]): string => tell.list(ids.map(tell.thing));
  if (reads.length === 0 && sealed.length === 0) return tell.say('holds nothing');
  if (sealed.length === 0) return tell.say('holds readable', { things: all(reads) });
  if (reads.length === 0) return tell.say('holds sealed', { things: all(sealed) });
  return tell.say('holds both', { readable: all(reads), sealed: all(sealed) });
}

export function WhereAmIDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords('panels');
  const tell = useTeller();
  const caption = useCaption();
  const shown = useShown();
  const place = usePlayed((s) => s.place);
  const player = usePlayer();
  if (!place || !shown) {
    return (
      <Dialog title={words('where title')} onClose={onClose}>
        <p>{words(place ? 'status running' : 'where map')}</p>
      </Dialog>
    );
  }
  const { run, step } = shown;
  const { fault, flow } = run.scenario;
  const visible = shown.visible[place.level];
  const { id, values } = sentenceOf(shown, place, (one) => caption(shown, one));
  const phase = shown.phases.find(({ start, end }) => place.step >= start && place.step < end);
  const knowledge = step ?? run.trace.initial;
  const isLast = place.step === visible.at(-1);
  const ways: readonly Way[] = [
    ...(isLast ? [] : (['next'] as const)),
    ...(step ? (['previous', 'first'] as const) : []),
    'transcript',
  ];
  const go = (way: Way): void => {
    onClose();
    if (way === 'transcript')
      player.choose({ view: place.view === 'transcript' ? 'stage' : 'transcript' });
    else player[way]();
  };
  return (
    <Dialog title={words('where title')} onClose={onClose}>
      <div className={styles.where}>
        <section>
          <h3>{headingOf(shown, tell)}</h3>
          {!run.outside && <p>{tell.flows(`line ${flow}`)}</p>}
          {fault && <p>{words('with fault', { fault: tell.faults(`fault ${fault}`) })}</p>}
          {!run.outside && <p>{words(place.own ? 'where own' : 'where example')}</p>}
        </section>
        <section>
          <h3>{words('where now')}</h3>
          {step && phase && (
            <p className={styles.part}>
              {words('where part', {
                chapter: tell.flows(`chapter ${step.chapter}`),
                part: tell.flows(`phase ${phase.id}`),
              })}
            </p>
          )}
          <p className={styles.sentence}>{words(id, values)}</p>
          <dl className={styles.holders}>
            {actorLines(run.trace).map(({ actor }) => (
              <div key={actor}>
                <dt>{tell.actor(actor)}</dt>
                <dd>{holding(knowledge.knows[actor], knowledge.has[actor], tell)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>{words('where next')}</h3>
          {isLast && <p>{words('way end')}</p>}
          <ul className={styles.ways}>
            {ways.map((way) => (
              <li key={way}>
                <button type="button" className="button" onClick={() => go(way)}>
                  {words(way === 'transcript' ? `way ${place.view}` : `way ${way}`)}
                </button>
                <span aria-hidden="true">
                  <KeyCap action={way} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}
