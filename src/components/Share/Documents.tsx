// The run as a text for somewhere else: a diagram, a document, a recording. To copy or to save.
import { useEffect, useState } from 'react';
import { LARGEST_ARCHIVED, type MermaidWords, mermaidOf } from '../../flows';
import type { Loaded } from '../../player';
import type { Step } from '../../sim/types';
import { CopyButton } from '../CopyButton/CopyButton';
import { usePlayed, usePlayer, useWords } from '../context';
import { download } from '../download';
import { transcriptMarkdown } from '../Transcript/markdown';
import { headingOf } from '../Transcript/text';
import { type Teller, useTeller } from '../Transcript/useTeller';
import styles from './ShareDialog.module.css';

interface Recorded {
  readonly json: string;
  readonly har: string;
}

/** Written beside the page, as both are of the whole run and may be large. */
function useRecorded(loaded: Loaded, tell: Teller): { recorded?: Recorded; why?: string } {
  const player = usePlayer();
  const [state, setState] = useState<{ recorded?: Recorded; why?: string }>({});
  useEffect(() => {
    let isWanted = true;
    const { scenario, trace } = loaded.run;
    if (scenario.own.object.length > LARGEST_ARCHIVED) return;
    const captions = trace.steps.map((step) => tell.caption(loaded, step));
    const text = new TextDecoder();
    player.ask('documents', { scenario, captions }).then(
      ({ json, har }) =>
        isWanted && setState({ recorded: { json: text.decode(json), har: text.decode(har) } }),
      (error: Error) => isWanted && setState({ why: error.message }),
    );
    return () => {
      isWanted = false;
    };
  }, [player, loaded, tell]);
  return state;
}

/** What stands on an arrow or in a note. */
function useMermaidWords(loaded: Loaded, tell: Teller): MermaidWords {
  const names = useWords('names');
  const inspector = useWords('inspector');
  const words = useWords('archive');
  return {
    title: headingOf(loaded, tell),
    actor: (id) => names(`short ${id}`),
    chapter: (id) => tell.flows(`chapter ${id}`),
    label: (step: Step) => {
      if (step.kind === 'request') return step.operation;
      if (step.kind === 'response')
        return words('answer ok', { operation: step.operation, status: step.message.status });
      const { deed, thing } = step;
      return inspector([`does ${deed} ${thing}`, 'does any'], { deed, thing });
    },
  };
}

export function Documents({ loaded }: { readonly loaded: Loaded }) {
  const words = useWords('archive');
  const tell = useTeller();
  const level = usePlayed((s) => s.place?.level ?? 'standard');
  const mermaid = useMermaidWords(loaded, tell);
  const { recorded, why } = useRecorded(loaded, tell);
  const { scenario, trace } = loaded.run;
  const steps = loaded.visible[level].flatMap((index) => trace.steps[index] ?? []);
  const file = `sealed-${scenario.flow}-${scenario.variant}-${scenario.seed}`;
  const all: readonly (readonly [string, string, string, (() => string) | undefined])[] = [
    ['mermaid', 'mmd', 'text/plain', () => mermaidOf(steps, mermaid)],
    ['markdown', 'md', 'text/markdown', () => transcriptMarkdown(loaded, level, tell)],
    ['json', 'json', 'application/json', recorded && (() => recorded.json)],
    ['har', 'har', 'application/json', recorded && (() => recorded.har)],
  ];
  const isTooLarge = scenario.own.object.length > LARGEST_ARCHIVED;
  return (
    <section>
      <h3>{words('documents')}</h3>
      <p className={styles.about}>{words('documents about')}</p>
      <ul className={styles.documents}>
        {all.map(([id, ending, type, text]) => {
          const name = words(`document ${id}`);
          if (!text && isTooLarge) return null;
          return (
            <li key={id}>
              <span>{name}</span>
              {text ? (
                <>
                  <CopyButton text={text} label={words('document copy', { name })}>
                    {words('copy')}
                  </CopyButton>
                  <button
                    type="button"
                    className="button"
                    aria-label={words('document save', { name })}
                    onClick={() => download(text(), type, `${file}.${ending}`)}
                  >
                    {words('save')}
                  </button>
                </>
              ) : (
                <span className={styles.about}>
                  {why ? words('documents failed', { why }) : words('documents working')}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
