// The whole run as text: chapters, parts, steps; then the actors and the keys. A full way to use the app, and what the
// drawing says to whoever does not see it.
import { memo, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { Loaded } from '../../player';
import type { Depth } from '../../sim/types';
import { CopyButton } from '../CopyButton/CopyButton';
import { usePlayed, usePlayer } from '../context';
import { download } from '../download';
import { useSettled } from '../Stage/useSettled';
import { actorLines, type KeyNode, keyTree } from './keys';
import { type Line, outlineOf } from './outline';
import styles from './Transcript.module.css';
import { headingOf, transcriptText } from './text';
import { type Detail, type Teller, useTeller } from './useTeller';

function Details({ list }: { readonly list: readonly Detail[] }) {
  if (list.length === 0) return null;
  return (
    <dl className={styles.details}>
      {list.map(({ term, value, quoted }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
        <div key={at}>
          <dt>{term}</dt>
          <dd className={quoted ? 'mono' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface StepProps {
  readonly loaded: Loaded;
  readonly line: Line;
  readonly isCurrent: boolean;
  /** Of its heading: 3 where its part has none. */
  readonly level: 3 | 4;
  readonly tell: Teller;
  readonly onGo: (step: number) => void;
}

const StepLine = memo(({ loaded, line, isCurrent, level, tell, onGo }: StepProps) => {
  const Title = level === 3 ? 'h3' : 'h4';
  const { step, number } = line;
  return (
    <li
      className={styles.step}
      data-step={step.index}
      data-failed={step.failed || undefined}
      aria-current={isCurrent ? 'step' : undefined}
    >
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.told}>
        <Title className={styles.who}>
          <button type="button" className={styles.go} onClick={() => onGo(step.index)}>
            <span className="visually-hidden">{tell.say('step number', { number })} </span>
            {tell.title(step)}
          </button>
          {step.failed && <span className={styles.failed}>{tell.say('failed')}</span>}
          {isCurrent && <span className={styles.here}>{tell.say('you are here')}</span>}
        </Title>
        <p className={styles.caption}>{tell.caption(loaded, step)}</p>
        <Details list={tell.details(step)} />
      </div>
      <span className={styles.index} title={tell.say('index about')}>
        <span className="visually-hidden">{tell.say('index')} </span>
        <span aria-hidden="true">#</span>
        {step.index}
      </span>
    </li>
  );
});

function Keys({ nodes, tell }: { readonly nodes: readonly KeyNode[]; readonly tell: Teller }) {
  return (
    <ul className={styles.tree}>
      {nodes.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
        <li key={at}>
          {tell.key(node)}
          {node.children.length > 0 && <Keys nodes={node.children} tell={tell} />}
        </li>
      ))}
    </ul>
  );
}

const Ending = memo(({ loaded, tell }: { readonly loaded: Loaded; readonly tell: Teller }) => {
  const { trace } = loaded.run;
  return (
    <>
      <section className={styles.section}>
        <h2>{tell.say('actors')}</h2>
        <ul className={styles.actors}>
          {actorLines(trace).map((line) => (
            <li key={line.actor}>
              <h3>
                {tell.actor(line.actor)} <span>{tell.role(line.actor)}</span>
              </h3>
              <Details list={tell.holds(line)} />
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.section}>
        <h2>{tell.say('keys')}</h2>
        <p className={styles.about}>{tell.say('keys about')}</p>
        <Keys nodes={keyTree(trace)} tell={tell} />
      </section>
    </>
  );
});

/** Steps of a run that is drawn as far as it is seen. */
const LONG = 200;

function Run({ loaded, level }: { readonly loaded: Loaded; readonly level: Depth }) {
  const player = usePlayer();
  const tell = useTeller();
  const at = usePlayed((s) => s.place?.step ?? -1);
  const region = useRef<HTMLElement>(null);
  const go = useCallback((step: number) => player.jump(step), [player]);
  const sections = useMemo(() => outlineOf(loaded, level), [loaded, level]);
  const { scenario, trace } = loaded.run;
  const heading = headingOf(loaded, tell);
  const text = (): string => transcriptText(loaded, level, tell);

  // Before it is painted, so that nothing jumps.
  useLayoutEffect(() => {
    const line = region.current?.querySelector(`[data-step="${at}"]`);
    if (line) line.scrollIntoView({ block: 'nearest' });
    else region.current?.scrollTo({ top: 0 });
  }, [at]);

  return (
    <section
      ref={region}
      className={styles.transcript}
      data-long={loaded.visible[level].length > LONG || undefined}
      aria-label={tell.say('transcript')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
    >
      <div className={styles.page}>
        <header className={styles.top}>
          <div>
            <h1 className={styles.heading}>{heading}</h1>
            <p className={styles.about}>
              {scenario.fault && (
                <strong>
                  {tell.say('with fault', { fault: tell.faults(`fault ${scenario.fault}`) })}{' '}
                </strong>
              )}
              {tell.say('transcript about', {
                level: tell.flows(`level ${level}`),
                shown: loaded.visible[level].length,
                total: trace.steps.length,
              })}
            </p>
          </div>
          <div className={styles.tools}>
            <CopyButton text={text}>{tell.say('copy text')}</CopyButton>
            <button
              type="button"
              className={styles.tool}
              onClick={() =>
                download(
                  text(),
                  'text/plain;charset=utf-8',
                  `${scenario.flow}-${scenario.seed}.txt`,
                )
              }
            >
              {tell.say('download text')}
            </button>
          </div>
        </header>
        {sections.map(({ id, parts }) => (
          <section key={id} className={styles.section}>
            <h2>{tell.flows(`chapter ${id}`)}</h2>
            {parts.map((part) => {
              const title = tell.flows(`phase ${part.id}`);
              const isNamed = title !== tell.flows(`chapter ${id}`);
              return (
                <section key={part.start} className={styles.part}>
                  {isNamed && <h3>{title}</h3>}
                  <ol className={styles.steps} start={part.lines[0]?.number}>
                    {part.lines.map((line) => (
                      <StepLine
                        key={line.step.index}
                        loaded={loaded}
                        line={line}
                        isCurrent={line.step.index === at}
                        level={isNamed ? 4 : 3}
                        tell={tell}
                        onGo={go}
                      />
                    ))}
                  </ol>
                </section>
              );
            })}
          </section>
        ))}
        <Ending loaded={loaded} tell={tell} />
      </div>
    </section>
  );
}

export function Transcript() {
  useSettled();
  const loaded = usePlayed((s) => s.loaded);
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const tell = useTeller();
  if (loaded) return <Run loaded={loaded} level={level} />;
  return <section className={styles.transcript} aria-label={tell.say('transcript')} />;
}
