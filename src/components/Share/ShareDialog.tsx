// The address of this very place: what is in it, what is not, and where its bytes come from.
import { useId, useRef, useState } from 'react';
import { isDefault, isShareable, MAX_SHARED_CHARACTERS, ordinalOf } from '../../player';
import { usePlayed, usePlayer, useWords } from '../context';
import { Dialog } from '../Dialog/Dialog';
import { Documents } from './Documents';
import { EmbedLine } from './EmbedLine';
import styles from './ShareDialog.module.css';
import { TakeAlong } from './TakeAlong';

const linkTo = (address: string): string => `${location.href.replace(/#.*$/, '')}${address}`;

function Link({ link }: { readonly link: string }) {
  const words = useWords('panels');
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<{ link: string; how: 'copied' | 'selected' }>();
  const how = copied?.link === link ? copied.how : undefined;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied({ link, how: 'copied' });
    } catch {
      field.current?.select();
      setCopied({ link, how: 'selected' });
    }
  };
  return (
    <div className={styles.link}>
      <input
        ref={field}
        className={`mono ${styles.address}`}
        aria-label={words('share link')}
        readOnly
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <button type="button" className={`button primary ${styles.copy}`} onClick={copy}>
        {words(how === 'copied' ? 'copied' : 'copy link')}
      </button>
      <p className={styles.said} aria-live="polite">
        {how && words(`share ${how}`)}
      </p>
    </div>
  );
}

function Contents() {
  const words = useWords('panels');
  const flows = useWords('flows');
  const faults = useWords('faults');
  const place = usePlayed((s) => s.place);
  const loaded = usePlayed((s) => s.loaded);
  if (!place) return <p className={styles.about}>{words('share map')}</p>;
  const { flow, variant, fault, chapter, step, level, seed, view } = place;
  const visible = loaded?.visible[level] ?? [];
  const at =
    step < 0
      ? words('share at rest')
      : words('share at step', {
          step,
          ordinal: ordinalOf(visible, step) + 1,
          count: visible.length,
          chapter: chapter ? flows(`chapter ${chapter}`) : '',
        });
  const rows: readonly (readonly [string, string])[] = [
    [
      'scheme',
      words('scenario', { flow: flows(`flow ${flow}`), variant: flows(`variant ${variant}`) }),
    ],
    ...(fault ? [['fault', faults(`fault ${fault}`)] as const] : []),
    ['step', at],
    ['level', flows(`level ${level}`)],
    ['view', words(`view ${view}`)],
    ['seed', seed],
  ];
  return (
    <dl className={styles.rows}>
      {rows.map(([id, value]) => (
        <div key={id}>
          <dt>{words(`share ${id}`)}</dt>
          <dd className={id === 'seed' ? 'mono' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Own() {
  const words = useWords('panels');
  const aboutId = useId();
  const player = usePlayer();
  const draft = usePlayed((s) => s.draft);
  const file = usePlayed((s) => s.file);
  const shares = usePlayed((s) => s.sharesOwn);
  if (isDefault(draft) && !file) return <p className={styles.about}>{words('share example')}</p>;
  const why = file ? 'file' : isShareable(draft) ? undefined : 'long';
  const about = why ? `share no ${why}` : shares ? 'share own on' : 'share own off';
  return (
    <label className={styles.own} data-off={why || undefined}>
      <input
        type="checkbox"
        checked={shares && !why}
        disabled={why !== undefined}
        aria-describedby={aboutId}
        onChange={(event) => player.shareOwn(event.target.checked)}
      />
      <span>
        <strong>{words('share own')}</strong>
        <span id={aboutId}>{words(about, { limit: MAX_SHARED_CHARACTERS })}</span>
      </span>
    </label>
  );
}

export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords('panels');
  const player = usePlayer();
  const place = usePlayed((s) => s.place);
  const loaded = usePlayed((s) => s.loaded);
  usePlayed((s) => s.sharesOwn); // it is part of the address
  return (
    <Dialog title={words('share title')} onClose={onClose}>
      <div className={styles.share}>
        <Link link={linkTo(player.address())} />
        <section>
          <h3>{words('share in it')}</h3>
          <Contents />
        </section>
        {place && (
          <section>
            <h3>{words('share own heading')}</h3>
            <Own />
          </section>
        )}
        {place && <TakeAlong />}
        {loaded && !loaded.run.outside && <Documents loaded={loaded} />}
        {place && <EmbedLine />}
        {place && (
          <section className={styles.seed}>
            <div>
              <h3>{words('share bytes')}</h3>
              <p className={styles.about}>{words('seed about')}</p>
            </div>
            <button type="button" className="button" onClick={() => player.again()}>
              {words('new bytes')}
            </button>
          </section>
        )}
      </div>
    </Dialog>
  );
}
