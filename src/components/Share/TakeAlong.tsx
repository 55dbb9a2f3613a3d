// The run as a zip to take along: packed beside the page, saved from its memory.
import { useState } from 'react';
import { LARGEST_ARCHIVED } from '../../flows';
import { usePlayed, usePlayer, useWords } from '../context';
import { download } from '../download';
import { transcriptText } from '../Transcript/text';
import { useTeller } from '../Transcript/useTeller';
import { useSize } from '../useSize';
import styles from './ShareDialog.module.css';

type State =
  | { readonly kind: 'idle' | 'working' }
  | { readonly kind: 'done'; readonly file: string }
  | { readonly kind: 'failed'; readonly why: string };

export function TakeAlong() {
  const words = useWords('archive');
  const player = usePlayer();
  const tell = useTeller();
  const sizeOf = useSize();
  const loaded = usePlayed((s) => s.loaded);
  const [state, setState] = useState<State>({ kind: 'idle' });
  if (!loaded || loaded.run.outside) return null;
  const { scenario, trace } = loaded.run;
  const isTooLarge = scenario.own.object.length > LARGEST_ARCHIVED;

  const pack = async (): Promise<void> => {
    setState({ kind: 'working' });
    const transcript = transcriptText(loaded, 'deep', tell);
    const title = `${tell.flows(`flow ${scenario.flow}`)}, ${tell.flows(`variant ${scenario.variant}`)}`;
    const telling = {
      captions: trace.steps.map((step) => tell.caption(loaded, step)),
      transcript,
      readme: words('archive readme', { title }),
    };
    try {
      const zip = await player.ask('archive', { scenario, telling });
      const file = `sealed-${scenario.flow}-${scenario.variant}-${scenario.seed}.zip`;
      download(new Uint8Array(zip), 'application/zip', file);
      setState({ kind: 'done', file });
    } catch (error) {
      setState({ kind: 'failed', why: (error as Error).message });
    }
  };

  return (
    <section>
      <h3>{words('archive')}</h3>
      <p className={styles.about}>{words('archive about')}</p>
      {isTooLarge ? (
        <p className={styles.about}>
          {words('archive too large', { largest: sizeOf(LARGEST_ARCHIVED) })}
        </p>
      ) : (
        <>
          <p className={styles.about}>{words('archive keys')}</p>
          <button
            type="button"
            className={`button ${styles.take}`}
            aria-disabled={state.kind === 'working'}
            onClick={() => state.kind !== 'working' && void pack()}
          >
            {words(state.kind === 'working' ? 'archive working' : 'archive download')}
          </button>
          <p className={styles.about} aria-live="polite">
            {state.kind === 'done' && words('archive done', { file: state.file })}
            {state.kind === 'failed' && words('archive failed', { why: state.why })}
          </p>
        </>
      )}
    </section>
  );
}
